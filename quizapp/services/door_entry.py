"""Through the door: a PIN chosen the first time, typed later. Hashing happens between two short transactions."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.door import Step
from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Role
from quizapp.core.pins import is_pin
from quizapp.services.accounts import checked_pin
from quizapp.services.audit import record
from quizapp.services.door_roster import ClaimAtHand, own_claim
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.sign_in import MAX_SECRET, begin_session
from quizapp.services.sign_in_delays import (
    ACCOUNT,
    CLASS_CODE,
    account_subject,
    forget_wrong_tries,
    note_wrong_try,
    seconds_to_wait,
)

LOST = Message("Your teacher has freed this name, or another phone chose it. Choose yours again.")
WAIT = Message("Your teacher has not let you in yet.")


@dataclass(frozen=True, slots=True)
class _Stand:
    step: Step
    pin_hash: str | None
    password_hash: str | None
    account_waits: int
    door_waits: int


def come_in(runtime: Runtime, actor: Actor, *, code: str, browser: str, secret: str, device: str) -> str:
    """Open a session for the person whose name this browser holds, and return its token.

    The first time the secret becomes the PIN; later it must be the own PIN, or the password. A button that was
    pressed twice comes in twice with the same PIN.

    Raises:
        Refusal: the door is closed (``code``), the name is no longer held (no field), or the secret is too weak,
            wrong, or to be waited for (``secret``).
        Busy: too many people are signing in at this moment.
    """
    while True:
        stand = _look(runtime, actor, code=code, browser=browser)
        hashed = None
        if stand.step is Step.CHOOSE:
            hashed = runtime.passwords.hash_pin(checked_pin(secret, "secret"))
        else:
            _check(runtime, actor, stand, code=code, browser=browser, secret=secret)
        token = _enter(runtime, actor, code=code, browser=browser, device=device, was=stand, hashed=hashed)
        if token is not None:
            return token


def _check(runtime: Runtime, actor: Actor, stand: _Stand, *, code: str, browser: str, secret: str) -> None:
    if stand.account_waits:
        raise Refusal("secret", _wait(stand.account_waits))
    if stand.door_waits:
        raise Refusal(
            "secret",
            Message(
                "Too many wrong PINs in this class. Try again in %(seconds)d seconds.",
                seconds=stand.door_waits,
            ),
        )
    if stand.pin_hash is not None and is_pin(secret):
        is_right = runtime.passwords.pin_matches(stand.pin_hash, secret)
    else:
        is_right = runtime.passwords.password_matches(stand.password_hash, secret[:MAX_SECRET])
    if not is_right:
        raise Refusal("secret", _note_wrong(runtime, actor, code=code, browser=browser))


def _wait(seconds: int) -> Message:
    return Message(
        "Too many wrong tries. Your teacher sees your name on the list and can give you a new start. "
        "Or wait %(seconds)d seconds.",
        seconds=seconds,
    )


@reading
def _look(work: Work, actor: Actor, *, code: str, browser: str) -> _Stand:
    found = _found(own_claim(work, code=code, browser=browser))
    user = found.user
    if user is None:
        raise Refusal(None, WAIT)
    subject = account_subject(user.school_id, user.user_name)
    return _Stand(
        found.step,
        user.pin_hash,
        user.password_hash,
        seconds_to_wait(work, ACCOUNT, subject),
        seconds_to_wait(work, CLASS_CODE, str(found.door.id)),
    )


@use_case
def _note_wrong(work: Work, actor: Actor, *, code: str, browser: str) -> Message:
    found = _found(own_claim(work, code=code, browser=browser, lock=True))
    if found.user is None:
        raise Refusal(None, LOST)
    subject = account_subject(found.user.school_id, found.user.user_name)
    failures = note_wrong_try(work, ACCOUNT, subject)
    note_wrong_try(work, CLASS_CODE, str(found.door.id))
    if failures >= ACCOUNT.free_tries:
        found.claim.asked_at = found.claim.asked_at or work.now
        return _wait(seconds_to_wait(work, ACCOUNT, subject))
    left = ACCOUNT.free_tries - failures
    if left == 1:
        return Message("This is not your PIN. One more wrong try, and your teacher is asked.")
    return Message("This is not your PIN. After %(left)d more wrong tries your teacher is asked.", left=left)


@use_case
def _enter(
    work: Work,
    actor: Actor,
    *,
    code: str,
    browser: str,
    device: str,
    was: _Stand,
    hashed: str | None,
) -> str | None:
    found = _found(own_claim(work, code=code, browser=browser, lock=True))
    user, claim = found.user, found.claim
    if user is None:
        raise Refusal(None, LOST)
    if (found.step, user.pin_hash, user.password_hash) != (was.step, was.pin_hash, was.password_hash):
        # The secret changed while this one was hashed: what was checked is not what counts now.
        return None
    student = Actor(user.id, user.school_id, Role(user.role), 0, actor.request_id)
    if hashed is not None:
        user.pin_hash, user.must_change_password = hashed, False
        claim.chose_pin = True
        record(work, student, "person.secret_changed", subject_kind="user", subject_id=user.id)
    forget_wrong_tries(work, ACCOUNT, account_subject(user.school_id, user.user_name))
    token, claim.session_id = begin_session(work, student, user, device)
    claim.came_in_at = work.now
    claim.asked_at = None
    return token


def _found(claim: ClaimAtHand | None) -> ClaimAtHand:
    if claim is None:
        raise Refusal(None, LOST)
    return claim
