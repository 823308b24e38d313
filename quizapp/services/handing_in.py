"""Handing in: the snapshot, the scores that a machine can make, the grade. Shared by student, clock and operator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select, update

from quizapp.core.attempts import Edge, Order, State, after, finish_of, takes_answers
from quizapp.core.errors import Conflict
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Role
from quizapp.core.responses import Given, handed_in
from quizapp.services.access.attempts import AttemptAtHand
from quizapp.services.asked import asked_in
from quizapp.services.audit import record
from quizapp.services.grades import refresh_grade
from quizapp.services.runtime import Work
from quizapp.services.scores import add_machine_scores
from quizapp.services.stored_answers import stored_answers
from quizapp.storage.tables import Attempt, Response, Snapshot

BY_STUDENT, BY_TIME, BY_TEACHER = "student", "time", "teacher"

_BY_EDGE = {Edge.SUBMIT: BY_STUDENT, Edge.EXPIRE: BY_TIME}
_CLOSING = {BY_STUDENT: "attempt.submitted", BY_TIME: "attempt.expired", BY_TEACHER: "attempt.ended"}


def receipt_of(work: Work, attempt: Attempt) -> str | None:
    """Return the receipt of the attempt, or None while it is open."""
    if attempt.state == State.IN_PROGRESS.value:
        return None
    return receipts_of(work, [attempt.id]).get(attempt.id)


def receipts_of(work: Work, attempt_ids: Iterable[int]) -> dict[int, str]:
    """Return the newest receipt of each attempt that has one."""
    rows = work.session.execute(
        select(Snapshot.attempt_id, Snapshot.receipt)
        .where(Snapshot.attempt_id.in_(list(attempt_ids)))
        .order_by(Snapshot.generation)
    )
    return {row.attempt_id: row.receipt for row in rows}


def expire(work: Work, actor: Actor, at_hand: AttemptAtHand) -> bool:
    """Hand in what was saved of an attempt whose time is over, grace included; say whether that was due."""
    attempt = at_hand.attempt
    is_open = attempt.state == State.IN_PROGRESS.value
    if not is_open or takes_answers(State.IN_PROGRESS, attempt.deadline_at, work.now):
        return False
    hand_in(work, actor, at_hand, Edge.EXPIRE)
    return True


def hand_in(
    work: Work,
    actor: Actor,
    at_hand: AttemptAtHand,
    edge: Edge,
    answers: Mapping[int, Response] | None = None,
    *,
    ended_because: str | None = None,
) -> str:
    """Close the attempt, which is locked, exactly once; return its receipt.

    Stores the snapshot before anything else, then scores what needs no person and refreshes the grade.
    ``answers`` are those that are stored, where the caller has them at hand; ``ended_because`` is the reason of a
    teacher who hands in for the student.

    Raises:
        Conflict: it is closed already.
    """
    attempt = at_hand.attempt
    state = after(State(attempt.state), edge)
    answers = stored_answers(work, attempt.id) if answers is None else answers
    receipt = _store_snapshot(work, attempt, answers)
    asked = asked_in(work, attempt)
    scored = add_machine_scores(work, attempt, asked, {slot: row.value for slot, row in answers.items()})
    by = BY_TEACHER if ended_because else _BY_EDGE[edge]
    _note(work, actor, attempt, _CLOSING[by], edge=(State.IN_PROGRESS, state), reason=ended_because)
    if scored == len(asked):
        submitted, state = state, after(state, Edge.GRADE)
        _note(work, _server(actor), attempt, "attempt.graded", edge=(submitted, state))
    _close(work, attempt, state, by)
    refresh_grade(work, at_hand.assignment, attempt.student_id)
    return receipt


def _server(actor: Actor) -> Actor:
    """Return the server in place of who handed in: nobody gave the marks that a machine can give."""
    return Actor(0, 0, Role.NOBODY, 0, actor.request_id)


def _note(
    work: Work,
    actor: Actor,
    attempt: Attempt,
    action: str,
    *,
    edge: tuple[State, State],
    reason: str | None = None,
) -> None:
    before, reached = edge
    record(
        work, actor, action, subject_kind="attempt", subject_id=attempt.id, school_id=attempt.school_id,
        before={"state": before.value}, after={"state": reached.value, "generation": attempt.generation},
        reason=reason,
    )  # fmt: skip


def _store_snapshot(work: Work, attempt: Attempt, answers: Mapping[int, Response]) -> str:
    given = [Given(row.slot, row.value, Order(row.lease, row.seq), row.sure) for row in answers.values()]
    made = handed_in(attempt.id, attempt.generation, given)
    work.session.add(
        Snapshot(
            school_id=attempt.school_id,
            attempt_id=attempt.id,
            generation=attempt.generation,
            body=made.body,
            hash=made.hash,
            receipt=made.receipt,
            handed_in_at=work.now,
        )
    )
    return made.receipt


def _close(work: Work, attempt: Attempt, state: State, by: str) -> None:
    # The lock makes a second submit wait, and this condition makes it find nothing to do even without the lock.
    # A clock that was put back must not make a try end before it began.
    finished_at = max(attempt.started_at, finish_of(attempt.deadline_at, work.now))
    closed = work.session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.state == State.IN_PROGRESS.value)
        .values(state=state.value, finished_at=finished_at, handed_in_by=by)
        .returning(Attempt.id)
    ).scalar_one_or_none()
    if closed is None:
        raise Conflict(Message("This try has been handed in already."))
