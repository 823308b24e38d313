"""When a student may work at an assignment: the class's dates, the own dates and the accommodation in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, or_, select

from quizapp.core.assignments import Door, door
from quizapp.core.deadlines import TimeRules, deadline, own_closes, own_limit
from quizapp.core.permissions import Actor
from quizapp.services.audit import record
from quizapp.services.runtime import Work
from quizapp.storage.tables import Accommodation, Assignment, Attempt, OwnDates


@dataclass(frozen=True, slots=True)
class Window:
    """One student's dates and rules at one assignment, everything counted in."""

    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    limit: timedelta | None
    attempts_allowed: int
    hides_clock: bool
    includes_extra_time: bool
    rules: TimeRules

    @property
    def is_put_away(self) -> bool:
        """The class was archived: nothing can be worked at until it is brought back."""
        return self.rules.put_away_at is not None

    def door(self, now: datetime) -> Door:
        """Say whether the student may work at ``now``."""
        if self.is_put_away:
            return Door.CLOSED
        return door(now, self.opens_at, self.closes_at)

    def deadline(self, started_at: datetime, extra_seconds: int = 0) -> datetime | None:
        """Return when an attempt ends that was started then and was given this much on top."""
        return deadline(started_at, self.rules, extra_seconds)


# Every page of a try asks both: built once.
_IN_FORCE = (
    select(Accommodation)
    .where(
        Accommodation.student_id.in_(bindparam("student_ids", expanding=True)),
        Accommodation.ended_at.is_(None),
        Accommodation.valid_from <= bindparam("now"),
        or_(Accommodation.valid_to.is_(None), Accommodation.valid_to > bindparam("now")),
    )
    .order_by(Accommodation.id)
)
_OWN_DATES = select(OwnDates).where(
    OwnDates.assignment_id.in_(bindparam("assignment_ids", expanding=True)),
    OwnDates.student_id.in_(bindparam("student_ids", expanding=True)),
)


def accommodations_now(work: Work, student_ids: Iterable[int]) -> dict[int, Accommodation]:
    """Return the accommodation in force of each student who has one; the one set last wins."""
    rows = work.session.scalars(_IN_FORCE, {"student_ids": list(student_ids), "now": work.now})
    return {row.student_id: row for row in rows}


def _own_dates(
    work: Work, assignment_ids: Sequence[int], student_ids: Sequence[int]
) -> dict[tuple[int, int], OwnDates]:
    """Return the own dates that there are by (assignment id, student id)."""
    rows = work.session.scalars(_OWN_DATES, {"assignment_ids": assignment_ids, "student_ids": student_ids})
    return {(row.assignment_id, row.student_id): row for row in rows}


def windows_of_students(work: Work, assignment: Assignment, student_ids: Iterable[int]) -> dict[int, Window]:
    """Return the window of each student at one assignment, in two statements."""
    ids = list(student_ids)
    accommodations = accommodations_now(work, ids)
    own = _own_dates(work, [assignment.id], ids)
    return {
        student_id: make_window(
            assignment, accommodations.get(student_id), own.get((assignment.id, student_id))
        )
        for student_id in ids
    }


def windows_of_assignments(
    work: Work, student_id: int, assignments: Iterable[Assignment]
) -> Mapping[int, Window]:
    """Return the window of one student at each assignment by its id, in two statements."""
    given = list(assignments)
    accommodation = accommodations_now(work, [student_id]).get(student_id)
    own = _own_dates(work, [one.id for one in given], [student_id])
    return {one.id: make_window(one, accommodation, own.get((one.id, student_id))) for one in given}


