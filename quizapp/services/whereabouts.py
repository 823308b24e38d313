"""Who is where in the lessons that a class was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from quizapp.core.assignments import Kind
from quizapp.services.runtime import Work
from quizapp.services.standings import NO_LESSON, LessonStanding, lesson_standings
from quizapp.storage.tables import Assignment


@dataclass(frozen=True, slots=True)
class GivenLesson:
    """A lesson that the class was given."""

    assignment_id: int
    title: str


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The lessons of a class, and by student id where that student is in each of them, in the same order."""

    lessons: tuple[GivenLesson, ...]
    places: dict[int, tuple[LessonStanding, ...]]


def whereabouts(work: Work, classroom_id: int, student_ids: Sequence[int]) -> Whereabouts:
    """Return where every student is in every lesson of the class; three statements."""
    rows = work.session.scalars(
        select(Assignment)
        .where(
            Assignment.classroom_id == classroom_id,
            Assignment.kind == Kind.LESSON.value,
            Assignment.archived_at.is_(None),
        )
        .order_by(Assignment.id)
    ).all()
    standings = lesson_standings(work, {row.content_key for row in rows}, student_ids)
    return Whereabouts(
        tuple(GivenLesson(row.id, row.title) for row in rows),
        {
            student_id: tuple(standings.get((row.content_key, student_id), NO_LESSON) for row in rows)
            for student_id in student_ids
        },
    )
