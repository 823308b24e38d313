"""Submitting: once, with everything that the page still holds, and the same receipt however often it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.attempts import Edge, State, takes_answers
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.attempts import access_attempt
from quizapp.services.handing_in import expire, hand_in, receipt_of
from quizapp.services.runtime import Work, use_case
from quizapp.services.saving import Acknowledged, Arrived, stored_before, take_in
from quizapp.services.stored_answers import stored_answers


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a submit: a receipt, or the answers that stand in the way."""

    receipt: str | None
    state: State
    now: datetime
    deadline_at: datetime | None
    acknowledged: tuple[Acknowledged, ...]


@use_case
def submit_attempt(
    work: Work, actor: Actor, *, attempt_id: int, lease: int = 0, responses: Sequence[Arrived] = ()
) -> Submission:
    """Store the answers that came along and hand the attempt in.

    A replay gets the same receipt. An answer that can't be stored keeps the attempt open, so that the student
    decides; what could be stored is. After the time and its grace, what was saved before is handed in. A page that
    was open before the attempt was reopened hands nothing in: its submit was for the generation before.

    Raises:
        NotFound: not the actor's attempt.
    """
    at_hand = access_attempt(work, actor, Permission.ANSWER, id=attempt_id, for_update=True)
    attempt = at_hand.attempt
    is_open = takes_answers(State(attempt.state), attempt.deadline_at, work.now)
    answers = stored_answers(work, attempt.id)
    # A page sends every answer that stands on it, and most often all of them were saved while it was worked on.
    acknowledged = stored_before(work, attempt, responses, answers)
    if acknowledged is None:
        acknowledged = take_in(work, attempt, lease, responses, source="submission")
        answers = stored_answers(work, attempt.id)
    receipt = None
    # A form without script has no lease.
    is_of_before = 0 < lease < attempt.first_lease
    if not is_open:
        expire(work, actor, at_hand)
        receipt = receipt_of(work, attempt)
    elif not is_of_before and all(one.is_kept for one in acknowledged):
        receipt = hand_in(work, actor, at_hand, Edge.SUBMIT, answers)
    return Submission(receipt, State(attempt.state), work.now, attempt.deadline_at, acknowledged)
