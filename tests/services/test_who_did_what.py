"""One assignment as its teachers see it: who did what, and what *Show results* does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.questions import Case
from quizapp.services.assignments import show_results
from quizapp.services.lessons import start_lesson
from quizapp.services.standings import Standing
from quizapp.services.who_did_what import assignment_page
from quizapp.storage.tables import AuditEntry, Score
from tests.builders.written import begin, hand_in_written, mark_written
from tests.support.statements import count_statements

HOUR = timedelta(hours=1)


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher()


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


def page_of(runtime, teacher, classroom, assignment):
    return assignment_page(runtime, teacher.actor, classroom_id=classroom, assignment_id=assignment)


def row_of(page, student):
    return next(row for row in page.rows if row.student_id == student.id)


def test_the_page_says_where_each_student_is(world, runtime, teacher, classroom, clock):
    quiz = world.assignment(classroom, due_at=world.now + HOUR)
    idle, working, early, late = (
        world.student(name, classroom=classroom) for name in ("Idle", "Working", "Early", "Late")
    )
    hand_in_written(world, early, quiz)
    begin(world, working, quiz)
    clock.move(hours=2)
    hand_in_written(world, late, quiz)

    page = page_of(runtime, teacher, classroom, quiz)

    assert row_of(page, idle).quiz.standing is Standing.OVERDUE
    assert row_of(page, working).quiz.standing is Standing.IN_PROGRESS
    assert row_of(page, early).quiz.standing is Standing.WAITING
    assert [row_of(page, one).quiz.is_late for one in (early, late)] == [False, True]
    assert page.answers_to_mark == 2


def test_whoever_handed_in_nothing_before_it_closed_has_missed_it(world, runtime, teacher, classroom, clock):
    quiz = world.assignment(classroom, closes_at=world.now + HOUR)
    student = world.student(classroom=classroom)

    clock.move(hours=1)

    assert row_of(page_of(runtime, teacher, classroom, quiz), student).quiz.standing is Standing.MISSED


def test_points_are_those_of_the_gradebook(world, runtime, teacher, classroom):
    quiz = world.assignment(classroom)
    student = world.student(classroom=classroom)
    attempt = hand_in_written(world, student, quiz)

    mark_written(world, teacher, attempt)

    standing = row_of(page_of(runtime, teacher, classroom, quiz), student).quiz
    assert standing.standing is Standing.GRADED
    assert (standing.points, standing.max_points, standing.percent) == (30_000, 90_000, 33)


def test_a_lesson_shows_screens_and_where_somebody_is_stuck(world, runtime, teacher, classroom):
    lesson = world.assignment(classroom, kind="lesson", content_key="sample:who-says", preset="practice")
    reader, idle = world.student(classroom=classroom), world.student(classroom=classroom)
    start_lesson(runtime, reader.actor, slug="who-says", case=Case.B)

    page = page_of(runtime, teacher, classroom, lesson)

    assert row_of(page, reader).lesson.started_at == world.now
    assert row_of(page, idle).lesson.started_at is None
    assert row_of(page, reader).quiz is None
    assert not page.release.is_worth_it


def test_whoever_left_the_class_is_not_in_its_table(world, runtime, teacher, classroom):
    quiz = world.assignment(classroom)
    world.student("Elsewhere", classroom=world.classroom(teacher, "10B"))

    assert page_of(runtime, teacher, classroom, quiz).rows == ()


def test_a_larger_class_takes_no_more_statements(world, runtime, teacher, classroom, connection):
    quiz = world.assignment(classroom)
    hand_in_written(world, world.student(classroom=classroom), quiz)
    begin(world, world.student(classroom=classroom), quiz)

    def statements():
        with count_statements(connection) as sent:
            page_of(runtime, teacher, classroom, quiz)
        return len(sent)

    before = statements()
    for _ in range(3):
        hand_in_written(world, world.student(classroom=classroom), quiz)
        begin(world, world.student(classroom=classroom), quiz)

    assert statements() == before


def test_a_mark_waits_for_show_results(world, runtime, teacher, classroom, clock):
    quiz = world.assignment(classroom, preset="homework")
    attempt = hand_in_written(world, world.student(classroom=classroom), quiz)
    assert not page_of(runtime, teacher, classroom, quiz).release.is_worth_it

    mark_written(world, teacher, attempt)
    offered = page_of(runtime, teacher, classroom, quiz).release
    show_results(runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz)

    assert (offered.marks, offered.now, offered.later) == (1, 1, 0)
    assert not page_of(runtime, teacher, classroom, quiz).release.is_worth_it
    clock.move(minutes=1)
    mark_written(world, teacher, attempt, level=1)
    assert page_of(runtime, teacher, classroom, quiz).release.marks == 1


def test_the_results_of_a_test_are_shown_after_each_students_own_closes(
    world, runtime, teacher, classroom, clock
):
    quiz = world.assignment(classroom, preset="test", closes_at=world.now + HOUR)
    hand_in_written(world, world.student(classroom=classroom), quiz)

    early = page_of(runtime, teacher, classroom, quiz)
    show_results(runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz)
    shown_early = page_of(runtime, teacher, classroom, quiz)
    clock.move(hours=2)
    shown_late = page_of(runtime, teacher, classroom, quiz)

    assert (early.release.now, early.release.later) == (0, 1)
    assert shown_early.visible.score == 0
    assert (shown_late.visible.score, shown_late.visible.key) == (1, 1)


def test_the_release_is_recorded(world, runtime, teacher, classroom, connection):
    quiz = world.assignment(classroom, preset="test")

    show_results(runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz)

    actions = connection.scalars(select(AuditEntry.action)).all()
    assert "assignment.results_shown" in actions
    assert connection.scalars(select(Score.id)).all() == []
