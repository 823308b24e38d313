"""One question at a time, in an order of one's own; what was not right comes back, and nothing counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from quizapp.content.questions import question_from_item
from quizapp.core.errors import NotFound
from quizapp.core.permissions import NOBODY
from quizapp.core.questions import Case
from quizapp.core.quizzes import variant_of
from quizapp.core.settings import CASES, Cases
from quizapp.core.skills import Strand
from quizapp.services.check_in import check_in_list
from quizapp.services.lessons import change_case, start_lesson
from quizapp.services.practice import lesson_seed
from quizapp.services.practising import (
    Standing,
    answer_practice,
    practice_list,
    practice_page,
    unfinished_practice,
)
from quizapp.services.progress import Count, progress_page
from quizapp.services.runtime import use_case
from quizapp.services.settings import store_setting
from quizapp.storage.tables import Attempt, PracticeAnswer
from tests.builders.content import sample_items
from tests.builders.practising import SKILL, choice, practice_items, practice_question
from tests.support.statements import count_statements


@pytest.fixture
def student(world):
    world.content(practice_items())
    return world.student()


@use_case
def use_fictional_only(work, actor):
    store_setting(work, actor, actor.school_id, CASES, Cases.FICTIONAL_ONLY)


def due(runtime, student):
    return practice_page(runtime, student.actor, skill_id=SKILL)


def give(runtime, student, page, value):
    return answer_practice(
        runtime,
        student.actor,
        skill_id=SKILL,
        number=page.number,
        question_key=page.question.key,
        fields={page.question.name: [value]} if value else {},
        shown_at=None,
    )


def practise(runtime, student, *, is_right=True):
    """Answer what is due, and return its name."""
    page = due(runtime, student)
    give(runtime, student, page, choice(page.question.name, is_right=is_right))
    return page.question.name


def stored(runtime):
    with runtime.database.reading() as session:
        return list(session.scalars(select(PracticeAnswer).order_by(PracticeAnswer.id)))


def standing(runtime, student):
    return due(runtime, student).standing


def test_easy_comes_first_the_family_apart_and_the_case_made_up_before_a_choice(runtime, student):
    asked = [practise(runtime, student) for _ in range(5)]

    assert asked[0] in ("crossing", "lorries")
    assert asked[1] == "month"
    assert {asked[0], asked[2]} == {"crossing", "lorries"}
    assert asked[3:] == ["rent-b", "friday"]
    assert due(runtime, student).question is None
    assert standing(runtime, student) == Standing(tasks=5, fresh=0, again=0, count=Count(5, 5))


def test_looking_stores_nothing_and_shows_the_same_question_again(runtime, student):
    first, second = due(runtime, student), due(runtime, student)

    assert first == second
    assert stored(runtime) == []


def test_no_question_of_a_quiz_or_a_lesson_is_asked(runtime, student):
    names = {practise(runtime, student, is_right=False) for _ in range(12)}

    assert names == {"crossing", "lorries", "month", "rent-b", "friday"}


def test_what_was_not_right_comes_back_after_everything_else_and_is_a_turn_of_its_own(runtime, student):
    wrong = practise(runtime, student, is_right=False)
    for _ in range(4):
        practise(runtime, student)

    assert standing(runtime, student).again == 1
    assert practise(runtime, student) == wrong
    assert due(runtime, student).question is None
    assert [row.lesson_key for row in stored(runtime)] == [f"practice/S2/{number}" for number in range(1, 7)]
    assert standing(runtime, student).count == Count(right=5, answered=6)


def test_the_key_comes_after_the_second_try_and_a_third_is_not_taken(runtime, student):
    page = due(runtime, student)
    options = [choice(page.question.name, is_right=False), choice(page.question.name, is_right=True)]
    give(runtime, student, page, options[0])
    after_one = practice_page(runtime, student.actor, skill_id=SKILL, number=1)

    give(runtime, student, page, options[1])
    again = give(runtime, student, page, options[0])

    assert after_one.question.review.outcome == "wrong"
    assert after_one.question.form is not None
    assert again.note is not None
    assert [row.ordinal for row in stored(runtime)] == [1, 2]
    assert practice_page(runtime, student.actor, skill_id=SKILL, number=1).question.form is None


def test_the_same_answer_from_two_windows_is_stored_once(runtime, student):
    page = due(runtime, student)
    value = choice(page.question.name, is_right=True)

    give(runtime, student, page, value)
    give(runtime, student, page, value)

    (row,) = stored(runtime)
    assert (row.purpose, row.ordinal) == ("practice", 1)


def test_a_button_pressed_many_times_at_once_is_one_answer(live_runtime, live_world):
    live_world.content(practice_items())
    student = live_world.student()
    page = due(live_runtime, student)
    value = choice(page.question.name, is_right=True)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: give(live_runtime, student, page, value), range(8)))

    assert len(stored(live_runtime)) == 1


def test_an_answer_to_what_is_not_asked_there_is_told_and_not_stored(runtime, student):
    page = due(runtime, student)
    give(runtime, student, page, choice(page.question.name, is_right=True))

    for number, key in ((1, "sample:friday"), (2, page.question.key), (2, "sample:who-closed"), (2, "")):
        answered = answer_practice(
            runtime, student.actor, skill_id=SKILL, number=number, question_key=key, fields={}, shown_at=None
        )
        assert answered.note is not None

    assert len(stored(runtime)) == 1


def test_nothing_chosen_is_told_and_not_stored(runtime, student):
    answered = give(runtime, student, due(runtime, student), None)

    assert answered.rejected.problems
    assert stored(runtime) == []


def test_what_is_given_so_far_is_drawn_and_not_stored(runtime, student):
    page = due(runtime, student)
    fields = {page.question.name: ["b"]}
    there = {"skill_id": SKILL, "number": 1}

    drawn = unfinished_practice(
        runtime, student.actor, **there, question_key=page.question.key, fields=fields
    )

    assert drawn.value == "b"
    assert stored(runtime) == []
    with pytest.raises(NotFound):
        unfinished_practice(runtime, student.actor, **there, question_key="sample:friday", fields=fields)


def test_the_case_follows_the_last_choice_and_a_task_that_was_met_in_one_is_met(runtime, clock, student):
    start_lesson(runtime, student.actor, slug="who-says", case=Case.A)
    for _ in range(3):
        practise(runtime, student)
    page = due(runtime, student)
    assert page.question.name == "rent-a"

    # It was chosen anew in another window: the answer to the page that is open already is taken all the same.
    clock.move(minutes=1)
    change_case(runtime, student.actor, slug="who-says", case=Case.B)
    assert due(runtime, student).question.name == "rent-b"
    give(runtime, student, page, choice("rent-a", is_right=False))

    assert practice_page(runtime, student.actor, skill_id=SKILL, number=4).question.name == "rent-a"
    assert [practise(runtime, student), practise(runtime, student)] == ["friday", "rent-b"]


def test_a_school_of_made_up_cases_is_asked_those(runtime, student):
    start_lesson(runtime, student.actor, slug="who-says", case=Case.A)
    use_fictional_only(runtime, student.actor)

    assert "rent-b" in [practise(runtime, student) for _ in range(5)]


def test_the_wording_is_drawn_anew_in_each_turn(runtime, student):
    for _ in range(16):
        practise(runtime, student, is_right=False)

    rows = [row for row in stored(runtime) if row.part == "sample:month"]
    month = question_from_item(next(item for item in practice_items() if item.key == "sample:month"))
    assert len(rows) > 2
    for row in rows:
        assert row.variant == variant_of(month, lesson_seed(student.id, row.lesson_key))


def test_what_moved_to_a_quiz_keeps_its_answer_and_takes_no_other(runtime, world, student):
    page = due(runtime, student)
    give(runtime, student, page, choice(page.question.name, is_right=False))
    moved = tuple(
        practice_question(page.question.name, item, use="quiz") if item.key == page.question.key else item
        for item in practice_items()
    )
    world.content(moved)

    shown = practice_page(runtime, student.actor, skill_id=SKILL, number=1)
    again = give(runtime, student, page, choice(page.question.name, is_right=True))

    assert shown.question.review is not None
    assert shown.question.form is None
    assert again.note is not None
    assert shown.standing.tasks == 4


def test_practice_is_evidence_as_in_lessons_and_never_a_try(runtime, student):
    practise(runtime, student, is_right=False)
    practise(runtime, student)

    (line,) = progress_page(runtime, student.actor).skills
    listed = practice_list(runtime, student.actor)

    assert line.practice == Count(right=1, answered=2)
    assert [one.standing.count for one in listed[Strand.SOURCING]] == [line.practice]
    with runtime.database.reading() as session:
        assert session.scalars(select(Attempt)).all() == []


def test_a_page_left_unfinished_twice_names_the_ability_to_the_teacher(runtime, world):
    page = next(item for item in sample_items() if item.key == "sample:lesson-page-b")
    world.content((*sample_items(), practice_question("page", page, slot=None, case=None)))
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    student = world.student(classroom=classroom)
    for verdict in ("backed", "claimed"):
        answer_practice(
            runtime,
            student.actor,
            skill_id=SKILL,
            number=1,
            question_key="sample:page",
            fields={"page.l1": [verdict]},
            shown_at=None,
        )

    (named,) = check_in_list(runtime, teacher.actor, classroom_id=classroom).students

    assert [reason.message.values["title"] for reason in named.reasons] == ["Find who says it"]


def test_what_i_can_show_says_which_skills_can_be_practised(runtime, student):
    practise(runtime, student)

    assert progress_page(runtime, student.actor).can_practise == {"S2"}


def test_only_skills_with_questions_are_listed(runtime, world, student):
    listed = practice_list(runtime, student.actor)
    assert [one.skill.id for one in listed[Strand.SOURCING]] == ["S2"]

    world.content(sample_items())

    assert practice_list(runtime, student.actor) == {}


def test_a_skill_without_questions_asks_nothing_and_an_unknown_one_is_not_found(runtime, student):
    page = practice_page(runtime, student.actor, skill_id="s1")

    assert (page.question, page.standing.tasks) == (None, 0)
    for skill_id, number in (("s9", None), ("S2", None), (SKILL, 0), (SKILL, 2)):
        with pytest.raises(NotFound):
            practice_page(runtime, student.actor, skill_id=skill_id, number=number)


def test_a_classmates_practice_is_not_mine_and_only_students_practise(runtime, world, student):
    practise(runtime, student)

    assert due(runtime, world.student()).number == 1
    for actor in (world.teacher().actor, NOBODY):
        with pytest.raises(NotFound):
            practice_list(runtime, actor)
        with pytest.raises(NotFound):
            practice_page(runtime, actor, skill_id=SKILL)


def test_statements_grow_neither_with_the_skills_nor_with_the_turns(runtime, world, student, connection):
    def sent(ask):
        ask()
        with count_statements(connection) as statements:
            ask()
        return len(statements)

    def the_list():
        practice_list(runtime, student.actor)

    def the_turn():
        due(runtime, student)

    practise(runtime, student)
    before = sent(the_list), sent(the_turn)
    other = next(item for item in practice_items() if item.key == "sample:friday")
    world.content((*practice_items(), practice_question("other", other, skill="S1")))
    for _ in range(3):
        practise(runtime, student)

    assert (sent(the_list), sent(the_turn)) == before
    assert max(before) <= 6
