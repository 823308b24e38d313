"""*I am stuck here*: pressed once, and cleared by going on or by a teacher who talked to the student."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, update

from quizapp.core.permissions import Actor
from quizapp.services.audit import record
from quizapp.services.runtime import Work
from quizapp.storage.tables import StuckMark


def press_stuck(work: Work, actor: Actor, lesson_key: str, screen: int) -> None:
    """Note that the actor is stuck on a screen; nothing is added while an earlier mark stands."""
    if (
        work.session.scalar(select(StuckMark.id).where(_standing(actor.user_id, lesson_key, screen)))
        is not None
    ):
        return
    mark = StuckMark(
        school_id=actor.school_id,
        student_id=actor.user_id,
        lesson_key=lesson_key,
        screen=screen,
        pressed_at=work.now,
    )
    work.session.add(mark)
    work.session.flush()
    record(work, actor, "lesson.stuck", subject_kind="stuck_mark", subject_id=mark.id)


def went_on(work: Work, actor: Actor, lesson_key: str, screen: int) -> None:
    """Clear the actor's mark on a screen: whoever goes on is not stuck there any more."""
    work.session.execute(
        update(StuckMark)
        .where(_standing(actor.user_id, lesson_key, screen))
        .values(cleared_at=work.now, cleared_by=actor.user_id)
    )


def clear_all_stuck(work: Work, actor: Actor, student_id: int) -> None:
    """Clear every mark of a student to whom the actor talked."""
    work.session.execute(
        update(StuckMark)
        .where(
            StuckMark.school_id == actor.school_id,
            StuckMark.student_id == student_id,
            StuckMark.cleared_at.is_(None),
        )
        .values(cleared_at=work.now, cleared_by=actor.user_id)
    )


def _standing(student_id: int, lesson_key: str, screen: int) -> ColumnElement[bool]:
    return and_(
        StuckMark.student_id == student_id,
        StuckMark.lesson_key == lesson_key,
        StuckMark.screen == screen,
        StuckMark.cleared_at.is_(None),
    )
