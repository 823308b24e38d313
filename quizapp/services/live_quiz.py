"""A quiz while a class is in it: who is in, how far, and when the last answer came. Fit for the projector.

No marks, no deadlines, nothing of what one student is allowed. Every open page asks every few seconds, so a look takes
two statements.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, Subquery, Text, and_, case, cast, func, literal, select

from quizapp.core.assignments import Kind
from quizapp.core.attempts import State, shown_state
from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor
from quizapp.services.assignments import taught_assignment
from quizapp.services.runtime import Work, reading
from quizapp.services.try_history import deeds_so_far
from quizapp.storage.tables import Assignment, Attempt, AttemptSlot, Classroom, Enrolment, Response, User
from quizapp.storage.tables.base import UtcDateTime

QUIET_AFTER = timedelta(minutes=3)
"""Who has an open try and saved nothing for so long is pointed out: the network may be gone, or the courage."""


class Presence(StrEnum):
    """Where a student of the class is."""

    IN = "in"
    HANDED_IN = "handed_in"
    NOT_STARTED = "not_started"


@dataclass(frozen=True, slots=True)
class LiveLine:
    """One student. ``last_saved_at`` is None before the first answer; ``is_quiet`` says that none came for long."""

    student_id: int
    name: str
    presence: Presence
    attempt_id: int | None
    answered: int
    questions: int
    last_saved_at: datetime | None
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class LiveQuiz:
    """The class at this moment. ``version`` changes when anything that is shown does, the passing of time apart."""

    classroom_id: int
    assignment_id: int
    title: str
    now: datetime
    lines: tuple[LiveLine, ...]
    version: str

    def count(self, presence: Presence) -> int:
        """Return how many students are there."""
        return Counter(line.presence for line in self.lines)[presence]

    @property
    def quiet(self) -> int:
        """How many of those who are in saved nothing for long."""
        return sum(1 for line in self.lines if line.is_quiet)


@dataclass(frozen=True, slots=True)
class LivePage:
    """The live view with what its buttons need; ``seen`` is how many deeds for all there were until now."""

    live: LiveQuiz
    classroom_title: str
    seen: int


@reading
def live_quiz(work: Work, actor: Actor, *, classroom_id: int, assignment_id: int) -> LiveQuiz:
    """Return the class in a quiz as it is now, students by name.

    Raises:
        NotFound: no such quiz in a class that the actor teaches.
    """
    return _live(work, _quiz(work, actor, classroom_id, assignment_id), classroom_id)


@reading
def live_page(work: Work, actor: Actor, *, classroom_id: int, assignment_id: int) -> LivePage:
    """Return the live view with its frame.

    Raises:
        NotFound: no such quiz in a class that the actor teaches.
    """
    assignment = _quiz(work, actor, classroom_id, assignment_id)
    return LivePage(
        live=_live(work, assignment, classroom_id),
        classroom_title=work.session.get_one(Classroom, classroom_id).title,
        seen=deeds_so_far(work, assignment.school_id, "assignment", assignment.id),
    )


def _quiz(work: Work, actor: Actor, classroom_id: int, assignment_id: int) -> Assignment:
    assignment = taught_assignment(work, actor, classroom_id, assignment_id)
    if assignment.kind == Kind.LESSON:
        raise NotFound
    return assignment


def _live(work: Work, assignment: Assignment, classroom_id: int) -> LiveQuiz:
    rows = work.session.execute(_students(assignment.id, classroom_id))
    lines = tuple(_line(work.now, row) for row in rows)
    told = repr([(line.name, *_facts(line)) for line in lines])
    version = hashlib.sha256(told.encode()).hexdigest()[:16]
    return LiveQuiz(classroom_id, assignment.id, assignment.title, work.now, lines, version)


def _facts(line: LiveLine) -> tuple[object, ...]:
    return line.presence, line.attempt_id, line.answered, line.questions, line.last_saved_at, line.is_quiet


def _line(now: datetime, row: Row[Any]) -> LiveLine:
    if row.attempt_id is None:
        return LiveLine(row.student_id, row.name, Presence.NOT_STARTED, None, 0, 0, None, is_quiet=False)
    is_in = shown_state(State(row.state), row.deadline_at, now) is State.IN_PROGRESS
    last_sign = row.last_saved_at or row.started_at
    return LiveLine(
        row.student_id,
        row.name,
        Presence.IN if is_in else Presence.HANDED_IN,
        row.attempt_id,
        row.answered,
        row.questions,
        row.last_saved_at,
        is_quiet=is_in and now - last_sign > QUIET_AFTER,
    )


def _students(assignment_id: int, classroom_id: int) -> Select[Any]:
    """Return the select of the class, each student with the one try that matters where there is one."""
    tries = _tries(assignment_id)
    answers = _answers(tries)
    questions = (
        select(func.count()).where(AttemptSlot.attempt_id == tries.c.id).correlate(tries).scalar_subquery()
    )
    return (
        select(
            User.id.label("student_id"), User.display_name.label("name"), tries.c.id.label("attempt_id"),
            tries.c.state, tries.c.started_at, tries.c.deadline_at, questions.label("questions"),
            func.coalesce(answers.c.answered, 0).label("answered"), answers.c.saved_at.label("last_saved_at"),
        )
        .join(Enrolment, Enrolment.student_id == User.id)
        .outerjoin(tries, and_(tries.c.student_id == User.id, tries.c.place == 1))
        .outerjoin(answers, answers.c.attempt_id == tries.c.id)
        .where(
            Enrolment.classroom_id == classroom_id, Enrolment.left_at.is_(None), User.erased_at.is_(None)
        )
        .order_by(User.display_key, User.id)
    )  # fmt: skip


def _tries(assignment_id: int) -> Subquery:
    """Return the tries at an assignment; of each student's, place 1 is the open one, else the newest."""
    place = func.row_number().over(
        partition_by=Attempt.student_id,
        order_by=(case((Attempt.state == State.IN_PROGRESS.value, 0), else_=1), Attempt.number.desc()),
    )
    return (
        select(
            Attempt.id, Attempt.student_id, Attempt.state, Attempt.started_at, Attempt.deadline_at,
            place.label("place"),
        )
        .where(
            Attempt.assignment_id == assignment_id,
            Attempt.state != State.VOIDED.value,
            Attempt.is_preview.is_(False),
        )
        .subquery()
    )  # fmt: skip


def _answers(tries: Subquery) -> Subquery:
    """Return how many answers each of these tries has, and when the newest came."""
    # A blank answer is JSON's null.
    is_answer = case((cast(Response.value, Text) != literal("null"), 1))
    return (
        select(
            Response.attempt_id,
            func.count(is_answer).label("answered"),
            func.max(Response.saved_at, type_=UtcDateTime()).label("saved_at"),
        )
        .where(Response.attempt_id.in_(select(tries.c.id)))
        .group_by(Response.attempt_id)
        .subquery()
    )
