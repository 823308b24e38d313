"""Marks that a teacher sets and excuses that a teacher gives: kept beside what is computed, undone, recorded."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.services.assignments import show_results
from quizapp.services.attempt_views import before_quiz
from quizapp.services.gradebook import gradebook
from quizapp.services.overrides import end_excuse, excuse_student, set_mark, undo_mark
from quizapp.services.results import result_page
from quizapp.services.standings import Standing
from quizapp.services.who_did_what import assignment_page
from quizapp.storage.tables import AuditEntry, Grade
from tests.builders.sitting import sit_down
from tests.builders.written import hand_in_written, mark_written


@pytest.fixture
def sitting(world):
    return sit_down(world)


def do(use_case, sitting, **values):
    use_case(
        sitting.runtime,
        sitting.teacher.actor,
        classroom_id=sitting.classroom,
        assignment_id=sitting.assignment_id,
        student_id=sitting.student.id,
        **values,
    )


def cell(sitting):
    book = gradebook(sitting.runtime, sitting.teacher.actor, classroom_id=sitting.classroom)
    (row,) = book.rows
    return row.cells[0]


def release(sitting):
    show_results(
        sitting.runtime,
        sitting.teacher.actor,
        classroom_id=sitting.classroom,
        assignment_id=sitting.assignment_id,
    )


def result(sitting):
    return result_page(sitting.runtime, sitting.student.actor, attempt_id=sitting.attempt_id)


def test_a_mark_that_is_set_counts_and_the_computed_one_is_kept(sitting):
    sitting.save_all(sitting.right_answers())
    sitting.submit()

    do(set_mark, sitting, points=85_000, reason="Explained it aloud")

    found = cell(sitting)
    assert (found.points, found.max_points, found.standing) == (85_000, 90_000, Standing.GRADED)
    assert (found.grade.computed_points, found.grade.computed_max) == (60_000, 90_000)
    assert found.grade.override.reason == "Explained it aloud"
    assert not found.waits_for_mark


def test_undone_the_tries_count_again(sitting):
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    do(set_mark, sitting, points=0, reason="Copied")

    do(undo_mark, sitting)

    assert cell(sitting).points == 60_000
    assert cell(sitting).grade.override is None


def test_a_mark_given_later_changes_what_is_computed_and_not_what_was_set(sitting, world):
    student = world.student(classroom=sitting.classroom)
    attempt = hand_in_written(world, student, sitting.assignment_id)
    set_mark(
        sitting.runtime, sitting.teacher.actor, classroom_id=sitting.classroom,
        assignment_id=sitting.assignment_id, student_id=student.id, points=10_000, reason="Late by a week",
    )  # fmt: skip

    mark_written(world, sitting.teacher, attempt)

    (row,) = [one for one in sitting.rows(Grade) if one.student_id == student.id]
    assert (row.points, row.override_points) == (30_000, 10_000)


def test_a_mark_can_be_set_where_nothing_was_handed_in(world):
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    student = world.student(classroom=classroom)
    quiz = world.assignment(classroom)

    set_mark(
        world.runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz, student_id=student.id,
        points=70_000, reason="On paper",
    )  # fmt: skip

    (row,) = gradebook(world.runtime, teacher.actor, classroom_id=classroom).rows
    assert row.cells[0].standing is Standing.GRADED
    assert row.cells[0].mark == (70_000, 90_000)


@pytest.mark.parametrize("points", [90_001, -1])
def test_points_out_of_range_are_refused_at_their_field(sitting, points):
    with pytest.raises(Refusal) as refused:
        do(set_mark, sitting, points=points, reason="Why")

    assert refused.value.field == "points"


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_without_a_reason_nothing_is_decided(sitting, reason):
    for use_case, values in ((set_mark, {"points": 0}), (excuse_student, {}), (end_excuse, {})):
        with pytest.raises(Refusal) as refused:
            do(use_case, sitting, reason=reason, **values)
        assert refused.value.field == "reason"


def test_who_is_excused_is_in_no_total_until_the_excuse_ends(sitting):
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    do(set_mark, sitting, points=90_000, reason="Aloud")

    do(excuse_student, sitting, reason="Was ill")
    excused = cell(sitting)
    do(end_excuse, sitting, reason="Came back")

    assert (excused.standing, excused.mark) == (Standing.EXCUSED, None)
    assert cell(sitting).mark == (90_000, 90_000)


def test_every_decision_is_recorded_with_its_reason_and_without_names(sitting):
    do(set_mark, sitting, points=50_000, reason="Aloud")
    do(undo_mark, sitting)
    do(undo_mark, sitting)
    do(excuse_student, sitting, reason="Ill")
    do(end_excuse, sitting, reason="Back")

    rows = [row for row in sitting.rows(AuditEntry) if row.action.startswith("grade.")]
    assert [(row.action, row.reason) for row in rows] == [
        ("grade.overridden", "Aloud"),
        ("grade.override_undone", None),
        ("grade.excused", "Ill"),
        ("grade.excuse_ended", "Back"),
    ]
    assert {row.subject_id for row in rows} == {sitting.assignment_id}
    assert rows[0].after == {
        "student_id": sitting.student.id,
        "points": 50_000,
        "computed_points": None,
        "is_excused": False,
    }


def test_the_student_sees_a_mark_that_was_set_with_the_next_results(sitting, clock):
    sitting.submit()
    do(set_mark, sitting, points=50_000, reason="Aloud")
    before = result(sitting).grade
    page = assignment_page(
        sitting.runtime,
        sitting.teacher.actor,
        classroom_id=sitting.classroom,
        assignment_id=sitting.assignment_id,
    )

    release(sitting)

    assert before is None
    assert page.release.marks == 1
    assert result(sitting).grade.override.points == 50_000
    assert not result(sitting).is_counting


def test_the_student_sees_an_excuse_at_once(sitting):
    do(excuse_student, sitting, reason="Ill")

    page = before_quiz(sitting.runtime, sitting.student.actor, assignment_id=sitting.assignment_id)

    assert page.grade.is_excused


def test_only_teachers_of_the_class_decide(sitting, connection):
    ids = {
        "classroom_id": sitting.classroom,
        "assignment_id": sitting.assignment_id,
        "student_id": sitting.student.id,
    }
    for actor in (sitting.student.actor, sitting.world.teacher().actor, sitting.world.admin().actor):
        with pytest.raises(NotFound):
            set_mark(sitting.runtime, actor, **ids, points=0, reason="Why")
        with pytest.raises(NotFound):
            excuse_student(sitting.runtime, actor, **ids, reason="Why")

    assert connection.scalars(select(Grade.override_points)).all() == [None]
