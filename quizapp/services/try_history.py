"""What happened to a try, read from the record of deeds, and how a second press of one button is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.core.permissions import Role
from quizapp.services.runtime import Work
from quizapp.storage.tables import AuditEntry, User

EXTENDED = "attempt.extended"
TAKEN_BACK = "attempt.extension_taken_back"
REOPENED = "attempt.reopened"
ENDED = "attempt.ended"
VOIDED = "attempt.voided"
DEEDS = (EXTENDED, TAKEN_BACK, REOPENED, ENDED, VOIDED)
"""What a teacher does to one try."""

EXTENDED_FOR_ALL = "assignment.extended_for_all"
ENDED_FOR_ALL = "assignment.ended_for_all"
DEEDS_FOR_ALL = (EXTENDED_FOR_ALL, ENDED_FOR_ALL)

_COURSE = (
    "attempt.started",
    "attempt.submitted",
    "attempt.expired",
    "attempt.graded",
    "attempt.deadline_moved",
    "attempt.student_file_entered",
    *DEEDS,
)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to a try. ``deadline_at`` is what it was moved to, where it was."""

    at: datetime
    action: str
    actor_role: Role
    actor_name: str | None
    reason: str | None
    deadline_at: datetime | None


def deeds_so_far(work: Work, school_id: int, subject_kind: str, subject_id: int) -> int:
    """Return how many deeds of teachers there were at a try or an assignment.

    A page counts them when it is made and sends the count along: where one more is found, the button was pressed
    twice or somebody else was faster, and nothing is done again. The caller holds the lock.
    """
    deeds = DEEDS if subject_kind == "attempt" else DEEDS_FOR_ALL
    count: int = work.session.execute(
        select(func.count()).where(
            AuditEntry.school_id == school_id,
            AuditEntry.subject_kind == subject_kind,
            AuditEntry.subject_id == subject_id,
            AuditEntry.action.in_(deeds),
        )
    ).scalar_one()
    return count


def history_of(work: Work, school_id: int, attempt_id: int) -> tuple[HistoryLine, ...]:
    """Return what happened to a try, the oldest first; one statement."""
    rows = work.session.execute(
        select(AuditEntry, User.display_name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.school_id == school_id,
            AuditEntry.subject_kind == "attempt",
            AuditEntry.subject_id == attempt_id,
            AuditEntry.action.in_(_COURSE),
        )
        .order_by(AuditEntry.id)
    )
    return tuple(
        HistoryLine(
            at=row.at,
            action=row.action,
            actor_role=Role(row.actor_role),
            actor_name=name,
            reason=row.reason,
            deadline_at=_instant((row.after or {}).get("deadline_at")),
        )
        for row, name in rows
    )


def newest_deed(work: Work, school_id: int, attempt_id: int) -> AuditEntry | None:
    """Return the record of the last deed of a teacher at a try."""
    return work.session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.school_id == school_id,
            AuditEntry.subject_kind == "attempt",
            AuditEntry.subject_id == attempt_id,
            AuditEntry.action.in_(DEEDS),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    ).one_or_none()


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