def windows_of_class(
    work: Work, assignments: Iterable[Assignment], student_ids: Iterable[int]
) -> dict[tuple[int, int], Window]:
    """Return every student's window at every assignment by (assignment id, student id), in two statements.

    Whoever has nothing of their own shares the window of the class.
    """
    given, ids = list(assignments), list(student_ids)
    accommodations = accommodations_now(work, ids)
    own = _own_dates(work, [one.id for one in given], ids)
    windows: dict[tuple[int, int], Window] = {}
    for one in given:
        shared = make_window(one, None, None)
        for student_id in ids:
            accommodation, dates = accommodations.get(student_id), own.get((one.id, student_id))
            windows[one.id, student_id] = (
                make_window(one, accommodation, dates) if accommodation or dates else shared
            )
    return windows


def window_of(work: Work, assignment: Assignment, student_id: int) -> Window:
    """Return the window of one student at one assignment."""
    return windows_of_students(work, assignment, [student_id])[student_id]


def make_window(assignment: Assignment, accommodation: Accommodation | None, own: OwnDates | None) -> Window:
    """Put class dates, accommodation and own dates together."""
    rules = TimeRules(
        limit_seconds=assignment.limit_seconds,
        closes_at=assignment.closes_at,
        factor_percent=accommodation.factor_percent if accommodation else 100,
        is_untimed=bool(accommodation and accommodation.is_untimed),
        own_closes_at=own.closes_at if own else None,
        put_away_at=assignment.put_away_at,
    )
    has_limit = assignment.limit_seconds is not None
    return Window(
        opens_at=assignment.opens_at,
        due_at=(own.due_at if own and own.due_at else assignment.due_at),
        closes_at=own_closes(rules),
        limit=own_limit(rules),
        attempts_allowed=assignment.attempts_allowed
        + (accommodation.extra_attempts if accommodation else 0)
        + (own.extra_attempts if own else 0),
        hides_clock=bool(accommodation and accommodation.hides_clock),
        includes_extra_time=has_limit and (rules.is_untimed or rules.factor_percent > 100),
        rules=rules,
    )


def recompute_deadlines(
    work: Work,
    actor: Actor,
    *,
    assignment_id: int | None = None,
    student_id: int | None = None,
    attempt_id: int | None = None,
    classroom_id: int | None = None,
) -> int:
    """Store deadlines anew: of the open attempts at an assignment, of a student, a class, or of one; return how many moved.

    Whoever changes a date, an accommodation or a limit calls this in the same transaction. What changes by the mere
    passing of time, the clock's worker stores.
    """
    attempts = select(Attempt, Assignment).join(Assignment, Assignment.id == Attempt.assignment_id)
    attempts = attempts.where(Attempt.school_id == actor.school_id, Attempt.state == "in_progress")
    if assignment_id is not None:
        attempts = attempts.where(Attempt.assignment_id == assignment_id)
    if student_id is not None:
        attempts = attempts.where(Attempt.student_id == student_id)
    if classroom_id is not None:
        attempts = attempts.where(Assignment.classroom_id == classroom_id)
    if attempt_id is not None:
        attempts = attempts.where(Attempt.id == attempt_id)
    work.session.flush()
    # Locked in one order, so that two who change dates at the same moment wait for one another and no more.
    ordered = attempts.order_by(Attempt.id).with_for_update(of=Attempt, key_share=True)
    running = [(row[0], row[1]) for row in work.session.execute(ordered)]
    given = {assignment.id: assignment for _, assignment in running}
    windows = windows_of_class(work, given.values(), {attempt.student_id for attempt, _ in running})
    moved = 0
    for attempt, assignment in running:
        before = attempt.deadline_at
        window = windows[assignment.id, attempt.student_id]
        attempt.deadline_at = window.deadline(attempt.started_at, attempt.extra_seconds)
        if attempt.deadline_at == before:
            continue
        moved += 1
        record(
            work, actor, "attempt.deadline_moved", subject_kind="attempt", subject_id=attempt.id,
            before={"deadline_at": before.isoformat() if before else None},
            after={"deadline_at": attempt.deadline_at.isoformat() if attempt.deadline_at else None},
        )  # fmt: skip
    return moved
