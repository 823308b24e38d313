"""Assignments that exist: their dates and rules, changed, and the release of results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quizapp.core.assignments import Counts, Kind, Preset
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.assignments import access_assignment
from quizapp.services.audit import record
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.windows import recompute_deadlines
from quizapp.storage.tables import Assignment

MOST_ATTEMPTS = 20
LONGEST_LIMIT_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Dates:
    """When an assignment can be worked on; None is "from the start", "no date", "never"."""

    opens_at: datetime | None = None
    due_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a quiz. ``limit_minutes`` None is no time limit."""

    preset: Preset = Preset.HOMEWORK
    attempts_allowed: int = 2
    counts: Counts = Counts.HIGHEST
    limit_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class AssignmentSettings:
    """What stands in the form that changes an assignment."""

    id: int
    classroom_id: int
    kind: Kind
    title: str
    dates: Dates
    limit_minutes: int | None
    attempts_allowed: int


@reading
def assignment_settings(
    work: Work, actor: Actor, *, classroom_id: int, assignment_id: int
) -> AssignmentSettings:
    """Return what can be changed at an assignment.

    Raises:
        NotFound: no such assignment in a class that the actor teaches.
    """
    row = taught_assignment(work, actor, classroom_id, assignment_id)
    return AssignmentSettings(
        row.id,
        classroom_id,
        Kind(row.kind),
        row.title,
        Dates(row.opens_at, row.due_at, row.closes_at),
        row.limit_seconds // 60 if row.limit_seconds else None,
        row.attempts_allowed,
    )


@use_case
def change_assignment(
    work: Work,
    actor: Actor,
    *,
    classroom_id: int,
    assignment_id: int,
    dates: Dates,
    limit_minutes: int | None,
    attempts_allowed: int,
) -> int:
    """Store other dates and limits, for tries that are running too; return how many deadlines moved.

    Raises:
        NotFound: no such assignment in a class that the actor teaches.
        Refusal: as in `assign_work`.
    """
    row = taught_assignment(work, actor, classroom_id, assignment_id, for_update=True)
    check_dates(dates)
    check_rules(Rules(attempts_allowed=attempts_allowed, limit_minutes=limit_minutes))
    before = _noted(row)
    row.opens_at, row.due_at, row.closes_at = dates.opens_at, dates.due_at, dates.closes_at
    if row.kind != Kind.LESSON:
        row.limit_seconds, row.attempts_allowed = in_seconds(limit_minutes), attempts_allowed
    if _noted(row) == before:
        return 0
    record(
        work, actor, "assignment.changed", subject_kind="assignment", subject_id=row.id,
        before=before, after=_noted(row),
    )  # fmt: skip
    return recompute_deadlines(work, actor, assignment_id=row.id)


@use_case
def show_results(work: Work, actor: Actor, *, classroom_id: int, assignment_id: int) -> None:
    """Release the results of an assignment, with every mark that a teacher gave until now.

    When each student sees them follows from preset and dates. Marks given afterwards wait until the results are
    shown again.

    Raises:
        NotFound: no such assignment in a class that the actor teaches.
    """
    row = taught_assignment(work, actor, classroom_id, assignment_id, for_update=True)
    before = row.results_shown_at
    row.results_shown_at = work.now
    record(
        work, actor, "assignment.results_shown", subject_kind="assignment", subject_id=row.id,
        before={"results_shown_at": before.isoformat() if before else None},
        after={"results_shown_at": work.now.isoformat()},
    )  # fmt: skip


def taught_assignment(
    work: Work, actor: Actor, classroom_id: int, assignment_id: int, *, for_update: bool = False
) -> Assignment:
    """Return the assignment of this class, when the actor teaches it.

    Raises:
        NotFound: not the actor's, or not of this class.
    """
    row = access_assignment(work, actor, Permission.TEACH, id=assignment_id)
    if row.classroom_id != classroom_id:
        raise NotFound
    if for_update:
        work.session.refresh(row, with_for_update={"key_share": True})
    return row


def check_dates(dates: Dates) -> None:
    """Refuse dates that no student could keep.

    Raises:
        Refusal: Due before Opens (``due_at``), Closes not after Opens or before Due (``closes_at``).
    """
    if dates.opens_at and dates.due_at and dates.due_at <= dates.opens_at:
        raise Refusal("due_at", Message("Due must be after Opens."))
    if dates.opens_at and dates.closes_at and dates.closes_at <= dates.opens_at:
        raise Refusal("closes_at", Message("Closes must be after Opens."))
    if dates.due_at and dates.closes_at and dates.closes_at < dates.due_at:
        raise Refusal("closes_at", Message("Closes can't be before Due."))


def check_rules(rules: Rules) -> None:
    """Refuse rules out of range.

    Raises:
        Refusal: at ``attempts_allowed`` or ``limit_minutes``.
    """
    if not 1 <= rules.attempts_allowed <= MOST_ATTEMPTS:
        raise Refusal("attempts_allowed", Message("From 1 to %(most)d tries.", most=MOST_ATTEMPTS))
    if rules.limit_minutes is not None and not 1 <= rules.limit_minutes <= LONGEST_LIMIT_MINUTES:
        raise Refusal(
            "limit_minutes", Message("From 1 to %(most)d minutes, or nothing.", most=LONGEST_LIMIT_MINUTES)
        )


def in_seconds(minutes: int | None) -> int | None:
    """Return minutes as they are stored."""
    return minutes * 60 if minutes is not None else None


def _noted(row: Assignment) -> dict[str, str | int | None]:
    dates = {"opens_at": row.opens_at, "due_at": row.due_at, "closes_at": row.closes_at}
    return {
        **{name: value.isoformat() if value else None for name, value in dates.items()},
        "limit_seconds": row.limit_seconds,
        "attempts_allowed": row.attempts_allowed,
    }
