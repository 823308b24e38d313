"""Written answers that wait for a mark: which they are and how many, said once for every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from quizapp.core.permissions import Actor
from quizapp.core.questions import Move
from quizapp.question_types.registry import question_types
from quizapp.services.access.classrooms import classrooms_taught_by
from quizapp.services.runtime import Work
from quizapp.services.scores import TEACHER
from quizapp.storage.tables import Assignment, Attempt, AttemptSlot, Classroom, ContentVersion, Score


def is_scored() -> ColumnElement[bool]:
    """Return the condition that an answer has a score in the present generation of its attempt."""
    return exists().where(
        Score.attempt_id == Attempt.id,
        Score.slot == AttemptSlot.slot,
        Score.generation == Attempt.generation,
    )


def is_marked() -> ColumnElement[bool]:
    """Return the condition that a person gave an answer a mark in the present generation of its attempt."""
    return exists().where(
        Score.attempt_id == Attempt.id,
        Score.slot == AttemptSlot.slot,
        Score.generation == Attempt.generation,
        Score.given_by == TEACHER,
    )


def is_for_people() -> ColumnElement[bool]:
    """Return the condition that an answer waits for a mark or has one: a blank one was settled by the machine."""
    return ~is_scored() | is_marked()


def written_answers(actor: Actor, *columns: Any) -> Select[Any]:
    """Return the select of every handed-in written answer in the actor's classes, marked or not."""
    return written_answers_of(classrooms_taught_by(actor), *columns)


def written_answers_of(which: ColumnElement[bool], *columns: Any) -> Select[Any]:
    """Return the select of every handed-in written answer in the classes that ``which`` picks, marked or not."""
    written = [name for name, one in question_types().items() if one.move is Move.WRITE]
    return (
        select(*columns)
        .select_from(AttemptSlot)
        .join(ContentVersion, ContentVersion.id == AttemptSlot.question_version_id)
        .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(Classroom, Classroom.id == Assignment.classroom_id)
        .where(
            which,
            Assignment.archived_at.is_(None),
            Attempt.state.in_(("submitted", "graded")),
            Attempt.is_preview.is_(False),
            ContentVersion.type.in_(written),
        )
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Written answers of an assignment that wait for a mark, and when the oldest was handed in."""

    answers: int
    oldest_at: datetime


def waiting_in(work: Work, which: ColumnElement[bool]) -> dict[int, Waiting]:
    """Return what waits at each assignment of the classes that ``which`` picks, where something does."""
    rows = work.session.execute(
        written_answers_of(which, Assignment.id, func.count(), func.min(Attempt.finished_at))
        .where(~is_scored())
        .group_by(Assignment.id)
    )
    return {row[0]: Waiting(row[1], row[2]) for row in rows}


def waiting_by_classroom(work: Work, actor: Actor) -> dict[int, int]:
    """Return how many answers wait in each of the actor's classes where some do."""
    rows = work.session.execute(
        written_answers(actor, Classroom.id, func.count()).where(~is_scored()).group_by(Classroom.id)
    )
    return {row[0]: row[1] for row in rows}


def waiting_by_assignment(work: Work, actor: Actor, classroom_id: int) -> dict[int, int]:
    """Return how many answers wait at each assignment of a class where some do."""
    rows = work.session.execute(
        written_answers(actor, Assignment.id, func.count())
        .where(and_(Assignment.classroom_id == classroom_id, ~is_scored()))
        .group_by(Assignment.id)
    )
    return {row[0]: row[1] for row in rows}
