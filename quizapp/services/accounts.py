"""People and their secrets: made, changed, reset, suspended."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.names import MAX_NAME, is_too_long, normal_form, shown_form
from quizapp.core.permissions import Actor, Permission, Role
from quizapp.core.pins import PIN_DIGITS, is_easy_pin, is_pin
from quizapp.services.access.people import access_person
from quizapp.services.audit import record
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.sign_in import end_sessions_of
from quizapp.storage.tables import School, User

SHORTEST_PASSWORD = 10


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person who was made, with the secret to hand over once."""

    user_id: int
    user_name: str
    secret: str


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list of people."""

    id: int
    display_name: str
    user_name: str
    role: Role
    is_suspended: bool


def checked_name(name: str, field: str) -> str:
    """Return the name as it is stored.

    Raises:
        Refusal: it is empty or too long.
    """
    shown = shown_form(name)
    if not shown:
        raise Refusal(field, Message("Type a name."))
    if is_too_long(shown):
        raise Refusal(field, Message("A name has at most %(most)d characters.", most=MAX_NAME))
    return shown


def checked_password(password: str, field: str = "new") -> str:
    """Return the password when it is long enough. Paste is welcome, and there are no rules about signs."""
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal(
            field, Message("Use at least %(least)d characters; a sentence is good.", least=SHORTEST_PASSWORD)
        )
    return password


def checked_pin(pin: str, field: str = "new") -> str:
    """Return the PIN when it has six digits that nobody tries first."""
    if not is_pin(pin):
        raise Refusal(field, Message("A PIN has six digits."))
    if is_easy_pin(pin):
        raise Refusal(field, Message("Everybody tries this PIN first. Choose another."))
    return pin


def new_pin() -> str:
    """Return a random PIN that is not easily guessed."""
    while True:
        pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"
        if not is_easy_pin(pin):
            return pin


def new_password() -> str:
    """Return a random password that can be read out and typed."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))


@use_case
def create_school(
    work: Work, actor: Actor, *, name: str, time_zone: str, language: str = "en", is_demo: bool = False
) -> int:
    """Make a school and return its id. The operator of the installation does this."""
    school = School(
        name=checked_name(name, "name"),
        time_zone=time_zone,
        language=language,
        is_demo=is_demo,
        created_at=work.now,
    )
    work.session.add(school)
    work.session.flush()
    record(work, actor, "school.created", subject_kind="school", subject_id=school.id, school_id=school.id)
    return school.id


def create_person(
    runtime: Runtime,
    actor: Actor,
    *,
    display_name: str,
    role: Role,
    school_id: int | None = None,
    user_name: str = "",
    secret: str = "",
) -> NewPerson:
    """Make a person of the actor's school, with a random secret where none is given.

    A student's secret is a PIN, which stands on a card and may stay. Staff choose an own password at their first
    sign-in, unless the operator has just typed it with them. Hashing happens before the transaction.

    Raises:
        Refusal: the name is empty, too long or taken (``user_name``), or the role is above the actor's (``role``).
    """
    if role is Role.STUDENT and secret.isdigit():
        checked_pin(secret, "secret")
    elif secret:
        checked_password(secret, "secret")
    is_made_up = not secret
    secret = secret or (new_pin() if role is Role.STUDENT else new_password())
    is_pin = role is Role.STUDENT and secret.isdigit()
    hashed = runtime.passwords.hash_pin(secret) if is_pin else runtime.passwords.hash_password(secret)
    return _create_person(
        runtime,
        actor,
        display_name=display_name,
        role=role,
        school_id=school_id or actor.school_id,
        user_name=user_name or display_name,
        hashed=hashed,
        is_pin=is_pin,
        secret=secret,
        is_temporary=role is not Role.STUDENT and (is_made_up or actor.role is not Role.OPERATOR),
    )


@use_case
def _create_person(
    work: Work,
    actor: Actor,
    *,
    display_name: str,
    role: Role,
    school_id: int,
    user_name: str,
    hashed: str,
    is_pin: bool,
    secret: str,
    is_temporary: bool,
) -> NewPerson:
    if role.rank > actor.role.rank or actor.role.rank < Role.ADMIN.rank:
        raise Refusal("role", Message("You can't give this role."))
    user = add_user(work, school_id=school_id, display_name=display_name, user_name=user_name, role=role)
    user.pin_hash, user.password_hash = (hashed, None) if is_pin else (None, hashed)
    user.must_change_password = is_temporary
    work.session.flush()
    record(
        work, actor, "person.created", subject_kind="user", subject_id=user.id, school_id=school_id,
        after={"role": role.value},
    )  # fmt: skip
    return NewPerson(user.id, user.user_name, secret)


