"""Login cards: one a student, printed by the teacher, that signs in without typing until it expires."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.join_codes import CARD_CODE_LENGTH, make_code
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission, Role
from quizapp.services.access.classrooms import access_classroom
from quizapp.services.access.doors import who_may_come_in
from quizapp.services.audit import record
from quizapp.services.rosters import take_turn
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.sign_in import begin_session
from quizapp.storage.tables import Enrolment, LoginCard, User

CARD_LASTS = timedelta(days=120)
"""A term and its holidays."""

NO_CARD = Message("This card is not valid (any more). Compare the code, or ask your teacher for a new card.")
"""One sentence for unknown, expired and revoked cards."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """A student of the class with the card that the student has; no date for none that works."""

    student_id: int
    name: str
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClassCards:
    """The cards of a class."""

    classroom_id: int
    title: str
    lines: tuple[CardLine, ...]


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A new card. Its code is known at this moment only."""

    name: str
    code: str
    expires_at: datetime


@reading
def class_cards(work: Work, actor: Actor, *, classroom_id: int) -> ClassCards:
    """Return who of a class has a card that works; two statements.

    Raises:
        NotFound: the actor does not teach this class.
    """
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    return ClassCards(
        classroom.id,
        classroom.title,
        tuple(
            CardLine(user.id, user.display_name, card.expires_at if card and _works(work, card) else None)
            for user, card in _students_with_cards(work, actor, classroom_id)
        ),
    )


@use_case
def issue_cards(
    work: Work, actor: Actor, *, classroom_id: int, student_ids: Collection[int]
) -> tuple[PrintedCard, ...]:
    """Make a new card for each of these students, by name. The cards that they had stop working.

    Raises:
        NotFound: the actor does not teach this class, or one of them is not in it.
        Refusal: nobody is chosen (field ``students``).
    """
    access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    # A button pressed twice would give a student two cards.
    take_turn(work, actor)
    if not student_ids:
        raise Refusal("students", Message("Tick at least one student."))
    rows = [row for row in _students_with_cards(work, actor, classroom_id) if row[0].id in student_ids]
    if len(rows) != len(set(student_ids)):
        raise NotFound
    return tuple(_issue(work, actor, user, card) for user, card in rows)


def _issue(work: Work, actor: Actor, user: User, card: LoginCard | None) -> PrintedCard:
    code = make_code(CARD_CODE_LENGTH, secrets.choice)
    if card is None:
        card = LoginCard(school_id=user.school_id, student_id=user.id)
        work.session.add(card)
    card.code_hash = _hash_of(code)
    card.issued_at, card.issued_by = work.now, actor.user_id
    card.expires_at, card.revoked_at = work.now + CARD_LASTS, None
    work.session.flush()
    record(work, actor, "card.issued", subject_kind="user", subject_id=user.id)
    return PrintedCard(user.display_name, code, card.expires_at)


@use_case
def revoke_card(work: Work, actor: Actor, *, classroom_id: int, student_id: int) -> str:
    """Let a student's card work no more, and return the student's name. Sessions that it opened go on.

    Raises:
        NotFound: the actor does not teach this class, or the student is not in it or has no card.
    """
    access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    cards = {user.id: (user, card) for user, card in _students_with_cards(work, actor, classroom_id)}
    user, card = cards.get(student_id, (None, None))
    if user is None or card is None:
        raise NotFound
    if card.revoked_at is None:
        card.revoked_at = work.now
        record(work, actor, "card.revoked", subject_kind="user", subject_id=user.id)
    return user.display_name


@reading
def card_holder(work: Work, actor: Actor, *, code: str) -> str:
    """Return the name of whose card this is.

    Raises:
        Refusal: no card that works has this code (field ``code``).
    """
    return _holder(work, code).display_name


@use_case
def sign_in_with_card(work: Work, actor: Actor, *, code: str, device: str) -> str:
    """Open a session for whose card this is, and return its token.

    Raises:
        Refusal: no card that works has this code (field ``code``).
    """
    user = _holder(work, code)
    student = Actor(user.id, user.school_id, Role(user.role), 0, actor.request_id)
    return begin_session(work, student, user, device)[0]


def _holder(work: Work, code: str) -> User:
    row = work.session.execute(
        select(User, LoginCard)
        .join(LoginCard, LoginCard.student_id == User.id)
        .where(LoginCard.code_hash == _hash_of(code), who_may_come_in())
    ).one_or_none()
    if row is None or not _works(work, row[1]):
        raise Refusal("code", NO_CARD)
    user: User = row[0]
    return user


def _works(work: Work, card: LoginCard) -> bool:
    return card.revoked_at is None and work.now < card.expires_at


def _students_with_cards(work: Work, actor: Actor, classroom_id: int) -> list[tuple[User, LoginCard | None]]:
    rows = work.session.execute(
        select(User, LoginCard)
        .join(Enrolment, Enrolment.student_id == User.id)
        .outerjoin(LoginCard, LoginCard.student_id == User.id)
        .where(
            Enrolment.school_id == actor.school_id,
            Enrolment.classroom_id == classroom_id,
            Enrolment.left_at.is_(None),
            who_may_come_in(),
        )
        .order_by(User.display_key, User.id)
    )
    return [(row[0], row[1]) for row in rows]


def _hash_of(code: str) -> bytes:
    return hashlib.sha256(code.encode()).digest()
