"""In a later lesson the own earlier page stands beside the one that is printed now."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.questions import Case
from quizapp.core.steps import StepKind
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lesson_questions import BesideState
from quizapp.services.lesson_screens import print_page, screen_page
from quizapp.services.lessons import start_lesson
from quizapp.services.library import lesson_for_teachers
from quizapp.services.present import presented_step
from tests.builders.again import SLUG, items_with_a_page_again
from tests.support.statements import count_statements

FIRST, TASK = "who-says", 4
MONDAY = {"l1": "backed", "l2": "backed", "l3": "backed", "l4": "view"}


@pytest.fixture
def ana(world):
    world.content(items_with_a_page_again())
    return world.student("Ana", classroom=world.classroom(world.teacher()))


def printed(runtime, student, slug, name, verdicts, case=Case.B):
    start_lesson(runtime, student.actor, slug=slug, case=case)
    answer_question(
        runtime,
        student.actor,
        slug=slug,
        number=TASK,
        question_key=f"sample:{name}",
        fields={f"{name}.{line}": [verdict] for line, verdict in verdicts.items()},
        shown_at=None,
    )


def again(verdicts):
    return {f"again-{line}": verdict for line, verdict in verdicts.items()}


def shown(runtime, student, slug=SLUG):
    [question] = screen_page(runtime, student.actor, slug=slug, number=TASK).screen.questions
    return question


def test_the_own_page_stands_beside_todays_with_what_was_changed(runtime, clock, ana):
    printed(runtime, ana, FIRST, "lesson-page-b", MONDAY)
    monday = clock()
    clock.move(days=3)
    printed(runtime, ana, SLUG, "again-b", again(MONDAY | {"l1": "claimed", "l2": "view", "l5": "backed"}))

    question = shown(runtime, ana)

    beside = question.review.view["beside"]
    assert question.beside.state is BesideState.PRINTED
    assert (beside["changed"], beside["for_good"]) == (2, 1)
    assert beside["was"] == {"again-l1": "backed", "again-l2": "backed"}
    assert beside["now"] == {"l1": "claimed", "l2": "view"}
    assert (beside["printed_at"], beside["today_at"] - monday) == (monday, timedelta(days=3))
    assert beside["lesson"] == 1


def test_the_newest_page_counts(runtime, ana):
    printed(runtime, ana, FIRST, "lesson-page-b", MONDAY)
    printed(runtime, ana, FIRST, "lesson-page-b", MONDAY | {"l1": "claimed"})
    printed(runtime, ana, SLUG, "again-b", again(MONDAY))

    assert shown(runtime, ana).review.view["beside"]["was"] == {"again-l1": "claimed"}


def test_before_todays_page_is_printed_nothing_stands_beside_it(runtime, ana):
    printed(runtime, ana, FIRST, "lesson-page-b", MONDAY)
    start_lesson(runtime, ana.actor, slug=SLUG, case=Case.B)

    question = shown(runtime, ana)

    assert (question.review, question.beside.state) == (None, BesideState.PRINTED)


def test_without_an_earlier_page_its_lesson_is_named(runtime, ana):
    printed(runtime, ana, SLUG, "again-b", again(MONDAY))

    question = shown(runtime, ana)

    assert question.review.view["beside"] is None
    assert (question.beside.state, question.beside.slug) == (BesideState.NOT_YET, FIRST)
    assert question.beside.number == 1


def test_a_page_of_the_other_case_does_not_stand_beside_this_one(runtime, ana):
    printed(runtime, ana, FIRST, "lesson-page-a", MONDAY, Case.A)
    printed(runtime, ana, SLUG, "again-b", again(MONDAY))

    question = shown(runtime, ana)

    assert question.review.view["beside"] is None
    assert question.beside.state is BesideState.OTHER_CASE


def test_who_printed_both_cases_sees_the_one_of_today(runtime, ana):
    printed(runtime, ana, FIRST, "lesson-page-b", MONDAY)
    printed(runtime, ana, FIRST, "lesson-page-a", MONDAY | {"l1": "view"}, Case.A)
    printed(runtime, ana, SLUG, "again-b", again(MONDAY | {"l2": "claimed"}))

    assert shown(runtime, ana).review.view["beside"]["was"] == {"again-l2": "backed"}


def test_nobody_sees_the_page_of_somebody_else(runtime, world, ana):
    ben = world.student("Ben")
    printed(runtime, ben, FIRST, "lesson-page-b", MONDAY)
    printed(runtime, ana, SLUG, "again-b", again(MONDAY))

    assert shown(runtime, ana).beside.state is BesideState.NOT_YET


def test_a_question_that_stands_by_itself_costs_nothing_more(runtime, connection, ana):
    printed(runtime, ana, FIRST, "lesson-page-b", MONDAY)
    printed(runtime, ana, SLUG, "again-b", again(MONDAY))
    shown(runtime, ana), shown(runtime, ana, FIRST)

    with count_statements(connection) as alone:
        assert shown(runtime, ana, FIRST).beside is None
    with count_statements(connection) as beside:
        shown(runtime, ana)

    assert len(beside) <= len(alone) + 2


def test_on_paper_nobodys_page_is_shown(runtime, ana):
    printed(runtime, ana, FIRST, "lesson-page-b", MONDAY)
    start_lesson(runtime, ana.actor, slug=SLUG, case=Case.B)

    [question] = print_page(runtime, ana.actor, slug=SLUG).screens[TASK - 1].questions

    assert (question.beside.state, question.review) == (BesideState.FOR_A_CLASS, None)


def test_the_projector_lays_the_page_of_the_earlier_key_beside_that_of_today(runtime, world, ana):
    teacher = world.teacher("Ruth")

    def step(number):
        return presented_step(runtime, teacher.actor, slug=SLUG, case=Case.B, number=number)

    asked = next(one for one in step(1).steps if one.kind is StepKind.QUESTION and one.screen.number == TASK)

    assert step(asked.number).block.question.beside.state is BesideState.FOR_A_CLASS
    beside = step(asked.number + 1).key.view["beside"]
    assert (beside["printed_at"], beside["changed"]) == (None, 1)
    assert beside["was"] == {"again-l1": "unsourced"}


def test_the_page_for_teachers_shows_both_keys(runtime, world, ana):
    page = lesson_for_teachers(runtime, world.teacher("Ruth").actor, slug=SLUG)

    views = [block.question.view for block in page.screens[TASK - 1].blocks if block.question]

    assert [view["beside"]["changed"] for view in views] == [1, 1]