def add_user(work: Work, *, school_id: int, display_name: str, user_name: str, role: Role) -> User:
    """Add a person without a secret inside the running transaction.

    Raises:
        Refusal: the name is empty or too long, or the user name is taken (field ``user_name``).
    """
    shown = checked_name(display_name, "display_name")
    wanted = checked_name(user_name, "user_name")
    user = User(
        school_id=school_id,
        role=role.value,
        display_name=shown,
        display_key=normal_form(shown),
        user_name=wanted,
        user_name_key=normal_form(wanted),
        must_change_password=False,
        created_at=work.now,
    )
    try:
        # The constraint is asked and not a query before it: two at the same moment must not both pass.
        with work.session.begin_nested():
            work.session.add(user)
    except IntegrityError:
        raise Refusal(
            "user_name", Message("This user name is taken: %(name)s. Choose another.", name=wanted)
        ) from None
    return user


def change_own_secret(runtime: Runtime, actor: Actor, *, current: str, new: str) -> None:
    """Replace the own password or PIN; every other session of the person ends.

    Raises:
        Refusal: the current one is wrong (``current``) or the new one too weak (``new``).
    """
    password_hash, pin_hash = _own_hashes(runtime, actor)
    is_pin = pin_hash is not None and password_hash is None
    if is_pin:
        checked_pin(new)
        is_right = runtime.passwords.pin_matches(pin_hash, current)
    else:
        checked_password(new)
        is_right = runtime.passwords.password_matches(password_hash, current)
    if not is_right:
        raise Refusal("current", Message("This is not the one that you use now."))
    hashed = runtime.passwords.hash_pin(new) if is_pin else runtime.passwords.hash_password(new)
    _set_secret(runtime, actor, user_id=actor.user_id, hashed=hashed, is_pin=is_pin, is_temporary=False)


def reset_secret(runtime: Runtime, actor: Actor, *, user_id: int) -> NewPerson:
    """Give a person a temporary PIN or password, shown once; all their sessions end.

    At the next sign-in the person chooses an own one.

    Raises:
        NotFound: the actor may not reset this person.
    """
    target = _person_to_reset(runtime, actor, user_id=user_id)
    is_pin = target.role is Role.STUDENT
    secret = new_pin() if is_pin else new_password()
    hashed = runtime.passwords.hash_pin(secret) if is_pin else runtime.passwords.hash_password(secret)
    _set_secret(runtime, actor, user_id=user_id, hashed=hashed, is_pin=is_pin, is_temporary=True)
    return NewPerson(user_id, target.user_name, secret)


@reading
def _own_hashes(work: Work, actor: Actor) -> tuple[str | None, str | None]:
    user = work.session.get_one(User, actor.user_id)
    return user.password_hash, user.pin_hash


@reading
def _person_to_reset(work: Work, actor: Actor, *, user_id: int) -> Person:
    return _as_person(access_person(work, actor, Permission.RESET, id=user_id))


@use_case
def _set_secret(
    work: Work, actor: Actor, *, user_id: int, hashed: str, is_pin: bool, is_temporary: bool
) -> None:
    if user_id == actor.user_id:
        user = work.session.get_one(User, user_id)
    else:
        user = access_person(work, actor, Permission.RESET, id=user_id)
    user.pin_hash, user.password_hash = (hashed, None) if is_pin else (None, hashed)
    user.must_change_password = is_temporary
    end_sessions_of(work, user_id, except_session=0 if is_temporary else actor.session_id)
    record(work, actor, "person.secret_changed", subject_kind="user", subject_id=user_id)


@use_case
def suspend(work: Work, actor: Actor, *, user_id: int, reason: str) -> None:
    """Keep a person out from the next request on.

    Raises:
        NotFound: the actor may not administer this person.
        Refusal: it is the actor's own account (field ``reason``).
    """
    user = access_person(work, actor, Permission.ADMINISTER, id=user_id)
    if user.id == actor.user_id:
        raise Refusal("reason", Message("You can't suspend your own account."))
    if user.suspended_at is None:
        user.suspended_at = work.now
        end_sessions_of(work, user_id)
        record(work, actor, "person.suspended", subject_kind="user", subject_id=user_id, reason=reason)


@use_case
def reinstate(work: Work, actor: Actor, *, user_id: int) -> None:
    """Let a suspended person in again.

    Raises:
        NotFound: the actor may not administer this person.
    """
    user = access_person(work, actor, Permission.ADMINISTER, id=user_id)
    if user.suspended_at is not None:
        user.suspended_at = None
        record(work, actor, "person.reinstated", subject_kind="user", subject_id=user_id)


def _as_person(user: User) -> Person:
    return Person(user.id, user.display_name, user.user_name, Role(user.role), user.suspended_at is not None)
