from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.errors import NotFound
from quizapp.core.questions import Case
from quizapp.services.attempts import start_attempt
from quizapp.services.home import NextKind, home_page
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.services.submitting import submit_attempt
from quizapp.storage.tables import Assignment
from tests.support.statements import count_statements

LESSON = {"kind": "lesson", "content_key": "sample:who-says", "title": "Who says?"}


@pytest.fixture
def classroom(world):
    world.content()
    return world.classroom(world.teacher())


@pytest.fixture
def student(world, classroom):
    return world.student(classroom=classroom)


def next_kind(runtime, student):
    thing = home_page(runtime, student.actor).next_thing
    return thing.kind if thing else None


def finish_lesson(runtime, student):
    start_lesson(runtime, student.actor, slug="who-says", case=Case.A)
    leave_screen(runtime, student.actor, slug="who-says", number=7)


def try_quiz(runtime, student, assignment_id):
    return start_attempt(runtime, student.actor, assignment_id=assignment_id, case=Case.A).attempt_id


def show_results(runtime, assignment_id):
    with runtime.database.writing() as session:
        session.get_one(Assignment, assignment_id).results_shown_at = runtime.clock()


def test_on_the_first_day_there_is_one_line(runtime, student):
    page = home_page(runtime, student.actor)

    assert page.next_thing.kind is NextKind.FIRST_LESSON
    assert (page.next_thing.lesson.title, page.next_thing.lesson.minutes) == ("Who says?", 25)
    assert page.due == page.done == ()


def test_an_assigned_lesson_comes_before_its_quiz(runtime, world, classroom, student):
    world.assignment(classroom, due_at=world.now + timedelta(hours=1))
    world.assignment(classroom, due_at=world.now + timedelta(days=3), **LESSON)

    page = home_page(runtime, student.actor)

    assert page.next_thing.kind is NextKind.LESSON
    assert [task.title for task in page.due] == ["Sample quiz", "Who says?"]


def test_after_the_lesson_comes_the_quiz(runtime, world, classroom, student):
    world.assignment(classroom, **LESSON)
    quiz = world.assignment(classroom)

    finish_lesson(runtime, student)

    page = home_page(runtime, student.actor)
    assert page.next_thing.kind is NextKind.QUIZ
    assert page.next_thing.task.assignment_id == quiz
    assert [task.title for task in page.done] == ["Who says?"]


def test_a_try_that_runs_comes_first(runtime, world, classroom, student):
    world.assignment(classroom, **LESSON)
    attempt = try_quiz(runtime, student, world.assignment(classroom))

    page = home_page(runtime, student.actor)

    assert page.next_thing.kind is NextKind.TRY
    assert page.next_thing.task.open_attempt_id == attempt


def test_results_are_news_once_the_teacher_shows_them(runtime, clock, world, classroom, student):
    finish_lesson(runtime, student)
    quiz = world.assignment(classroom, preset="test", closes_at=world.now + timedelta(hours=2))
    submit_attempt(runtime, student.actor, attempt_id=try_quiz(runtime, student, quiz))
    clock.move(hours=3)
    assert next_kind(runtime, student) is None

    show_results(runtime, quiz)

    assert next_kind(runtime, student) is NextKind.RESULT
    clock.move(days=8)
    assert next_kind(runtime, student) is None


def test_a_lesson_that_is_read_unasked_is_gone_on_with(runtime, student):
    start_lesson(runtime, student.actor, slug="who-says", case=Case.A)
    assert next_kind(runtime, student) is NextKind.OWN_LESSON

    leave_screen(runtime, student.actor, slug="who-says", number=7)

    assert next_kind(runtime, student) is None


def test_what_is_closed_without_a_try_is_missed_and_what_is_not_open_waits(
    runtime, world, classroom, student
):
    world.assignment(classroom, title="Closed", closes_at=world.now - timedelta(hours=1))
    world.assignment(classroom, title="Later", opens_at=world.now + timedelta(hours=1))

    page = home_page(runtime, student.actor)

    assert [task.title for task in page.missed] == ["Closed"]
    assert [task.title for task in page.later] == ["Later"]
    assert page.due == ()


def test_own_dates_and_a_classmates_work_stay_apart(runtime, world, classroom, student):
    classmate = world.student(classroom=classroom)
    quiz = world.assignment(classroom)

    submit_attempt(runtime, classmate.actor, attempt_id=try_quiz(runtime, classmate, quiz))

    (task,) = home_page(runtime, student.actor).due
    assert (task.tries, task.result_of) == (0, None)


def test_staff_have_no_such_home(runtime, world, classroom):
    with pytest.raises(NotFound):
        home_page(runtime, world.teacher().actor)


def test_statements_do_not_grow_with_what_is_given(runtime, world, classroom, student, connection):
    def statements():
        home_page(runtime, student.actor)
        with count_statements(connection) as sent:
            home_page(runtime, student.actor)
        return len(sent)

    world.assignment(classroom, **LESSON)
    first = world.assignment(classroom)
    submit_attempt(runtime, student.actor, attempt_id=try_quiz(runtime, student, first))
    before = statements()

    for _ in range(5):
        quiz = world.assignment(classroom)
        submit_attempt(runtime, student.actor, attempt_id=try_quiz(runtime, student, quiz))

    assert statements() == before
    assert before <= 12
