"""What the students of the demo do: they read lessons, answer, take quizzes, each at the own pace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from quizapp.cli.demo_school.answers import fields_for, value_for, written
from quizapp.content.catalogue import Catalogue
from quizapp.content.questions import lesson_from_item, question_from_item
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import OPERATOR, Actor
from quizapp.core.questions import Case, Move, Question, Value
from quizapp.core.rubrics import Criterion
from quizapp.core.screens import ScreenKind
from quizapp.question_types.registry import AnyType, question_type
from quizapp.services.asked import Asked
from quizapp.services.attempts import start_attempt
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lesson_questions import field_name, sure_field
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.services.practice import score_of, sure_parts
from quizapp.services.rehearsal import questions_of_attempt
from quizapp.services.runtime import Runtime
from quizapp.services.saving import Arrived, save_responses, take_lease
from quizapp.services.submitting import submit_attempt

SEED = 20240826

LAST_READ = ScreenKind.TASK.number
"""The screen at which a student who is still reading stopped."""
END_OF_CORE = ScreenKind.GUESS_AGAIN.number
LAST = ScreenKind.EXTENSION.number

FINDS_IT_HARD = 0.7
"""Below this strength."""

SMALL_SLIPS = 2
"""So many questions of a quiz go wrong at most, or a class would have too many to check in with."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question of a lesson with its type and settings, read once for all who answer it."""

    question: Question
    kind: AnyType
    settings: Any


@dataclass(frozen=True, slots=True)
class Course:
    """A lesson that the demo's students take, and its questions by key."""

    slug: str
    lesson: Lesson
    exercises: dict[str, Exercise]

    @classmethod
    def of(cls, catalogue: Catalogue, lesson_key: str) -> Course:
        """Return the course of a lesson that the catalogue holds."""
        lesson = lesson_from_item(catalogue.item("lesson", lesson_key))
        wanted = lesson.all_question_keys()
        questions = [question_from_item(item) for item in catalogue.of_kind("question") if item.key in wanted]
        exercises = {}
        for question in questions:
            kind = question_type(question.type)
            exercises[question.key] = Exercise(question, kind, kind.parse(question.settings))
        return cls(lesson_key.partition(":")[2], lesson, exercises)


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """An answer that waits for a teacher, and the level that it deserves."""

    assignment_id: int
    attempt_id: int
    question_version_id: int
    criteria: tuple[Criterion, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """How a quiz goes: how many questions go wrong, how many are answered, and what is chosen on purpose.

    ``chooses`` names an option by the key of its question. ``answered`` None is all, and handed in.
    """

    slips: int = 0
    answered: int | None = None
    level: int = 2
    chooses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoStudent:
    """One student: how strong, which case, and the runtime as it stood at an instant."""

    actor: Actor
    name: str
    strength: float
    case: Case
    at: Callable[[datetime], Runtime]

    def read(
        self, course: Course, begun_at: datetime, last: int = LAST, *, is_sure_but_wrong: bool = False
    ) -> None:
        """Read a lesson up to a screen and answer what it asks, a screen every three minutes."""
        start_lesson(self.at(begun_at), self.actor, slug=course.slug, case=self.case)
        for number in range(1, last + 1):
            runtime = self.at(begun_at + timedelta(minutes=3 * number))
            for key in course.lesson.screen(number).question_keys(self.case):
                strength = 0.0 if is_sure_but_wrong else min(0.97, self.strength + 0.03 * number)
                self._answer(runtime, course, number, course.exercises[key], strength)
        # Who is still reading stands on the last screen; the others have left the core, and the extension.
        left = (last - 1,) if last < END_OF_CORE else (END_OF_CORE, LAST)
        for number in (one for one in left if one <= last):
            runtime = self.at(begun_at + timedelta(minutes=3 * number + 1))
            leave_screen(runtime, self.actor, slug=course.slug, number=number)

    def _answer(
        self, runtime: Runtime, course: Course, number: int, exercise: Exercise, strength: float
    ) -> None:
        """Answer a question; who finds it hard tries the task on screen 4 again where it is not all right."""
        question, kind, settings = exercise.question, exercise.kind, exercise.settings
        chance = self._chance(course.slug, number, question.key)
        tries = 2 if number == LAST_READ and self.strength < FINDS_IT_HARD else 1
        for place in range(tries):
            value = value_for(kind, settings, min(0.97, strength + 0.2 * place), chance)
            fields = dict(fields_for(kind, value, field_name(question.key)))
            for part in sure_parts(kind, settings):
                is_sure = strength == 0.0 or chance.random() < self.strength
                fields[sure_field(question.key, part)] = ["1" if is_sure else "0"]
            answer_question(
                runtime,
                self.actor,
                slug=course.slug,
                number=number,
                question_key=question.key,
                fields=fields,
                shown_at=None,
            )
            score = score_of(kind, settings, value)
            if score is None or score.is_full:
                return

    def take_quiz(self, quiz_id: int, begun_at: datetime, sitting: Sitting) -> WrittenAnswer | None:
        """Take a quiz and hand it in, or answer only so many of its questions; return what was written in it."""
        runtime = self.at(begun_at)
        attempt_id = start_attempt(runtime, self.actor, assignment_id=quiz_id, case=self.case).attempt_id
        lease = take_lease(runtime, self.actor, attempt_id=attempt_id).lease
        asked = questions_of_attempt(runtime, OPERATOR, attempt_id=attempt_id)
        answers = self._responses(asked, sitting)
        if sitting.answered is not None:
            save_responses(
                runtime, self.actor, attempt_id=attempt_id, lease=lease, responses=answers[: sitting.answered]
            )
            return None
        handed_in = self.at(begun_at + timedelta(minutes=11))
        submit_attempt(handed_in, self.actor, attempt_id=attempt_id, lease=lease, responses=answers)
        to_mark = [one for one in asked if one.type.move is Move.WRITE]
        return next(
            (
                WrittenAnswer(
                    quiz_id,
                    attempt_id,
                    one.question.version_id,
                    one.type.criteria(one.settings),
                    sitting.level,
                )
                for one in to_mark
            ),
            None,
        )

    def _responses(self, asked: Sequence[Asked], sitting: Sitting) -> list[Arrived]:
        slips = self._slips(asked, sitting)
        return [
            Arrived(one.slot, seq, self._value(one, sitting, is_slip=one.slot in slips))
            for seq, one in enumerate(asked, 1)
        ]

    def _slips(self, asked: Sequence[Asked], sitting: Sitting) -> set[int]:
        """Return the slots that go wrong: one of many marks, or some of few, so that most of the marks stay."""
        chance = self._chance("slips", asked[0].question.key)
        machine = [one for one in asked if one.type.move is not Move.WRITE]
        if sitting.slips <= SMALL_SLIPS:
            machine = [one for one in machine if sitting.slips == 1 or one.marks == 1]
        return {one.slot for one in chance.sample(machine, min(sitting.slips, len(machine)))}

    def _value(self, one: Asked, sitting: Sitting, *, is_slip: bool) -> Value:
        chance = self._chance("quiz", one.question.key)
        chosen = dict(sitting.chooses).get(one.question.key)
        if chosen is not None:
            return chosen
        if one.type.move is Move.WRITE:
            return written(sitting.level, chance)
        return value_for(one.type, one.settings, 0.0 if is_slip else 1.0, chance)

    def _chance(self, *what: object) -> Random:
        """Return chance that is the same each time for this student and thing, whatever was done before."""
        return Random(f"{SEED} {self.name} {what}")  # noqa: S311 - the same school every time
