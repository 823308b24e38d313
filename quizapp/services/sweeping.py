"""The clock's worker: overdue attempts are handed in with what was saved."""

from __future__ import annotations

from sqlalchemy import select

from quizapp.core.attempts import State
from quizapp.core.deadlines import GRACE
from quizapp.core.permissions import Actor
from quizapp.services.access.attempts import AttemptAtHand
from quizapp.services.handing_in import expire
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.storage.tables import Assignment, Attempt

AT_ONCE = 200
"""Attempts that one sweep looks at; the next one goes on."""


def sweep_overdue(runtime: Runtime, actor: Actor) -> int:
    """Hand in every overdue attempt of the installation, each in its own transaction; return how many."""
    return sum(_expire_one(runtime, actor, attempt_id=attempt_id) for attempt_id in _overdue(runtime, actor))


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
