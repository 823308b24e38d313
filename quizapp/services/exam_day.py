"""What a teacher does to all running tries at a quiz: more minutes for everybody, and the end for all."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from quizapp.core.attempts import Edge, State, takes_answers
from quizapp.core.deadlines import own_share
from quizapp.core.permissions import Actor
from quizapp.services.access.attempts import TryPlace, access_taught_try
from quizapp.services.assignments import taught_assignment
from quizapp.services.audit import record
from quizapp.services.handing_in import expire, hand_in
from quizapp.services.overrides import checked_reason
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.try_deeds import checked_minutes, give_seconds
from quizapp.services.try_history import ENDED_FOR_ALL, EXTENDED_FOR_ALL, deeds_so_far
from quizapp.services.windows import windows_of_students
from quizapp.storage.tables import Attempt


@use_case
def extend_for_all(
    work: Work, actor: Actor, *, classroom_id: int, assignment_id: int, minutes: int, reason: str, seen: int
) -> int | None:
    """Give every open try at an assignment more minutes; return how many end later now.

    Whoever has more time anyway gets the own share of these minutes too. ``seen`` is how many deeds for all the page
    knew of; None where it had been overtaken and nothing was changed.

    Raises:
        NotFound: no such assignment in a class that the actor teaches.
        Refusal: no reason (``reason``), or minutes out of range (``minutes``).
    """
    seconds, given = checked_minutes(minutes), checked_reason(reason)
    assignment = taught_assignment(work, actor, classroom_id, assignment_id, for_update=True)
    if deeds_so_far(work, assignment.school_id, "assignment", assignment.id) != seen:
        return None
    attempts = work.session.scalars(
        select(Attempt).where(_is_open_at(assignment_id)).order_by(Attempt.id).with_for_update(key_share=True)
    ).all()
    running = [
        one
        for one in attempts
        if one.deadline_at is not None and takes_answers(State(one.state), one.deadline_at, work.now)
    ]
    windows = windows_of_students(work, assignment, [one.student_id for one in running])
    for one in running:
        share = own_share(seconds, windows[one.student_id].rules)
        give_seconds(work, actor, one, windows[one.student_id], seconds=share, reason=given)
    record(
        work, actor, EXTENDED_FOR_ALL, subject_kind="assignment", subject_id=assignment.id,
        after={"minutes": minutes, "tries": len(running)}, reason=given,
    )  # fmt: skip
    return len(running)


def end_for_all(runtime: Runtime, actor: Actor, *, classroom_id: int, assignment_id: int, reason: str) -> int:
    """Hand in every open try at an assignment with what was saved; return how many.

    Each in its own transaction, so that the saves of the others go on meanwhile; pressed again, it goes on where it
    was stopped.

    Raises:
        NotFound: no such assignment in a class that the actor teaches.
        Refusal: no reason (``reason``).
    """
    given = checked_reason(reason)
    ids = _open_tries(runtime, actor, classroom_id=classroom_id, assignment_id=assignment_id)
    ended = sum(
        _end_one(runtime, actor, place=TryPlace(classroom_id, assignment_id, attempt_id), reason=given)
        for attempt_id in ids
    )
    if ended:
        _note_end(
            runtime, actor, classroom_id=classroom_id, assignment_id=assignment_id, reason=given, tries=ended
        )
    return ended


def _is_open_at(assignment_id: int) -> ColumnElement[bool]:
    return and_(
        Attempt.assignment_id == assignment_id,
        Attempt.state == State.IN_PROGRESS.value,
        Attempt.is_preview.is_(False),
    )


@reading
def _open_tries(work: Work, actor: Actor, *, classroom_id: int, assignment_id: int) -> list[int]:
    taught_assignment(work, actor, classroom_id, assignment_id)
    return list(
        work.session.scalars(select(Attempt.id).where(_is_open_at(assignment_id)).order_by(Attempt.id))
    )


@use_case
def _end_one(work: Work, actor: Actor, *, place: TryPlace, reason: str) -> bool:
    at_hand = access_taught_try(work, actor, place, for_update=True)
    # Between the look and the lock the student may have handed in.
    if at_hand.attempt.state != State.IN_PROGRESS.value or expire(work, actor, at_hand):
        return False
    hand_in(work, actor, at_hand, Edge.SUBMIT, ended_because=reason)
    return True


@use_case
def _note_end(
    work: Work, actor: Actor, *, classroom_id: int, assignment_id: int, reason: str, tries: int
) -> None:
    assignment = taught_assignment(work, actor, classroom_id, assignment_id)
    record(
        work, actor, ENDED_FOR_ALL, subject_kind="assignment", subject_id=assignment.id,
        after={"tries": tries}, reason=reason,
    )  # fmt: skip
