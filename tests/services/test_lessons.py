from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.content.catalogue import Item
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.questions import Case
from quizapp.services.access.lessons import access_lesson
from quizapp.services.lessons import (
    change_case,
    course_list,
    leave_screen,
    note_stuck,
    start_lesson,
    start_page,
)
from quizapp.services.runtime import Work
from quizapp.storage.tables import AuditEntry, LessonProgress, StuckMark
from tests.builders.content import sample_items
from tests.support.statements import count_statements

SLUG = "who-says"


@pytest.fixture
def student(world):
    world.content()
    return world.student()


def rows(runtime, table):
    with runtime.database.reading() as session:
        return list(session.scalars(select(table)))


def test_a_lesson_is_begun_in_the_case_that_was_chosen(runtime, student):
    screen = start_lesson(runtime, student.actor, slug=SLUG, case=Case.B)

    page = start_page(runtime, student.actor, slug=SLUG)
    assert screen == 1
    assert page.case is Case.B
    assert page.progress.screen == 1
    assert len(page.words) == 8


def test_without_a_case_nothing_is_begun(runtime, student):
    with pytest.raises(Refusal) as refused:
        start_lesson(runtime, student.actor, slug=SLUG, case=None)

    assert refused.value.field == "case"
    assert rows(runtime, LessonProgress) == []


def test_starting_twice_keeps_what_was_done(runtime, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)
    leave_screen(runtime, student.actor, slug=SLUG, number=1)

    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)

    (row,) = rows(runtime, LessonProgress)
    assert (row.screen, row.screens_done) == (2, 1)


def test_the_lesson_is_finished_after_screen_seven(runtime, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)

    steps = [leave_screen(runtime, student.actor, slug=SLUG, number=number) for number in range(1, 9)]

    (row,) = rows(runtime, LessonProgress)
    assert [step.screen for step in steps] == [2, 3, 4, 5, 6, 7, 8, 8]
    assert [step.has_just_finished for step in steps].index(True) == 6
    assert steps[-1].is_end
    assert row.finished_at == runtime.clock()
    assert row.screens_done == 8


def test_going_back_takes_nothing_away(runtime, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)
    leave_screen(runtime, student.actor, slug=SLUG, number=4)

    leave_screen(runtime, student.actor, slug=SLUG, number=2)

    (row,) = rows(runtime, LessonProgress)
    assert (row.screen, row.screens_done) == (3, 4)


def test_who_knows_it_already_begins_with_the_check(runtime, student):
    assert start_lesson(runtime, student.actor, slug=SLUG, case=Case.A, screen=6) == 6


def test_the_case_can_be_changed_and_no_deed_tells_it(runtime, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)

    change_case(runtime, student.actor, slug=SLUG, case=Case.B)

    assert start_page(runtime, student.actor, slug=SLUG).case is Case.B
    (entry,) = [one for one in rows(runtime, AuditEntry) if one.action.startswith("lesson.")]
    assert entry.action == "lesson.started"
    assert (entry.before, entry.after, entry.reason) == (None, None, None)


def test_stuck_is_noted_once_a_screen_until_it_is_cleared(runtime, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)

    for screen in (4, 4, 5):
        note_stuck(runtime, student.actor, slug=SLUG, number=screen)

    assert [mark.screen for mark in rows(runtime, StuckMark)] == [4, 5]


def test_a_screen_that_is_not_there_is_not_found(runtime, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)

    for number in (0, 9):
        with pytest.raises(NotFound):
            leave_screen(runtime, student.actor, slug=SLUG, number=number)


@pytest.mark.parametrize("slug", ["nothing", "%", "sample:who-says", ""])
def test_an_unknown_lesson_is_not_found(runtime, student, slug):
    with pytest.raises(NotFound):
        start_page(runtime, student.actor, slug=slug)


def test_staff_take_no_lessons(runtime, world, student):
    for person in (world.teacher(), world.admin()):
        with pytest.raises(NotFound):
            course_list(runtime, person.actor)
        with pytest.raises(NotFound):
            start_lesson(runtime, person.actor, slug=SLUG, case=Case.A)


def test_a_classmates_progress_is_not_touched(runtime, world, student):
    classmate = world.student()
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)

    leave_screen(runtime, student.actor, slug=SLUG, number=3)

    assert not start_page(runtime, classmate.actor, slug=SLUG).progress.is_started
    assert course_list(runtime, classmate.actor).lessons[0].progress.screen == 0


def test_a_course_without_lessons_says_nothing_to_students(world, runtime, student):
    body = {"key": "extra:course", "title": "Extra", "note": "One quiz with a wrong key.", "lesson_keys": []}
    world.content((*sample_items(), Item("extra:course", "course", body, "a" * 64, "extra/course.yaml", 1)))

    assert course_list(runtime, student.actor).notes == ("A small course for the tests.",)


def test_the_course_lists_lessons_with_the_own_progress(runtime, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)

    course = course_list(runtime, student.actor)

    assert course.notes == ("A small course for the tests.",)
    assert [(one.slug, one.title, one.progress.screen) for one in course.lessons] == [(SLUG, "Who says?", 1)]


def test_the_door_takes_one_statement(runtime, student, connection):
    start_page(runtime, student.actor, slug=SLUG)

    with runtime.database.reading() as session, count_statements(connection) as sent:
        access_lesson(Work(session, runtime.clock(), runtime), student.actor, slug=SLUG)

    assert len(sent) == 1
