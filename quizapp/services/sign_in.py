"""Signing in and out: server-side sessions that can be listed and ended.

Hashing takes its time, so it happens between two short transactions and never while one is open.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, select, update

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor, Role
from quizapp.services.audit import record
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.sign_in_delays import (
    ACCOUNT,
    account_subject,
    forget_wrong_tries,
    note_wrong_try,
    seconds_to_wait,
)
from quizapp.storage.queries.inserting import table_of
from quizapp.storage.tables import School, SignInSession, User

SESSION_LASTS = timedelta(hours=12)
SEEN_AGAIN_AFTER = timedelta(minutes=1)
MAX_SECRET = 200

WRONG = Message("This name and password or PIN do not belong together. Check both and try again.")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a session, as each request finds them."""

    session_id: int
    user_id: int
    school_id: int
    role: Role
    user_name: str
    display_name: str
    school_name: str
    time_zone: str
    language: str
    is_demo: bool
    must_change_password: bool
    last_seen_at: datetime

    def actor(self, request_id: str = "") -> Actor:
        """Return who acts."""
        return Actor(self.user_id, self.school_id, self.role, self.session_id, request_id)


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One line of "Where you are signed in"."""

    id: int
    device: str
    created_at: datetime
    last_seen_at: datetime
    is_this_one: bool


@dataclass(frozen=True, slots=True)
class _Account:
    user_id: int
    school_id: int
    role: Role
    password_hash: str | None
    pin_hash: str | None
    is_suspended: bool


def sign_in(
    runtime: Runtime, actor: Actor, *, school_id: int, user_name: str, secret: str, device: str
) -> str:
    """Open a session and return its token, which the browser holds and the database knows only as a hash.

    Raises:
        Refusal: unknown name, wrong secret, suspended or waiting, each with the sentence to show. Unknown names
            take as long and read the same as wrong secrets.
        Busy: too many people are signing in at this moment.
    """
    subject = account_subject(school_id, user_name)
    account, seconds = _look_up(runtime, actor, school_id=school_id, user_name=user_name, subject=subject)
    if seconds:
        raise Refusal(
            "secret",
            Message(
                "Too many wrong tries. Wait %(seconds)d seconds, or ask your teacher for a new PIN.",
                seconds=seconds,
            ),
        )
    if not _matches(runtime, account, secret[:MAX_SECRET]) or account is None:
        _note_wrong_try(runtime, actor, subject=subject)
        raise Refusal("secret", WRONG)
    if account.is_suspended:
        raise Refusal("user_name", Message("This account is suspended. Ask your school's administrator."))
    return open_session(
        runtime,
        Actor(account.user_id, account.school_id, account.role, 0, actor.request_id),
        subject=subject,
        device=device,
    )


def _matches(runtime: Runtime, account: _Account | None, secret: str) -> bool:
    if account is None:
        return runtime.passwords.password_matches(None, secret)
    if account.pin_hash is not None and secret.isdigit() and len(secret) == 6:
        return runtime.passwords.pin_matches(account.pin_hash, secret)
    return runtime.passwords.password_matches(account.password_hash, secret)


@reading
def _look_up(
    work: Work, actor: Actor, *, school_id: int, user_name: str, subject: str
) -> tuple[_Account | None, int]:
    user = work.session.scalars(
        select(User).where(
            User.school_id == school_id,
            User.user_name_key == normal_form(user_name),
            User.erased_at.is_(None),
        )
    ).one_or_none()
    seconds = seconds_to_wait(work, ACCOUNT, subject)
    if user is None:
        return None, seconds
    is_suspended = user.suspended_at is not None
    account = _Account(
        user.id, user.school_id, Role(user.role), user.password_hash, user.pin_hash, is_suspended
    )
    return account, seconds


@use_case
def _note_wrong_try(work: Work, actor: Actor, *, subject: str) -> None:
    note_wrong_try(work, ACCOUNT, subject)


@use_case
def open_session(work: Work, actor: Actor, *, subject: str | None, device: str) -> str:
    """Open a session for the actor and return its token.

    Raises:
        Refusal: the account was suspended in the meantime.
    """
    user = work.session.get(User, actor.user_id)
    if user is None or user.suspended_at is not None or user.erased_at is not None:
        raise Refusal("user_name", WRONG)
    if subject is not None:
        forget_wrong_tries(work, ACCOUNT, subject)
    return begin_session(work, actor, user, device)[0]


def begin_session(work: Work, actor: Actor, user: User, device: str) -> tuple[str, int]:
    """Open a session of the person inside the running transaction; return its token and its id."""
    token = secrets.token_urlsafe(32)
    row = SignInSession(
        school_id=user.school_id,
        user_id=user.id,
        token_hash=_hash_of(token),
        device=device[:200],
        created_at=work.now,
        last_seen_at=work.now,
        expires_at=work.now + SESSION_LASTS,
        ended_at=None,
    )
    work.session.add(row)
    work.session.flush()
    record(work, actor, "session.opened", subject_kind="session", subject_id=row.id, school_id=user.school_id)
    return token, row.id


def _hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


# Columns of tables, not of classes: every request asks this, and the way through the mapping costs as much again.
_SESSION, _USER, _SCHOOL = table_of(SignInSession), table_of(User), table_of(School)
_SIGNED_IN = (
    select(
        _SESSION.c.id,
        _SESSION.c.last_seen_at,
        _SESSION.c.expires_at,
        _USER.c.id,
        _USER.c.school_id,
        _USER.c.role,
        _USER.c.display_name,
        _USER.c.language,
        _USER.c.must_change_password,
        _SCHOOL.c.name,
        _SCHOOL.c.time_zone,
        _SCHOOL.c.language,
        _SCHOOL.c.is_demo,
        _USER.c.user_name,
    )
    .select_from(_SESSION)
    .join(_USER, _USER.c.id == _SESSION.c.user_id)
    .join(_SCHOOL, _SCHOOL.c.id == _SESSION.c.school_id)
    .where(
        _SESSION.c.token_hash == bindparam("token_hash"),
        _SESSION.c.ended_at.is_(None),
        _USER.c.suspended_at.is_(None),
        _USER.c.erased_at.is_(None),
    )
)


@reading
def find_session(work: Work, actor: Actor, *, token: str) -> SignedIn | None:
    """Return who holds this token, or None: unknown, ended, expired, suspended and erased read alike."""
    row = work.session.execute(_SIGNED_IN, {"token_hash": _hash_of(token)}).one_or_none()
    if row is None or work.now >= row[2]:
        return None
    return SignedIn(
        session_id=row[0],
        last_seen_at=row[1],
        user_id=row[3],
        school_id=row[4],
        role=Role(row[5]),
        display_name=row[6],
        language=row[7] or row[11],
        must_change_password=row[8],
        school_name=row[9],
        time_zone=row[10],
        is_demo=row[12],
        user_name=row[13],
    )


@use_case
def note_session_seen(work: Work, actor: Actor) -> None:
    """Note that the session was used and let it last; asked for at most once a minute."""
    work.session.execute(
        update(SignInSession)
        .where(SignInSession.id == actor.session_id)
        .values(last_seen_at=work.now, expires_at=work.now + SESSION_LASTS)
    )


@use_case
def sign_out(work: Work, actor: Actor) -> None:
    """End the session that the request came with."""
    _end(work, SignInSession.id == actor.session_id)
    record(work, actor, "session.ended", subject_kind="session", subject_id=actor.session_id)


@use_case
def sign_out_everywhere(work: Work, actor: Actor) -> None:
    """End every session of the actor, this one included."""
    end_sessions_of(work, actor.user_id)
    record(work, actor, "session.ended_everywhere", subject_kind="user", subject_id=actor.user_id)


@reading
def open_sessions(work: Work, actor: Actor) -> list[OpenSession]:
    """Return where the actor is signed in, the newest first."""
    rows = work.session.scalars(
        select(SignInSession)
        .where(
            SignInSession.user_id == actor.user_id,
            SignInSession.ended_at.is_(None),
            SignInSession.expires_at > work.now,
        )
        .order_by(SignInSession.last_seen_at.desc(), SignInSession.id.desc())
    )
    return [
        OpenSession(row.id, row.device, row.created_at, row.last_seen_at, row.id == actor.session_id)
        for row in rows
    ]


def end_sessions_of(work: Work, user_id: int, *, except_session: int = 0) -> None:
    """End the sessions of a person: suspension, a new password and "sign out everywhere" do this."""
    _end(work, (SignInSession.user_id == user_id) & (SignInSession.id != except_session))


def _end(work: Work, which: ColumnElement[bool]) -> None:
    work.session.execute(
        update(SignInSession).where(which, SignInSession.ended_at.is_(None)).values(ended_at=work.now)
    )
