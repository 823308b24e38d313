"""What a class was given and how far it is, in counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from quizapp.core.assignments import Kind, Preset
from quizapp.core.deadlines import GRACE
from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work
from quizapp.services.written_answers import waiting_by_assignment
from quizapp.storage.tables import Assignment, Attempt, Enrolment, LessonProgress, User


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
    # The school leads the index of assignments: without it SQLite goes through every try of the school.
    given = and_(Assignment.school_id == actor.school_id, Assignment.classroom_id == classroom_id)
    rows = work.session.scalars(
        select(Assignment)
        .where(given, Assignment.archived_at.is_(None))
        .order_by(
            func.coalesce(Assignment.due_at, Assignment.closes_at).is_(None),
            func.coalesce(Assignment.due_at, Assignment.closes_at),
            Assignment.id,
        )
    ).all()
    begun = pieces_begun(work, given)
    waiting = waiting_by_assignment(work, actor, classroom_id)
    lines = []
    for row in rows:
        pieces = begun.get(row.id, ())
        done = sum(1 for piece in pieces if piece.is_done)
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
                len(pieces) - done,
                students,
                waiting.get(row.id, 0),
            )
        )
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class BegunPiece:
    """A student of the class who has begun an assignment. ``is_done``: handed in once, or the lesson's core finished."""

    student_id: int
    is_done: bool
    last_active_at: datetime


def pieces_begun(work: Work, which: ColumnElement[bool]) -> dict[int, list[BegunPiece]]:
    """Return who has begun the assignments of classes that ``which`` picks, by assignment id; two statements.

    The class page and the administrator's report count these and nothing else.
    """
    pieces: dict[int, list[BegunPiece]] = {}
    for statement in (_tried(work, which), _read(which)):
        for assignment_id, student_id, done, last_active_at in work.session.execute(statement):
            piece = BegunPiece(student_id, bool(done), last_active_at)
            pieces.setdefault(assignment_id, []).append(piece)
    return pieces


def _tried(work: Work, which: ColumnElement[bool]) -> Select[int, int, int, datetime]:
    """Return the select of who has begun a try at a quiz, and how many tries of each are handed in."""
    last_active_at = func.max(func.coalesce(Attempt.finished_at, Attempt.started_at))
    return (
        select(Assignment.id, Attempt.student_id, func.count().filter(is_handed_in(work.now)), last_active_at)
        .join(Attempt, Attempt.assignment_id == Assignment.id)
        .join(Enrolment, _is_in_class(Attempt.student_id))
        .join(User, User.id == Attempt.student_id)
        .where(
            which,
            Assignment.archived_at.is_(None),
            Attempt.is_preview.is_(False),
            Attempt.state != "voided",
            User.erased_at.is_(None),
        )
        .group_by(Assignment.id, Attempt.student_id)
    )


def _read(which: ColumnElement[bool]) -> Select[int, int, int, datetime]:
    """Return the select of who has begun a lesson, and whether its core is finished (1)."""
    return (
        select(
            Assignment.id,
            LessonProgress.student_id,
            case((LessonProgress.finished_at.is_(None), 0), else_=1),
            LessonProgress.last_seen_at,
        )
        .join(LessonProgress, LessonProgress.lesson_key == Assignment.content_key)
        .join(Enrolment, _is_in_class(LessonProgress.student_id))
        .join(User, User.id == LessonProgress.student_id)
        .where(
            which,
            Assignment.kind == Kind.LESSON.value,
            Assignment.archived_at.is_(None),
            User.erased_at.is_(None),
        )
    )


def _is_in_class(student_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return and_(
        Enrolment.classroom_id == Assignment.classroom_id,
        Enrolment.student_id == student_id,
        Enrolment.left_at.is_(None),
    )
