"""The door to what a student gave while practising, and the lock that lets two windows take turns."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from quizapp.core.permissions import Actor
from quizapp.core.practice import Purpose
from quizapp.services.runtime import Work
from quizapp.storage.tables import PracticeAnswer, User


def own_practice(actor: Actor, keys_begin_with: str) -> ColumnElement[bool]:
    """Return the filter of the actor's own answers in practice that are kept under such keys."""
    return and_(
        PracticeAnswer.school_id == actor.school_id,
        PracticeAnswer.student_id == actor.user_id,
        PracticeAnswer.purpose == Purpose.PRACTICE.value,
        PracticeAnswer.lesson_key.startswith(keys_begin_with, autoescape=True),
    )


def hold_own_practice(work: Work, actor: Actor) -> None:
    """Let two windows of one student take turns: a first answer has no row yet that could be locked."""
    work.session.execute(
        select(User.id)
        .where(User.school_id == actor.school_id, User.id == actor.user_id)
        .with_for_update(key_share=True)
    )
