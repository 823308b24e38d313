"""A class that is over: nothing can be begun, what was done stays, and its teacher brings it back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.assignments import Door
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import OPERATOR
from quizapp.services.attempt_views import before_quiz
from quizapp.services.classrooms import my_classrooms
from quizapp.services.home import home_page
from quizapp.services.progress import progress_page
from quizapp.services.results import result_page
from quizapp.services.school_classes import (
    archive_class,
    class_to_archive,
    my_archived_classes,
    restore_class,
)
from quizapp.services.sweeping import sweep_overdue
from quizapp.storage.tables import Attempt
from tests.builders.written import begin, hand_in_written
from tests.support.statements import count_statements

DAY = timedelta(days=1)


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher()


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher, "10A")


@pytest.fixture
def student(world, classroom):
    return world.student(classroom=classroom)


@pytest.fixture
def stored(connection):
    """Return a function that reads the state of a try and when it ended."""

    def read(attempt):
        return connection.execute(
            select(Attempt.state, Attempt.finished_at, Attempt.handed_in_by).where(Attempt.id == attempt)
        ).one()

    return read


def archive(runtime, teacher, classroom):
    return archive_class(runtime, teacher.actor, classroom_id=classroom)


def restore(runtime, teacher, classroom):
    return restore_class(runtime, teacher.actor, classroom_id=classroom)


def test_its_work_leaves_home_and_comes_back_with_it(world, runtime, teacher, classroom, student):
    world.assignment(classroom, due_at=world.now + DAY)
    world.assignment(classroom, kind="lesson", content_key="sample:who-says", title="Who says?")

    archive(runtime, teacher, classroom)
    over = home_page(runtime, student.actor)
    restore(runtime, teacher, classroom)

    assert (over.due, over.later, over.missed) == ((), (), ())
    assert len(home_page(runtime, student.actor).due) == 2


def test_nothing_can_be_begun_until_it_is_back(world, runtime, teacher, classroom, student):
    quiz = world.assignment(classroom, opens_at=world.now + DAY)
    archive(runtime, teacher, classroom)

    page = before_quiz(runtime, student.actor, assignment_id=quiz)
    with pytest.raises(Refusal) as refused:
        begin(world, student, quiz)

    assert (page.may_start, page.door, page.window.is_put_away) == (False, Door.CLOSED, True)
    assert "class is over" in str(refused.value.message)


def test_what_is_under_way_is_handed_in_by_the_clock(
    world, runtime, teacher, classroom, student, clock, stored
):
    attempt = begin(world, student, world.assignment(classroom))
    archived_at = clock.now = world.now + DAY
    assert class_to_archive(runtime, teacher.actor, classroom_id=classroom).open_tries == 1

    archive(runtime, teacher, classroom)
    clock.move(minutes=2)

    assert sweep_overdue(runtime, OPERATOR) == 1
    state, finished_at, by = stored(attempt)
    assert state != "in_progress"
    assert (finished_at, by) == (archived_at, "time")


def test_one_that_was_not_handed_in_yet_goes_on_when_the_class_is_back(
    world, runtime, teacher, classroom, student, clock, stored
):
    attempt = begin(world, student, world.assignment(classroom))

    archive(runtime, teacher, classroom)
    restore(runtime, teacher, classroom)
    clock.move(days=1)

    assert sweep_overdue(runtime, OPERATOR) == 0
    assert stored(attempt).state == "in_progress"


def test_tries_of_other_classes_go_on(world, runtime, teacher, classroom, student, clock):
    other = world.classroom(teacher, "Media club")
    world.enrol(student, other)
    begin(world, student, world.assignment(other))

    archive(runtime, teacher, classroom)
    clock.move(minutes=2)

    assert sweep_overdue(runtime, OPERATOR) == 0


def test_results_stay_under_progress_with_what_they_show(world, runtime, teacher, classroom, student):
    quiz = world.assignment(classroom, title="The leaflet", preset="practice")
    first, second = (hand_in_written(world, student, quiz) for _ in range(2))
    before = progress_page(runtime, student.actor)

    archive(runtime, teacher, classroom)
    page = progress_page(runtime, student.actor)

    assert before.past == ()
    assert [(one.title, one.attempt_id) for one in page.past] == [("The leaflet", second)]
    assert page.skills == before.skills
    assert result_page(runtime, student.actor, attempt_id=first).max_points is not None


def test_progress_takes_no_more_statements_for_more_that_is_past(
    world, runtime, teacher, classroom, student, connection
):
    hand_in_written(world, student, world.assignment(classroom))
    archive(runtime, teacher, classroom)

    def statements():
        progress_page(runtime, student.actor)
        with count_statements(connection) as sent:
            progress_page(runtime, student.actor)
        return len(sent)

    before = statements()
    restore(runtime, teacher, classroom)
    hand_in_written(world, student, world.assignment(classroom))
    archive(runtime, teacher, classroom)

    assert statements() == before


def test_its_teacher_archives_finds_and_restores_it_and_nobody_else_does(
    world, runtime, teacher, classroom, student
):
    for stranger in (world.teacher(), student):
        with pytest.raises(NotFound):
            archive(runtime, stranger, classroom)
        with pytest.raises(NotFound):
            class_to_archive(runtime, stranger.actor, classroom_id=classroom)

    archive(runtime, teacher, classroom)

    assert my_classrooms(runtime, teacher.actor) == ()
    assert [one.title for one in my_archived_classes(runtime, teacher.actor)] == ["10A"]
    assert my_archived_classes(runtime, world.teacher().actor) == ()
    with pytest.raises(NotFound):
        restore(runtime, student, classroom)
    restore(runtime, teacher, classroom)
    assert [one.title for one in my_classrooms(runtime, teacher.actor)] == ["10A"]
