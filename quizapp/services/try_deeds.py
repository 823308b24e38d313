"""What a teacher does to one try: more time, taken back, opened again, ended, set aside. Each with a reason.

Every deed locks the try, and does nothing where the page that asked for it has been overtaken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from quizapp.core.attempts import Edge, State, after, takes_answers
from quizapp.core.deadlines import extended, reopened
from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.services.access.attempts import AttemptAtHand, TryPlace, access_taught_try
from quizapp.services.attempts import open_attempt_of
from quizapp.services.audit import record
from quizapp.services.grades import refresh_grade
from quizapp.services.handing_in import BY_TIME, expire, hand_in
from quizapp.services.overrides import checked_reason
from quizapp.services.runtime import Work, use_case
from quizapp.services.try_history import (
    EXTENDED,
    REOPENED,
    TAKEN_BACK,
    VOIDED,
    deeds_so_far,
    newest_deed,
)
from quizapp.services.windows import Window, window_of
from quizapp.storage.tables import Attempt

MINUTE = 60
MOST_MINUTES = 14 * 24 * 60

ANOTHER_IS_OPEN = Message(
    "This student has another try open at this quiz. One at a time: end that one first."
)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a deed. ``is_done`` is false where the page had been overtaken: then nothing was changed.

    ``deadline_at`` is the try's as it is now.
    """

    is_done: bool
    deadline_at: datetime | None


@use_case
def extend_attempt(
    work: Work, actor: Actor, *, place: TryPlace, minutes: int, reason: str, seen: int
) -> Done:
    """Give an open try more minutes, past Closes if need be; one that time has ended is opened again with them.

    ``seen`` is how many deeds the page knew of.

    Raises:
        NotFound: no such try in a class that the actor teaches.
        Refusal: no reason (``reason``), minutes out of range (``minutes``), or nothing there to extend.
        Conflict: the try was set aside.
    """
    seconds, given = checked_minutes(minutes), checked_reason(reason)
    at_hand = access_taught_try(work, actor, place, for_update=True)
    attempt = at_hand.attempt
    if _is_overtaken(work, attempt, seen):
        return Done(False, attempt.deadline_at)
    if expire(work, actor, at_hand) or attempt.handed_in_by == BY_TIME:
        _reopen(work, actor, at_hand, seconds, given)
        return Done(True, attempt.deadline_at)
    if attempt.state != State.IN_PROGRESS.value:
        raise Refusal(None, Message("This try is not open. Open it again instead."))
    if attempt.deadline_at is None:
        raise Refusal(None, Message("This try has no end, so it needs no more time."))
    window = window_of(work, at_hand.assignment, attempt.student_id)
    give_seconds(work, actor, attempt, window, seconds=seconds, reason=given)
    return Done(True, attempt.deadline_at)


@use_case
def take_back_time(work: Work, actor: Actor, *, place: TryPlace, reason: str, seen: int) -> Done:
    """Undo the extension that was given last, where the time it gave has not begun to run.

    Raises:
        NotFound: no such try in a class that the actor teaches.
        Refusal: no reason (``reason``), the last deed was no extension, or the try would be over.
    """
    given = checked_reason(reason)
    at_hand = access_taught_try(work, actor, place, for_update=True)
    attempt = at_hand.attempt
    if _is_overtaken(work, attempt, seen):
        return Done(False, attempt.deadline_at)
    last = newest_deed(work, attempt.school_id, attempt.id)
    if (
        last is None
        or last.action != EXTENDED
        or not takes_answers(State(attempt.state), attempt.deadline_at, work.now)
    ):
        raise Refusal(None, Message("There is no extension to take back."))
    extra_seconds = (last.before or {})["extra_seconds"]
    ends_at = window_of(work, at_hand.assignment, attempt.student_id).deadline(
        attempt.started_at, extra_seconds
    )
    if ends_at is not None and ends_at <= work.now:
        raise Refusal(None, Message("Without the extension this try would be over. End it now instead."))
    before = _noted(attempt)
    attempt.extra_seconds, attempt.deadline_at = extra_seconds, ends_at
    _record(work, actor, TAKEN_BACK, attempt, before=before, reason=given)
    return Done(True, attempt.deadline_at)


@use_case
def reopen_attempt(
    work: Work, actor: Actor, *, place: TryPlace, minutes: int, reason: str, seen: int
) -> Done:
    """Open a closed try again with minutes to work: the same try, its answers there, nothing of before lost.

    The next generation begins; snapshot, receipt and scores of the one before are kept. It is no new try.

    Raises:
        NotFound: no such try in a class that the actor teaches.
        Refusal: no reason (``reason``), minutes out of range (``minutes``), or the student has another try open.
        Conflict: the try is open, or was set aside.
    """
    seconds, given = checked_minutes(minutes), checked_reason(reason)
    at_hand = access_taught_try(work, actor, place, for_update=True)
    attempt = at_hand.attempt
    if _is_overtaken(work, attempt, seen):
        return Done(False, attempt.deadline_at)
    expire(work, actor, at_hand)
    _reopen(work, actor, at_hand, seconds, given)
    return Done(True, attempt.deadline_at)


