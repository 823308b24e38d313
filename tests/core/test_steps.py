"""A lesson is cut into steps, and a question's key never shares one with it."""

from __future__ import annotations

import pytest

from quizapp.core.questions import Case
from quizapp.core.screens import ScreenKind
from quizapp.core.steps import StepKind, counterpart, nearest, steps_of
from tests.core.test_lessons import a_lesson

ASKED = frozenset({"pack:guess", "pack:page-a", "pack:page-b", "pack:exit", "pack:exit-b"})


def kinds_on(kind: ScreenKind, case: Case, asked: frozenset[str] = ASKED) -> list[StepKind]:
    return [step.kind for step in steps_of(a_lesson(), case, asked) if step.screen.kind is kind]


def test_each_block_is_a_step_and_each_key_one_more():
    assert kinds_on(ScreenKind.TASK, Case.B) == [StepKind.TEXT, StepKind.QUESTION, StepKind.KEY]
    assert kinds_on(ScreenKind.TASK, Case.A) == [StepKind.PROSE, StepKind.QUESTION, StepKind.KEY]


def test_steps_are_counted_from_one_and_questions_by_screen():
    steps = steps_of(a_lesson(), Case.B, ASKED)

    assert [step.number for step in steps] == list(range(1, len(steps) + 1))
    on_check = [step.question for step in steps if step.screen.kind is ScreenKind.EXIT_CHECK]
    assert on_check == [1, 1, 2, 2]


def test_a_first_guess_has_no_key_until_it_is_asked_again():
    assert StepKind.KEY not in kinds_on(ScreenKind.FIRST_GUESS, Case.B)
    assert StepKind.KEY in kinds_on(ScreenKind.GUESS_AGAIN, Case.B)


def test_a_question_that_was_retired_is_left_out():
    assert kinds_on(ScreenKind.TASK, Case.B, ASKED - {"pack:page-b"}) == [StepKind.TEXT]


def test_the_other_case_stands_at_the_same_block_or_the_one_before():
    a, b = (steps_of(a_lesson(), case, ASKED) for case in Case)
    key_in_b = next(step for step in b if step.kind is StepKind.KEY and step.screen.kind is ScreenKind.TASK)
    text_in_b = next(step for step in b if step.kind is StepKind.TEXT)

    assert counterpart(a, key_in_b).kind is StepKind.KEY
    assert counterpart(a, key_in_b).screen.kind is ScreenKind.TASK
    assert counterpart(a, text_in_b).kind is StepKind.PROSE


@pytest.mark.parametrize(("asked", "found"), [(-3, 1), (0, 1), (2, 2), (10**30, 11)])
def test_a_number_out_of_range_leads_to_the_nearest_step(asked, found):
    steps = steps_of(a_lesson(), Case.A, ASKED)

    assert nearest(steps, asked).number == min(found, len(steps))
