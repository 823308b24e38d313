"""One exercise of a lesson for somebody who is not signed in: asked, answered, explained, and nothing kept."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.demo import EXERCISE
from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor
from quizapp.core.practice import Purpose
from quizapp.core.questions import Question, Use
from quizapp.question_types.contract import FormFields
from quizapp.services.content import current_questions
from quizapp.services.demo_doors import access_demo
from quizapp.services.lesson_answers import what_is_open
from quizapp.services.lesson_questions import LessonQuestion, Reader, Rejected, field_name, lesson_question
from quizapp.services.practice import AskedInLesson, Given, prepared, score_of
from quizapp.services.runtime import Work, reading

VISITOR = Reader(0, "")
TO_LEARN_FROM = frozenset({Use.LESSON, Use.PRACTICE})
"""A question of a quiz or checkpoint would be spent on whoever tries it here first."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """The exercise as it stands on the page. ``is_rejected``: what came could not be taken."""

    question: LessonQuestion
    is_rejected: bool


@reading
def exercise(work: Work, actor: Actor, *, fields: FormFields | None = None) -> Exercise:
    """Return the exercise, with what is said about an answer where one came along. Nothing is stored.

    Raises:
        NotFound: this is no demo school, or its content has no such exercise.
    """
    del actor
    access_demo(work)
    question = current_questions(work, [EXERCISE]).get(EXERCISE)
    if question is None or question.use not in TO_LEARN_FROM:
        raise NotFound
    given, rejected = _read(work, question, fields) if fields is not None else ((), None)
    shown = lesson_question(
        work,
        VISITOR,
        question=question,
        number=1,
        asked=AskedInLesson({question.key: question}, given),
        purpose=Purpose.PRACTICE,
        rejected=rejected,
    )
    return Exercise(shown, rejected is not None)


def _read(work: Work, question: Question, fields: FormFields) -> tuple[tuple[Given, ...], Rejected | None]:
    """Return the answer as the page of a lesson would find it, or why it can't be taken."""
    kind, settings = prepared(work, question)
    value = kind.read_form(settings, fields, field_name(question.key))
    problems = kind.problems(settings, value) or what_is_open(kind, settings, value, {})
    if problems:
        return (), Rejected(question.key, value, {}, tuple(problems))
    given = Given(
        question=question,
        purpose=Purpose.PRACTICE,
        ordinal=1,
        value=value,
        score=score_of(kind, settings, value),
        sure={},
        sure_and_right=0,
        answered_at=work.now,
    )
    return (given,), None
