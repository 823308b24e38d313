"""A lesson cut into steps for the projector: a stretch of prose, a made-up text, a question, and then its key.

A key is a step of its own, so that the page that asks never holds it. A first guess has none: it is asked again
at the end of the lesson, and its key would spoil that.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.lessons import Lesson
from quizapp.core.practice import purpose_of, shows_score
from quizapp.core.questions import Case
from quizapp.core.screens import (
    Block,
    DrawingBlock,
    HtmlBlock,
    QuestionBlock,
    Screen,
    SlotBlock,
    VignetteBlock,
)


class StepKind(StrEnum):
    """What a step shows."""

    PROSE = "prose"
    TEXT = "text"
    """A made-up text with numbered lines."""
    DRAWING = "drawing"
    QUESTION = "question"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Step:
    """One page of a lesson on the projector.

    ``number`` counts from 1; ``place`` is the block's place on its screen, whatever the case; ``question`` is
    the number of the question on its screen, 0 for prose and texts.
    """

    number: int
    kind: StepKind
    screen: Screen
    place: int
    question: int = 0

    @property
    def has_key(self) -> bool:
        """The next step is the key of the question that this one asks."""
        return self.kind is StepKind.QUESTION and shows_score(purpose_of(self.screen.kind))

    @property
    def block(self) -> Block:
        """The block that it shows, or whose key it shows."""
        return self.screen.blocks[self.place]

    @property
    def position(self) -> tuple[int, int, bool]:
        """Where it stands in the lesson, comparable across the two cases."""
        return self.screen.number, self.place, self.kind is StepKind.KEY


def steps_of(lesson: Lesson, case: Case, asked: Container[str]) -> tuple[Step, ...]:
    """Return the steps of a lesson for one case.

    Args:
        lesson: what is presented.
        case: which reader's blocks.
        asked: the keys of the questions that are still there; a retired one is left out, as for students.
    """
    found: list[Step] = []
    for screen in lesson.screens:
        for kind, place, question in _cut(screen, case, asked):
            found.append(Step(len(found) + 1, kind, screen, place, question))
    return tuple(found)


def _cut(screen: Screen, case: Case, asked: Container[str]) -> Iterator[tuple[StepKind, int, int]]:
    shown, questions = screen.blocks_for(case), 0
    for place, block in enumerate(screen.blocks):
        if block not in shown:
            continue
        match block:
            case HtmlBlock():
                yield StepKind.PROSE, place, 0
            case VignetteBlock():
                yield StepKind.TEXT, place, 0
            case DrawingBlock():
                yield StepKind.DRAWING, place, 0
            case QuestionBlock() | SlotBlock():
                if question_key(block, case) not in asked:
                    continue
                questions += 1
                yield StepKind.QUESTION, place, questions
                if shows_score(purpose_of(screen.kind)):
                    yield StepKind.KEY, place, questions


def question_key(block: QuestionBlock | SlotBlock, case: Case) -> str:
    """Return the question that readers of that case answer there."""
    return block.question_key(case) if isinstance(block, SlotBlock) else block.question_key


def nearest(steps: Sequence[Step], number: int) -> Step:
    """Return the step of that number, or the first or last one: an old address leads somewhere sensible."""
    return steps[min(max(number, 1), len(steps)) - 1]


def counterpart(steps: Sequence[Step], step: Step) -> Step:
    """Return the step at which the other case stands where this one does: the same block or the one before."""
    before = [one for one in steps if one.position <= step.position]
    return before[-1] if before else steps[0]
