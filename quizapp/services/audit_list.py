"""The record of deeds as administrators read it: who did what to which thing, newest first.

The record holds ids; names are looked up when it is read. What a student does in lessons and tries, signing in, and what
a student is allowed for private reasons stand in the record and not in this list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, or_, select

from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor, Role
from quizapp.services.access.staff import access_office
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import Assignment, Attempt, AuditEntry, Classroom, Enrolment, User

ENTRIES_A_PAGE = 50

NOT_LISTED = (
    "lesson.",
    "session.",
    "accommodation.",
    "check_in.",
    "attempt.started",
    "attempt.submitted",
    "attempt.expired",
    "attempt.deadline_moved",
)
"""Beginnings of actions that this list leaves out."""

MARKERS = (Role.TEACHER.value, Role.ADMIN.value)
"""Who can mark the last answer of a try by a deed of their own."""


class Group(StrEnum):
    """What a deed is about."""

    MARKS = "marks"
    WORK = "work"
    CLASSES = "classes"
    PEOPLE = "people"
    SCHOOL = "school"


GROUPS: Mapping[Group, tuple[str, ...]] = {
    Group.MARKS: ("score.", "grade.", "attempt.", "assignment.results"),
    Group.WORK: ("assignment.",),
    Group.CLASSES: ("classroom.", "enrolment.", "roster.", "door."),
    Group.PEOPLE: ("person.", "card."),
    Group.SCHOOL: ("school.", "setting.", "content.", "import.", "export."),
}
"""How the actions of each group begin."""


@dataclass(frozen=True, slots=True)
class AuditFilters:
    """Which entries are asked for. ``name`` is a part of the name of who acted."""

    group: Group | None = None
    name: str = ""
    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed. ``subject`` names what it was done to, as far as that still has a name."""

    id: int
    at: datetime
    actor_role: Role
    actor_name: str | None
    action: str
    subject_kind: str
    subject: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of entries, and how many there are in all."""

    entries: tuple[Entry, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // ENTRIES_A_PAGE))


@reading
def audit_page(work: Work, actor: Actor, *, filters: AuditFilters, page: int = 1) -> AuditPage:
    """Return a page of fifty entries, the newest first; as many statements for many entries as for few.

    Raises:
        NotFound: the actor is no administrator.
    """
    access_office(actor)
    wanted = _wanted(actor, filters)
    total = work.session.scalar(select(func.count()).select_from(AuditEntry).where(wanted)) or 0
    shown = min(max(1, page), max(1, -(-total // ENTRIES_A_PAGE)))
    rows = work.session.scalars(
        select(AuditEntry)
        .where(wanted)
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(ENTRIES_A_PAGE)
        .offset((shown - 1) * ENTRIES_A_PAGE)
    ).all()
    names = _names(work, actor, rows)
    return AuditPage(tuple(_entry(row, names) for row in rows), total, shown)


def _wanted(actor: Actor, filters: AuditFilters) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [
        AuditEntry.school_id == actor.school_id,
        not_(_begins(NOT_LISTED)),
        # A try that needed no teacher is complete with its handing in: nobody marked it.
        or_(AuditEntry.action != "attempt.graded", AuditEntry.actor_role.in_(MARKERS)),
    ]
    if filters.group is not None:
        wanted.append(_begins(GROUPS[filters.group]))
    key = normal_form(filters.name)
    if key:
        wanted.append(
            exists().where(User.id == AuditEntry.actor_id, User.display_key.contains(key, autoescape=True))
        )
    if filters.since is not None:
        wanted.append(AuditEntry.at >= filters.since)
    if filters.before is not None:
        wanted.append(AuditEntry.at < filters.before)
    return and_(*wanted)


def _begins(beginnings: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(AuditEntry.action.startswith(one, autoescape=True) for one in beginnings))


@dataclass(frozen=True, slots=True)
class _Names:
    """What ids are called today. A student at an assignment has two names."""

    users: Mapping[int, str]
    classrooms: Mapping[int, str]
    assignments: Mapping[int, str]
    attempts: Mapping[int, tuple[int, int]]
    enrolments: Mapping[int, tuple[int, int]]

    def subject(self, row: AuditEntry) -> tuple[str, ...]:
        """Return the names of what a deed was done to; none where it is gone or has no name."""
        found: list[str | None] = []
        match row.subject_kind:
            case "user":
                found = [self.users.get(row.subject_id or 0)]
            case "classroom":
                found = [self.classrooms.get(row.subject_id or 0)]
            case "assignment":
                found = [self.assignments.get(row.subject_id or 0), self._student_in(row)]
            case "attempt":
                assignment_id, student_id = self.attempts.get(row.subject_id or 0, (0, 0))
                found = [self.users.get(student_id), self.assignments.get(assignment_id)]
            case "enrolment":
                classroom_id, student_id = self.enrolments.get(row.subject_id or 0, (0, 0))
                found = [self.users.get(student_id), self.classrooms.get(classroom_id)]
            case _:
                pass
        return tuple(name for name in found if name)

    def _student_in(self, row: AuditEntry) -> str | None:
        return self.users.get(student_named_in(row) or 0)


def student_named_in(row: AuditEntry) -> int | None:
    """Return the student whom a deed at an assignment is about, where its values name one."""
    for values in (row.after, row.before):
        found = (values or {}).get("student") or (values or {}).get("student_id")
        if isinstance(found, int):
            return found
    return None


def _names(work: Work, actor: Actor, rows: Sequence[AuditEntry]) -> _Names:
    def ids(kind: str) -> list[int]:
        return sorted({row.subject_id for row in rows if row.subject_kind == kind and row.subject_id})

    attempts = {
        row[0]: (row[1], row[2])
        for row in work.session.execute(
            select(Attempt.id, Attempt.assignment_id, Attempt.student_id).where(
                Attempt.school_id == actor.school_id, Attempt.id.in_(ids("attempt"))
            )
        )
    }
    enrolments = {
        row[0]: (row[1], row[2])
        for row in work.session.execute(
            select(Enrolment.id, Enrolment.classroom_id, Enrolment.student_id).where(
                Enrolment.school_id == actor.school_id, Enrolment.id.in_(ids("enrolment"))
            )
        )
    }
    people = {row.actor_id for row in rows if row.actor_id} | {
        student for row in rows if (student := student_named_in(row))
    }
    pairs = [*attempts.values(), *enrolments.values()]
    user_ids = people.union(ids("user"), (student for _, student in pairs))
    classroom_ids = set(ids("classroom")).union(one for one, _ in enrolments.values())
    assignment_ids = set(ids("assignment")).union(one for one, _ in attempts.values())
    return _Names(
        users=_called(work, select(User.id, User.display_name).where(
            User.school_id == actor.school_id, User.id.in_(sorted(user_ids)))),
        classrooms=_called(work, select(Classroom.id, Classroom.title).where(
            Classroom.school_id == actor.school_id, Classroom.id.in_(sorted(classroom_ids)))),
        assignments=_called(work, select(Assignment.id, Assignment.title).where(
            Assignment.school_id == actor.school_id, Assignment.id.in_(sorted(assignment_ids)))),
        attempts=attempts,
        enrolments=enrolments,
    )  # fmt: skip


def _called(work: Work, statement: Select[int, str]) -> dict[int, str]:
    return {row[0]: row[1] for row in work.session.execute(statement)}


def _entry(row: AuditEntry, names: _Names) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        actor_role=Role(row.actor_role),
        actor_name=names.users.get(row.actor_id or 0),
        action=row.action,
        subject_kind=row.subject_kind,
        subject=names.subject(row),
        reason=row.reason,
    )
