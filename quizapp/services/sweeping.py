"""The clock's worker: what the passing of time alone changes is stored.

An accommodation begins or ends on its day, and overdue attempts are handed in with what was saved.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, or_, select

from quizapp.core.attempts import State
from quizapp.core.deadlines import GRACE, is_past_grace
from quizapp.core.permissions import Actor, Role
from quizapp.services.access.attempts import AttemptAtHand
from quizapp.services.handing_in import expire
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.windows import recompute_deadlines, window_of
from quizapp.storage.tables import Accommodation, Assignment, Attempt

AT_ONCE = 200
"""Attempts that one sweep looks at; the next one goes on."""


def sweep_overdue(runtime: Runtime, actor: Actor) -> int:
    """Hand in every overdue attempt of the installation, each in its own transaction; return how many.

    Deadlines that an accommodation moves today are moved first, so that nobody is cut off by an old one. A save
    between the accommodation's first instant and this round is helped by the grace, which is longer than a round.
    """
    for school_id, attempt_id in _moved_by_a_date(runtime, actor):
        _move_one(runtime, Actor(0, school_id, Role.OPERATOR, 0, actor.request_id), attempt_id=attempt_id)
    return sum(_expire_one(runtime, actor, attempt_id=attempt_id) for attempt_id in _overdue(runtime, actor))


@reading
def _moved_by_a_date(work: Work, actor: Actor) -> list[tuple[int, int]]:
    """Return school and id of the open attempts whose deadline is another since an accommodation began or ended."""
    del actor
    began = and_(Accommodation.valid_from > Attempt.started_at, Accommodation.valid_from <= work.now)
    ended = and_(Accommodation.valid_to > Attempt.started_at, Accommodation.valid_to <= work.now)
    rows = work.session.execute(
        select(Attempt, Assignment, Accommodation)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(
            Accommodation,
            and_(
                Accommodation.school_id == Attempt.school_id, Accommodation.student_id == Attempt.student_id
            ),
        )
        .where(Attempt.state == State.IN_PROGRESS.value, Accommodation.ended_at.is_(None), or_(began, ended))
        .order_by(Attempt.id)
    )
    return list(
        dict.fromkeys(
            (attempt.school_id, attempt.id)
            for attempt, assignment, accommodation in rows
            if not _was_over(attempt, accommodation, work.now)
            and _deadline_now(work, attempt, assignment) != attempt.deadline_at
        )
    )


def _was_over(attempt: Attempt, accommodation: Accommodation, now: datetime) -> bool:
    """Say whether the attempt's time was over when the accommodation changed: it is handed in, not woken up."""
    ends = accommodation.valid_to
    changed_at = ends if ends is not None and ends <= now else accommodation.valid_from
    return is_past_grace(attempt.deadline_at, changed_at)


def _deadline_now(work: Work, attempt: Attempt, assignment: Assignment) -> datetime | None:
    window = window_of(work, assignment, attempt.student_id)
    return window.deadline(attempt.started_at, attempt.extra_seconds)


@use_case
def _move_one(work: Work, actor: Actor, *, attempt_id: int) -> int:
    return recompute_deadlines(work, actor, attempt_id=attempt_id)


@reading
def _overdue(work: Work, actor: Actor) -> list[int]:
    del actor
    return list(
        work.session.scalars(
            select(Attempt.id)
            .where(Attempt.state == State.IN_PROGRESS.value, Attempt.deadline_at < work.now - GRACE)
            .order_by(Attempt.deadline_at)
            .limit(AT_ONCE)
        )
    )


@use_case
def _expire_one(work: Work, actor: Actor, *, attempt_id: int) -> bool:
    row = work.session.execute(
        select(Attempt, Assignment)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(Attempt.id == attempt_id)
        .with_for_update(of=Attempt, key_share=True)
    ).one()
    # Between the look and the lock the student may have handed in, or the teacher given more time.
    return expire(work, actor, AttemptAtHand(*row))
