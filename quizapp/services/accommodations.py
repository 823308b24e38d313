"""What a student is allowed everywhere: set once, applied to every quiz and to tries that are running."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from quizapp.core.deadlines import Factor
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.people import access_person
from quizapp.services.audit import record
from quizapp.services.runtime import Work, use_case
from quizapp.services.windows import recompute_deadlines
from quizapp.storage.tables import Accommodation

MOST_EXTRA_ATTEMPTS = 20
LONGEST_NOTE = 1000


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is allowed. An untimed student has no time limit; the factor says nothing then.

    ``valid_from`` None is from now on, ``valid_to`` None until it is ended; the instant ``valid_to`` is out.
    """

    factor: Factor = Factor.NORMAL
    is_untimed: bool = False
    extra_attempts: int = 0
    hides_clock: bool = False
    note: str = ""
    valid_from: datetime | None = None
    valid_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class AccommodationLine:
    """An accommodation as the student's own teachers see it."""

    id: int
    allowance: Allowance
    is_in_force: bool


@use_case
def set_accommodation(work: Work, actor: Actor, *, student_id: int, allowance: Allowance) -> int:
    """Store what a student is allowed and move the deadlines of running tries; return how many moved.

    What was allowed before ends when this begins. The audit holds no detail: who is accommodated, and how, is
    for the student and the student's own teachers.

    Raises:
        NotFound: the actor does not teach this student.
        Refusal: out of range (``extra_attempts``, ``note``), or it would end before it begins (``valid_to``).
    """
    student = access_person(work, actor, Permission.TEACH, id=student_id)
    valid_from = allowance.valid_from or work.now
    _check(work, allowance, valid_from)
    for earlier in _lasting(work, student_id):
        _end(work, earlier, valid_from)
    row = Accommodation(
        school_id=student.school_id,
        student_id=student_id,
        factor_percent=int(allowance.factor),
        is_untimed=allowance.is_untimed,
        extra_attempts=allowance.extra_attempts,
        hides_clock=allowance.hides_clock,
        note=allowance.note.strip(),
        valid_from=valid_from,
        valid_to=allowance.valid_to,
        set_by=actor.user_id,
        set_at=work.now,
        ended_at=None,
    )
    work.session.add(row)
    work.session.flush()
    record(work, actor, "accommodation.set", subject_kind="accommodation", subject_id=row.id)
    return recompute_deadlines(work, actor, student_id=student_id)


@use_case
def end_accommodation(work: Work, actor: Actor, *, student_id: int, accommodation_id: int) -> int:
    """End what a student is allowed, now; return how many deadlines of running tries moved.

    Raises:
        NotFound: the actor does not teach this student, or there is no such accommodation to end.
    """
    access_person(work, actor, Permission.TEACH, id=student_id)
    row = next((one for one in _lasting(work, student_id) if one.id == accommodation_id), None)
    if row is None:
        raise NotFound
    row.ended_at = work.now
    record(work, actor, "accommodation.ended", subject_kind="accommodation", subject_id=row.id)
    return recompute_deadlines(work, actor, student_id=student_id)


def accommodation_lines(work: Work, student_id: int) -> tuple[AccommodationLine, ...]:
    """Return what a student is allowed now or will be; the caller has been let in to see it."""
    return tuple(
        AccommodationLine(
            row.id,
            Allowance(
                Factor(row.factor_percent),
                row.is_untimed,
                row.extra_attempts,
                row.hides_clock,
                row.note,
                row.valid_from,
                row.valid_to,
            ),
            is_in_force=row.valid_from <= work.now,
        )
        for row in _lasting(work, student_id)
    )


def _check(work: Work, allowance: Allowance, valid_from: datetime) -> None:
    if not 0 <= allowance.extra_attempts <= MOST_EXTRA_ATTEMPTS:
        raise Refusal("extra_attempts", Message("From 0 to %(most)d tries.", most=MOST_EXTRA_ATTEMPTS))
    if len(allowance.note) > LONGEST_NOTE:
        raise Refusal("note", Message("At most %(most)d characters.", most=LONGEST_NOTE))
    if allowance.valid_to is not None and allowance.valid_to <= max(valid_from, work.now):
        raise Refusal("valid_to", Message("The last day must not be before the first day, or in the past."))


def _lasting(work: Work, student_id: int) -> list[Accommodation]:
    """Return the accommodations that hold now or later."""
    return list(
        work.session.scalars(
            select(Accommodation)
            .where(
                Accommodation.student_id == student_id,
                Accommodation.ended_at.is_(None),
                or_(Accommodation.valid_to.is_(None), Accommodation.valid_to > work.now),
            )
            .order_by(Accommodation.valid_from, Accommodation.id)
        )
    )


def _end(work: Work, earlier: Accommodation, next_from: datetime) -> None:
    if earlier.valid_from >= next_from or next_from <= work.now:
        earlier.ended_at = work.now
    elif earlier.valid_to is None or earlier.valid_to > next_from:
        earlier.valid_to = next_from
