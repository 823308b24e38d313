"""Saves of a page that is newer than this server, as after a release was taken back: nothing of them is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.attempts import Order, Outcome
from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Value
from quizapp.services.access.attempts import access_attempt
from quizapp.services.runtime import Work, use_case
from quizapp.services.stored_answers import Kept, keep_history

SOURCE = "newer page"


@dataclass(frozen=True, slots=True)
class Unread:
    """One answer as it came; ``slot`` and ``order`` are 0 where they could not be read either."""

    slot: int
    order: Order
    value: Value


@use_case
def keep_unread(work: Work, actor: Actor, *, attempt_id: int, answers: Sequence[Unread]) -> None:
    """Add answers that can't be read to the history of the attempt, where a person can find them.

    Raises:
        NotFound: not the actor's attempt.
    """
    attempt = access_attempt(work, actor, Permission.ANSWER, id=attempt_id, for_update=True).attempt
    kept = [
        Kept(one.slot, one.value, one.order, False, None, None, Outcome.MALFORMED, SOURCE) for one in answers
    ]
    keep_history(work, attempt, kept)
