"""What a class was given and how far it is, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from quizapp.core.assignments import Kind, Preset
from quizapp.core.deadlines import GRACE
from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work
from quizapp.services.written_answers import waiting_by_assignment
from quizapp.storage.tables import Assignment, Attempt, Enrolment, LessonProgress


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """An assignment in the list of its class. ``done`` students have handed in, or finished the lesson."""

    id: int
    kind: Kind
    title: str
    preset: Preset
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    done: int
    under_way: int
    students: int
    answers_to_mark: int


def is_handed_in(now: datetime) -> ColumnElement[bool]:
    """Return the condition that an attempt counts as handed in: also when its time is up and nobody stored it."""
    return or_(
        Attempt.state.in_(("submitted", "graded")),
        and_(Attempt.state == "in_progress", Attempt.deadline_at < now - GRACE),
    )


def assignment_lines(
    work: Work, actor: Actor, classroom_id: int, students: int
) -> tuple[AssignmentLine, ...]:
    """Return the assignments of a class, the next to be due first and those without a date last."""
    rows = work.session.scalars(
        select(Assignment)
        .where(Assignment.classroom_id == classroom_id, Assignment.archived_at.is_(None))
        .order_by(
            func.coalesce(Assignment.due_at, Assignment.closes_at).is_(None),
            func.coalesce(Assignment.due_at, Assignment.closes_at),
            Assignment.id,
        )
    ).all()
    tried = _tried(work, classroom_id)
    read = _read(work, classroom_id)
    waiting = waiting_by_assignment(work, actor, classroom_id)
    lines = []
    for row in rows:
        is_lesson = row.kind == Kind.LESSON
        started, done = read.get(row.content_key, (0, 0)) if is_lesson else tried.get(row.id, (0, 0))
        lines.append(
            AssignmentLine(
                row.id,
                Kind(row.kind),
                row.title,
                Preset(row.preset),
                row.opens_at,
                row.due_at,
                row.closes_at,
                done,
                started - done,
                students,
                waiting.get(row.id, 0),
            )
        )
    return tuple(lines)


def _tried(work: Work, classroom_id: int) -> dict[int, tuple[int, int]]:
    """Return, by assignment, how many students of the class have begun a try, and how many handed one in."""
    handed_in = func.count(Attempt.student_id.distinct()).filter(is_handed_in(work.now))
    rows = work.session.execute(
        select(Attempt.assignment_id, func.count(Attempt.student_id.distinct()), handed_in)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            Assignment.classroom_id == classroom_id,
            Attempt.is_preview.is_(False),
            Attempt.state != "voided",
            Attempt.student_id.in_(_students(classroom_id)),
        )
        .group_by(Attempt.assignment_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _read(work: Work, classroom_id: int) -> dict[str, tuple[int, int]]:
    """Return, by lesson, how many students of the class have begun it, and how many finished it."""
    rows = work.session.execute(
        select(LessonProgress.lesson_key, func.count(), func.count(LessonProgress.finished_at))
        .where(LessonProgress.student_id.in_(_students(classroom_id)))
        .group_by(LessonProgress.lesson_key)
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _students(classroom_id: int) -> Select[int]:
    return select(Enrolment.student_id).where(
        Enrolment.classroom_id == classroom_id, Enrolment.left_at.is_(None)
    )
