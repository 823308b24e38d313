"""What the students of the demo do: they read, answer, take the quiz, each at the own pace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from quizapp.cli.demo_answers import fields_for, value_for
from quizapp.content.catalogue import Catalogue
from quizapp.content.questions import lesson_from_item, question_from_item
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import OPERATOR, Actor
from quizapp.core.questions import Case, Question
from quizapp.core.screens import ScreenKind
from quizapp.question_types.registry import question_type
from quizapp.services.attempts import start_attempt
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lesson_questions import field_name, sure_field
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.services.practice import sure_parts
from quizapp.services.rehearsal import questions_of_attempt
from quizapp.services.runtime import Runtime
from quizapp.services.saving import Arrived, save_responses, take_lease
from quizapp.services.submitting import submit_attempt

LAST_READ = 4
"""The screen at which a student who is still reading stopped."""


class Habit(StrEnum):
    """How far a student of the demo has come."""

    NOT_STARTED = "not_started"
    READING = "reading"
    IN_THE_QUIZ = "in_the_quiz"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Course:
    """The lesson that the demo's students take, its questions, and the assignment of its quiz."""

    slug: str
    lesson: Lesson
    questions: dict[str, Question]
    quiz_id: int

    @classmethod
    def of(cls, catalogue: Catalogue, lesson_key: str, quiz_id: int) -> Course:
        """Return the course of a lesson that the catalogue holds."""
        questions = [question_from_item(item) for item in catalogue.of_kind("question")]
        return cls(
            slug=lesson_key.partition(":")[2],
            lesson=lesson_from_item(catalogue.item("lesson", lesson_key)),
            questions={question.key: question for question in questions},
            quiz_id=quiz_id,
        )


@dataclass(frozen=True, slots=True)
class DemoStudent:
    """One student: how far, how strong, which case, and the runtime as it stood at a minute of that lesson."""

    actor: Actor
    habit: Habit
    strength: float
    case: Case
    chance: Random
    at_minute: Callable[[int], Runtime]
    now: Runtime

    def work_through(self, course: Course) -> None:
        """Do what this student has done so far."""
        if self.habit is Habit.NOT_STARTED:
            return
        self._read(course, LAST_READ if self.habit is Habit.READING else ScreenKind.GUESS_AGAIN.number)
        if self.habit is Habit.IN_THE_QUIZ:
            self._take_quiz(course, self.now, answered=3)
        if self.habit is Habit.FINISHED:
            self._take_quiz(course, self.at_minute(26), answered=6)

    def _read(self, course: Course, last: int) -> None:
        start_lesson(self.at_minute(0), self.actor, slug=course.slug, case=self.case)
        for number in range(1, last + 1):
            runtime = self.at_minute(3 * number)
            for key in course.lesson.screen(number).question_keys(self.case):
                self._answer(course, runtime, number, course.questions[key])
            if number < last or self.habit is not Habit.READING:
                leave_screen(runtime, self.actor, slug=course.slug, number=number)

    def _answer(self, course: Course, runtime: Runtime, number: int, question: Question) -> None:
        kind = question_type(question.type)
        settings = kind.parse(question.settings)
        learned = min(0.97, self.strength + 0.04 * number)
        fields = dict(
            fields_for(kind, value_for(kind, settings, learned, self.chance), field_name(question.key))
        )
        for part in sure_parts(kind, settings):
            said = "1" if self.chance.random() < self.strength else "0"
            fields[sure_field(question.key, part)] = [said]
        answer_question(
            runtime,
            self.actor,
            slug=course.slug,
            number=number,
            question_key=question.key,
            fields=fields,
            shown_at=None,
        )

    def _take_quiz(self, course: Course, runtime: Runtime, answered: int) -> None:
        attempt = start_attempt(runtime, self.actor, assignment_id=course.quiz_id, case=self.case)
        lease = take_lease(runtime, self.actor, attempt_id=attempt.attempt_id).lease
        asked = questions_of_attempt(runtime, OPERATOR, attempt_id=attempt.attempt_id)
        answers = [
            Arrived(one.slot, seq, value_for(one.type, one.settings, self.strength, self.chance))
            for seq, one in enumerate(asked[:answered], 1)
        ]
        save_responses(runtime, self.actor, attempt_id=attempt.attempt_id, lease=lease, responses=answers)
        if self.habit is Habit.FINISHED:
            submit_attempt(runtime, self.actor, attempt_id=attempt.attempt_id)
