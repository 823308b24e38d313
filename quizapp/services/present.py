"""A lesson on the projector, a step a page, and the prompter on the teacher's own screen.

Nothing here knows a student, and nothing is stored: a step is an address. The key of a question is read only
for the step that reveals it, and for the prompter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.core.drawings.drawn import drawn
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor
from quizapp.core.questions import Case, Question
from quizapp.core.screens import (
    DrawingBlock,
    HtmlBlock,
    QuestionBlock,
    ScreenKind,
    SlotBlock,
    VignetteBlock,
)
from quizapp.core.steps import Step, StepKind, counterpart, nearest, question_key, steps_of
from quizapp.services.access.lessons import access_lesson_to_teach, is_fictional_only
from quizapp.services.earlier_pages import with_class_page
from quizapp.services.lesson_questions import MadeUpText, Reader, blank_question, vignette_id
from quizapp.services.lesson_screens import BlockOnScreen
from quizapp.services.library import KeyedQuestion, keyed_question
from quizapp.services.practice import asked_in_lesson, seed_of
from quizapp.services.runtime import Work, reading


@dataclass(frozen=True, slots=True)
class Presentation:
    """One step of a lesson, with what stands around it.

    ``block`` is what is shown, None where it is a key; ``key`` is None on every other step of the projector.
    ``other_number`` is where the other case stands at this place; None in a school that uses the made-up case alone.
    """

    slug: str
    lesson: Lesson
    case: Case
    steps: tuple[Step, ...]
    step: Step
    block: BlockOnScreen | None
    key: KeyedQuestion | None
    other_number: int | None

    @property
    def other_case(self) -> Case:
        """The case that is not shown."""
        return Case.B if self.case is Case.A else Case.A

    @property
    def previous_number(self) -> int | None:
        """The step before, or None on the first."""
        return self.step.number - 1 if self.step.number > 1 else None

    @property
    def next_number(self) -> int | None:
        """The step after, or None on the last. After a question with a key it is the key."""
        return self.step.number + 1 if self.step.number < len(self.steps) else None

    @property
    def number_past_key(self) -> int | None:
        """The step after the key of the question that is asked, for who goes on without it."""
        past = self.step.number + 2
        return past if self.step.has_key and past <= len(self.steps) else None

    @property
    def has_try_tonight(self) -> bool:
        """The lesson's *One thing to try* belongs here: at the end of what everybody does."""
        following = self.steps[self.step.number :]
        is_end = not following or following[0].screen.kind is ScreenKind.EXTENSION
        return is_end and self.step.screen.kind is ScreenKind.GUESS_AGAIN


@reading
def presented_step(work: Work, actor: Actor, *, slug: str, case: Case, number: int) -> Presentation:
    """Return one step for the projector; a number that the lesson does not have leads to the nearest one.

    Raises:
        NotFound: no such lesson, or the actor is no member of staff.
    """
    return _presentation(work, actor, slug, case, number, is_prompter=False)


@reading
def prompted_step(work: Work, actor: Actor, *, slug: str, case: Case, number: int) -> Presentation:
    """Return the same step for the teacher's own screen, where the key of a question always stands.

    Raises:
        NotFound: no such lesson, or the actor is no member of staff.
    """
    return _presentation(work, actor, slug, case, number, is_prompter=True)


def _presentation(
    work: Work, actor: Actor, slug: str, case: Case, number: int, *, is_prompter: bool
) -> Presentation:
    lesson = access_lesson_to_teach(work, actor, slug=slug)
    is_alone = is_fictional_only(work, actor)
    case = Case.B if is_alone else case
    asked = asked_in_lesson(work, actor.user_id, lesson.key, lesson.all_question_keys()).questions
    steps = steps_of(lesson, case, asked)
    step = nearest(steps, number)
    shows_key = step.kind is StepKind.KEY or (is_prompter and step.kind is StepKind.QUESTION)
    other = steps_of(lesson, Case.A if case is Case.B else Case.B, asked)
    reader = Reader(actor.user_id, lesson.key)
    return Presentation(
        slug=slug,
        lesson=lesson,
        case=case,
        steps=steps,
        step=step,
        block=None if step.kind is StepKind.KEY else _block(work, reader, step, case, asked),
        key=_key(work, reader, step, case, asked) if shows_key else None,
        other_number=None if is_alone else counterpart(other, step).number,
    )


def _block(
    work: Work, reader: Reader, step: Step, case: Case, asked: Mapping[str, Question]
) -> BlockOnScreen:
    block = step.block
    match block:
        case HtmlBlock():
            return BlockOnScreen(block.html, is_fictional=block.is_fictional, is_idea=block.is_idea)
        case VignetteBlock():
            name = vignette_id(block.vignette_key)
            return BlockOnScreen(vignette=MadeUpText(name, block.title, block.kind, block.lines))
        case DrawingBlock():
            return BlockOnScreen(drawing=drawn(block.drawing), is_fictional=block.is_fictional)
        case QuestionBlock() | SlotBlock():
            question = asked[question_key(block, case)]
            blank = blank_question(work, reader, question=question, number=step.question)
            return BlockOnScreen(question=with_class_page(work, question, blank))


def _key(
    work: Work, reader: Reader, step: Step, case: Case, asked: Mapping[str, Question]
) -> KeyedQuestion | None:
    block = step.block
    if not isinstance(block, QuestionBlock | SlotBlock):
        return None
    question = asked[question_key(block, case)]
    return keyed_question(work, question, seed=seed_of(reader.student_id, reader.lesson_key, question))
