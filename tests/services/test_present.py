"""What a class sees on the projector holds no key before *Reveal*, and nobody's answers."""

from __future__ import annotations

import pytest

from quizapp.core.errors import NotFound
from quizapp.core.questions import Case
from quizapp.core.settings import CASES, Cases
from quizapp.core.steps import StepKind
from quizapp.services.lesson_paper import lesson_paper
from quizapp.services.present import presented_step, prompted_step
from quizapp.services.runtime import use_case
from quizapp.services.settings import store_setting
from tests.support.statements import count_statements

SLUG = "who-says"


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher().actor


@use_case
def use_fictional_only(work, actor):
    store_setting(work, actor, actor.school_id, CASES, Cases.FICTIONAL_ONLY)


def step(runtime, actor, number, case=Case.B):
    return presented_step(runtime, actor, slug=SLUG, case=case, number=number)


def test_only_the_step_that_reveals_holds_a_key(runtime, teacher):
    kinds = [one.kind for one in step(runtime, teacher, 1).steps]
    pages = [step(runtime, teacher, number) for number in range(1, len(kinds) + 1)]

    assert StepKind.KEY in kinds
    assert [page.key is not None for page in pages] == [kind is StepKind.KEY for kind in kinds]
    assert all((page.block is None) == (page.key is not None) for page in pages)


def test_the_prompter_has_the_key_while_the_class_is_asked(runtime, teacher):
    asked = next(one for one in step(runtime, teacher, 1).steps if one.has_key)

    page = prompted_step(runtime, teacher, slug=SLUG, case=Case.B, number=asked.number)

    assert page.key is not None
    assert page.next_number == asked.number + 1


def test_one_may_go_on_without_the_key(runtime, teacher):
    page = next(
        page
        for one in step(runtime, teacher, 1).steps
        if one.has_key and (page := step(runtime, teacher, one.number)).number_past_key
    )

    assert page.number_past_key == page.step.number + 2


def test_one_thing_to_try_stands_once_before_the_extension(runtime, teacher):
    pages = [step(runtime, teacher, one.number) for one in step(runtime, teacher, 1).steps]

    (page,) = [page for page in pages if page.has_try_tonight]
    assert page.step.screen.number == 7


@pytest.mark.parametrize("who", ["student", "nobody"])
def test_only_staff_present(runtime, world, teacher, who):
    actor = world.student().actor if who == "student" else teacher
    slug = SLUG if who == "student" else "none"

    for read in (presented_step, prompted_step):
        with pytest.raises(NotFound):
            read(runtime, actor, slug=slug, case=Case.B, number=1)
    with pytest.raises(NotFound):
        lesson_paper(runtime, actor, slug=slug, case=Case.B, with_keys=True)


def test_paper_for_the_class_has_no_key_and_the_copy_of_the_teacher_has_each(runtime, teacher):
    plain = lesson_paper(runtime, teacher, slug=SLUG, case=Case.A, with_keys=False)
    keyed = lesson_paper(runtime, teacher, slug=SLUG, case=Case.A, with_keys=True)

    assert plain.keys == {}
    assert set(keyed.keys) == {question.key for screen in keyed.screens for question in screen.questions}


def test_a_step_takes_few_statements_once_content_is_known(runtime, connection, teacher):
    step(runtime, teacher, 1)

    with count_statements(connection) as sent:
        step(runtime, teacher, 3)

    assert len(sent) <= 3


def test_a_school_with_made_up_cases_alone_presents_and_prints_nothing_else(runtime, teacher):
    use_fictional_only(runtime, teacher)

    page = step(runtime, teacher, 1, Case.A)
    paper = lesson_paper(runtime, teacher, slug=SLUG, case=Case.A, with_keys=False)

    assert (page.case, page.other_number) == (Case.B, None)
    assert (paper.case, paper.cases) == (Case.B, (Case.B,))
