"""A password or PIN of one's own, chosen in place of one that somebody else made and knows."""

from __future__ import annotations

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Role
from quizapp.services.accounts import checked_password, checked_pin
from quizapp.services.audit import record
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.sign_in import end_sessions_of
from quizapp.storage.tables import User

SAME = Message("This is the one that you were given, and whoever gave it knows it. Choose another.")


def choose_own_secret(runtime: Runtime, actor: Actor, *, new: str) -> None:
    """Replace the temporary password, or a student's temporary PIN; every other session of the person ends.

    The temporary one is not asked again: whoever is here has just signed in.

    Raises:
        NotFound: the actor's secret is not a temporary one.
        Refusal: the new one is too weak, or the temporary one again (``new``).
    """
    temporary = _temporary(runtime, actor)
    if actor.role is Role.STUDENT:
        checked_pin(new)
        is_same = runtime.passwords.pin_matches(temporary, new)
    else:
        checked_password(new)
        is_same = runtime.passwords.password_matches(temporary, new)
    if is_same:
        raise Refusal("new", SAME)
    is_pin = actor.role is Role.STUDENT
    hashed = runtime.passwords.hash_pin(new) if is_pin else runtime.passwords.hash_password(new)
    _store(runtime, actor, hashed=hashed)


@reading
def _temporary(work: Work, actor: Actor) -> str | None:
    user = work.session.get(User, actor.user_id)
    if user is None or not user.must_change_password:
        raise NotFound
    return user.pin_hash or user.password_hash


@use_case
def _store(work: Work, actor: Actor, *, hashed: str) -> None:
    user = work.session.get_one(User, actor.user_id)
    is_pin = actor.role is Role.STUDENT
    user.pin_hash, user.password_hash = (hashed, None) if is_pin else (None, hashed)
    user.must_change_password = False
    end_sessions_of(work, user.id, except_session=actor.session_id)
    record(work, actor, "person.secret_changed", subject_kind="user", subject_id=user.id)
