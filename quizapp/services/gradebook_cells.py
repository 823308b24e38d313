"""One cell of the gradebook opened: a student at a quiz, the mark, every try, and one try with all its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from quizapp.core.assignments import Kind, Visible
from quizapp.core.errors import NotFound
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.questions import Move, Value
from quizapp.core.quizzes import max_marks
from quizapp.core.scoring import POINT, Outcome
from quizapp.services.asked import Asked, asked_in
from quizapp.services.assignments import taught_assignment
from quizapp.services.content import quiz_by_key
from quizapp.services.results import ReviewedQuestion, reviewed_questions
from quizapp.services.runtime import Work, reading
from quizapp.services.standings import QuizStanding, quiz_standings
from quizapp.services.stored_answers import stored_answers
from quizapp.services.tries import Try, the_counting, tries_of
from quizapp.services.windows import Window, window_of
from quizapp.storage.tables import Assignment, Attempt, Classroom, Enrolment, User

EVERYTHING = Visible(score=True, why=True, key=True)


@dataclass(frozen=True, slots=True)
class CellQuestion:
    """One question of the try that is shown beside a student's name.

    A question that exists in two cases would tell by its words which case the student chose, and a written answer is
    read where names are hidden: of these only the decisions and the mark are there, and ``reviewed`` has no words.
    """

    reviewed: ReviewedQuestion
    label: Message
    is_private: bool
    is_written: bool
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class CellPage:
    """A student at a quiz as a teacher of the class sees it.

    ``standing.grade.counting_attempt_id`` is the try that counts. ``shown`` is the closed try whose ``questions`` are
    there, with keys; None before the first is handed in. ``names`` are those of staff by id.
    """

    classroom_id: int
    classroom_title: str
    assignment_id: int
    title: str
    counts: str
    student_id: int
    display_name: str
    standing: QuizStanding
    window: Window
    most_points: int
    tries: tuple[Try, ...]
    shown: Try | None
    questions: tuple[CellQuestion, ...]
    results_shown_at: datetime | None
    names: dict[int, str]


@reading
def cell_page(
    work: Work,
    actor: Actor,
    *,
    classroom_id: int,
    assignment_id: int,
    student_id: int,
    number: int | None = None,
) -> CellPage:
    """Return one cell with the answers of try ``number``; without one the try that counts, else the newest.

    Raises:
        NotFound: no such quiz or student in a class that the actor teaches, or no such closed try.
    """
    assignment, student = quiz_and_student(work, actor, classroom_id, assignment_id, student_id)
    cell = (assignment.id, student.id)
    window = window_of(work, assignment, student.id)
    standing = quiz_standings(work, [assignment], {cell: window})[cell]
    tries = tries_of(work, [assignment.id], [student.id]).get(cell, [])
    shown = _shown(assignment, tries, number)
    return CellPage(
        classroom_id=classroom_id,
        classroom_title=work.session.get_one(Classroom, classroom_id).title,
        assignment_id=assignment.id,
        title=assignment.title,
        counts=assignment.counts,
        student_id=student.id,
        display_name=student.display_name,
        standing=standing,
        window=window,
        most_points=most_points(work, assignment, standing.max_points),
        tries=tuple(tries),
        shown=shown,
        questions=_questions(work, shown) if shown else (),
        results_shown_at=assignment.results_shown_at,
        names=_names(work, standing),
    )


def quiz_and_student(
    work: Work, actor: Actor, classroom_id: int, assignment_id: int, student_id: int
) -> tuple[Assignment, User]:
    """Return a quiz of a class that the actor teaches, and a student who is in that class.

    Raises:
        NotFound: there is no such quiz or student there for this actor.
    """
    assignment = taught_assignment(work, actor, classroom_id, assignment_id)
    student = work.session.scalars(
        select(User)
        .join(Enrolment, Enrolment.student_id == User.id)
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.left_at.is_(None),
            User.school_id == actor.school_id,
            User.id == student_id,
            User.erased_at.is_(None),
        )
    ).one_or_none()
    if student is None or assignment.kind != Kind.QUIZ:
        raise NotFound
    return assignment, student


def most_points(work: Work, assignment: Assignment, known: int | None) -> int:
    """Return all that can be had at a quiz: what its tries say, else what the quiz asks today."""
    return known or max_marks(quiz_by_key(work, assignment.content_key)) * POINT


def _shown(assignment: Assignment, tries: Sequence[Try], number: int | None) -> Try | None:
    closed = [one for one in tries if not one.is_open]
    if number is None:
        return the_counting(assignment.counts, closed)
    wanted = next((one for one in closed if one.number == number), None)
    if wanted is None:
        raise NotFound
    return wanted


def _questions(work: Work, shown: Try) -> tuple[CellQuestion, ...]:
    attempt = work.session.get_one(Attempt, shown.attempt_id)
    reviewed = reviewed_questions(work, attempt, shown.scores, EVERYTHING)
    stored = stored_answers(work, attempt.id)
    return tuple(
        _beside_a_name(one, asked, stored[asked.slot].value if asked.slot in stored else None)
        for one, asked in zip(reviewed, asked_in(work, attempt), strict=True)
    )


def _beside_a_name(reviewed: ReviewedQuestion, asked: Asked, value: Value) -> CellQuestion:
    is_written = asked.type.move is Move.WRITE
    is_private = is_written or asked.question.slot is not None
    if is_private:
        reviewed = replace(reviewed, stem="", vignette=None, view={}, evidence=())
    outcomes = tuple(decision.outcome for decision in asked.type.decisions(asked.settings, value))
    return CellQuestion(reviewed, asked.type.label, is_private, is_written, outcomes)


def _names(work: Work, standing: QuizStanding) -> dict[int, str]:
    """Return who set the mark and who excused the student, by id."""
    grade = standing.grade
    ids = {grade.override.set_by if grade and grade.override else None}
    ids.add(grade.excuse.given_by if grade and grade.excuse else None)
    rows = work.session.execute(select(User.id, User.display_name).where(User.id.in_(ids - {None})))
    return {row[0]: row[1] for row in rows}
