"""The first run: a link that is printed once lets one person make the school and its administrator."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from quizapp.core.errors import Conflict, NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import NOBODY, OPERATOR, Actor, Role
from quizapp.core.settings import CASES, TEACHING_DAYS, Cases, Weekday
from quizapp.services.accounts import add_user, checked_name, checked_password
from quizapp.services.audit import record
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.settings import store_setting
from quizapp.services.sign_in import open_session
from quizapp.storage.tables import FirstRun, School

LINK_LASTS = timedelta(hours=24)

ALREADY_SET_UP = Message("The school was made at the same moment, perhaps in another window. Sign in to it.")


@dataclass(frozen=True, slots=True)
class NewSchool:
    """What the first-run page asks about the school."""

    name: str
    time_zone: str
    language: str
    teaching_days: frozenset[Weekday]
    cases: Cases


@dataclass(frozen=True, slots=True)
class NewAdmin:
    """What the first-run page asks about the administrator."""

    display_name: str
    user_name: str
    password: str


def new_link_token(secret_key: str, now: datetime) -> str:
    """Return a token that opens the first-run page for a day.

    It is signed and not stored: the day and the making of a school end it, and a new one can be had at any time.
    """
    ends = f"{int((now + LINK_LASTS).timestamp()):x}.{secrets.token_hex(8)}"
    return f"{ends}.{_signature(secret_key, ends)}"


def is_good_token(secret_keys: Collection[str], token: str, now: datetime) -> bool:
    """Say whether one of the keys signed the token and its day is not over."""
    ends, _, signature = token.rpartition(".")
    given = signature.encode()
    if not any(hmac.compare_digest(_signature(key, ends).encode(), given) for key in secret_keys):
        return False
    return now.timestamp() <= int(ends.partition(".")[0], 16)


def _signature(secret_key: str, text: str) -> str:
    return hmac.new(secret_key.encode(), f"first run {text}".encode(), hashlib.sha256).hexdigest()


@reading
def has_school(work: Work, actor: Actor) -> bool:
    """Say whether the installation has a school; before that, nothing but the first-run page is of use."""
    return bool(work.session.scalar(select(exists().select_from(School))))


def checked_time_zone(name: str) -> str:
    """Return the name of a time zone.

    Raises:
        Refusal: there is none of that name (field ``time_zone``).
    """
    if name not in available_timezones():
        raise Refusal("time_zone", Message("Choose the time zone of the school."))
    return name


def set_up_school(runtime: Runtime, actor: Actor, *, school: NewSchool, admin: NewAdmin, device: str) -> str:
    """Make the school and its administrator, and return the token of the administrator's session.

    The caller has checked the link. Hashing happens before the transaction.

    Raises:
        NotFound: there is a school already.
        Refusal: something typed can't be taken, at its field.
        Conflict: the same was done at the same moment in another window.
    """
    hashed = runtime.passwords.hash_password(checked_password(admin.password, "password"))
    made = _set_up_school(runtime, OPERATOR, school=school, admin=admin, hashed=hashed)
    return open_session(runtime, made, subject=None, device=device)


@use_case
def _set_up_school(work: Work, actor: Actor, *, school: NewSchool, admin: NewAdmin, hashed: str) -> Actor:
    if work.session.scalar(select(exists().select_from(School))):
        raise NotFound
    row = School(
        name=checked_name(school.name, "school_name"),
        time_zone=checked_time_zone(school.time_zone),
        language=school.language,
        is_demo=False,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    try:
        with work.session.begin_nested():
            work.session.add(FirstRun(id=1, school_id=row.id, at=work.now))
    except IntegrityError:
        raise Conflict(ALREADY_SET_UP) from None
    record(work, actor, "school.created", subject_kind="school", subject_id=row.id, school_id=row.id)
    user = add_user(
        work,
        school_id=row.id,
        display_name=admin.display_name,
        user_name=admin.user_name or admin.display_name,
        role=Role.ADMIN,
    )
    user.password_hash = hashed
    record(
        work, actor, "person.created", subject_kind="user", subject_id=user.id, school_id=row.id,
        after={"role": Role.ADMIN.value},
    )  # fmt: skip
    store_setting(work, actor, row.id, TEACHING_DAYS, school.teaching_days)
    store_setting(work, actor, row.id, CASES, school.cases)
    return Actor(user.id, row.id, Role.ADMIN)


def is_set_up(runtime: Runtime) -> bool:
    """Say whether the installation has a school, whoever asks."""
    return has_school(runtime, NOBODY)