@use_case
def end_attempt(work: Work, actor: Actor, *, place: TryPlace, reason: str, seen: int) -> Done:
    """Hand an open try in now, with what was saved.

    Raises:
        NotFound: no such try in a class that the actor teaches.
        Refusal: no reason (``reason``).
        Conflict: the try is not open.
    """
    given = checked_reason(reason)
    at_hand = access_taught_try(work, actor, place, for_update=True)
    if _is_overtaken(work, at_hand.attempt, seen):
        return Done(False, at_hand.attempt.deadline_at)
    if not expire(work, actor, at_hand):
        hand_in(work, actor, at_hand, Edge.SUBMIT, ended_because=given)
    return Done(True, at_hand.attempt.deadline_at)


@use_case
def void_attempt(work: Work, actor: Actor, *, place: TryPlace, reason: str, seen: int) -> Done:
    """Set a try aside for good: it counts nowhere, and the student may begin another in its place.

    Raises:
        NotFound: no such try in a class that the actor teaches.
        Refusal: no reason (``reason``).
        Conflict: it was set aside before.
    """
    given = checked_reason(reason)
    at_hand = access_taught_try(work, actor, place, for_update=True)
    attempt = at_hand.attempt
    if _is_overtaken(work, attempt, seen):
        return Done(False, attempt.deadline_at)
    before = _noted(attempt)
    attempt.state = after(State(attempt.state), Edge.VOID).value
    _record(work, actor, VOIDED, attempt, before=before, reason=given)
    refresh_grade(work, at_hand.assignment, attempt.student_id)
    return Done(True, attempt.deadline_at)


def give_seconds(
    work: Work, actor: Actor, attempt: Attempt, window: Window, *, seconds: int, reason: str
) -> None:
    """Move the deadline of an open try that is locked and has one."""
    assert attempt.deadline_at is not None, "a try without an end was given time"
    before = _noted(attempt)
    attempt.extra_seconds = extended(attempt.extra_seconds, attempt.deadline_at, work.now, seconds)
    attempt.deadline_at = window.deadline(attempt.started_at, attempt.extra_seconds)
    _record(work, actor, EXTENDED, attempt, before=before, reason=reason)


def checked_minutes(minutes: int) -> int:
    """Return minutes as seconds.

    Raises:
        Refusal: out of range (``minutes``).
    """
    if not 1 <= minutes <= MOST_MINUTES:
        raise Refusal("minutes", Message("From 1 minute to 14 days."))
    return minutes * MINUTE


def _is_overtaken(work: Work, attempt: Attempt, seen: int) -> bool:
    return deeds_so_far(work, attempt.school_id, "attempt", attempt.id) != seen


def _reopen(work: Work, actor: Actor, at_hand: AttemptAtHand, seconds: int, reason: str) -> None:
    attempt, assignment = at_hand.attempt, at_hand.assignment
    state = after(State(attempt.state), Edge.REOPEN)
    another = open_attempt_of(work, assignment, attempt.student_id)
    if another is not None and not expire(work, actor, AttemptAtHand(another, assignment)):
        raise Refusal(None, ANOTHER_IS_OPEN)
    before = _noted(attempt)
    window = window_of(work, assignment, attempt.student_id)
    if window.is_put_away:
        raise Refusal(None, Message("The class is archived. Bring it back first."))
    rules_end_at = window.deadline(attempt.started_at)
    try:
        # The student may begin another try at this very moment: then the rule of one open try decides.
        with work.session.begin_nested():
            attempt.state = state.value
            attempt.generation += 1
            # Pages that were open before lose to those that are opened from now on.
            attempt.lease += 1
            attempt.first_lease = attempt.lease
            attempt.finished_at = attempt.handed_in_by = None
            if rules_end_at is not None:
                attempt.extra_seconds = reopened(rules_end_at, work.now, seconds)
            attempt.deadline_at = window.deadline(attempt.started_at, attempt.extra_seconds)
    except IntegrityError:
        raise Refusal(None, ANOTHER_IS_OPEN) from None
    _record(work, actor, REOPENED, attempt, before=before, reason=reason)
    refresh_grade(work, assignment, attempt.student_id)


def _noted(attempt: Attempt) -> dict[str, Any]:
    return {
        "state": attempt.state,
        "generation": attempt.generation,
        "extra_seconds": attempt.extra_seconds,
        "deadline_at": attempt.deadline_at.isoformat() if attempt.deadline_at else None,
    }


def _record(
    work: Work, actor: Actor, action: str, attempt: Attempt, *, before: dict[str, Any], reason: str
) -> None:
    record(
        work, actor, action, subject_kind="attempt", subject_id=attempt.id,
        before=before, after=_noted(attempt), reason=reason,
    )  # fmt: skip
