"""The gradebook: each cell in its state, totals that say of what, and as many statements for any class."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.errors import NotFound
from quizapp.services.gradebook import Filters, gradebook
from quizapp.services.gradebook_cells import cell_page
from quizapp.services.overrides import excuse_student, set_mark
from quizapp.services.standings import Standing
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


@pytest.fixture
def quiz(world, classroom):
    return world.assignment(classroom, due_at=world.now + HOUR, closes_at=world.now + 48 * HOUR)


def book_of(runtime, teacher, classroom, **filters):
    return gradebook(runtime, teacher.actor, classroom_id=classroom, filters=Filters(**filters))


def row_of(book, student):
    return next(row for row in book.rows if row.student_id == student.id)


def decide(use_case, runtime, teacher, classroom, quiz, student, **values):
    use_case(
        runtime,
        teacher.actor,
        classroom_id=classroom,
        assignment_id=quiz,
        student_id=student.id,
        **values,
    )


def test_every_state_of_a_cell_is_another(world, runtime, teacher, classroom, quiz, clock):
    names = ("Blank", "Working", "Waiting", "Zero", "Excused", "Late")
    blank, working, waiting, zero, excused, late = (world.student(one, classroom=classroom) for one in names)
    begin(world, working, quiz)
    hand_in_written(world, waiting, quiz)
    hand_in_written(world, zero, quiz, text=None)
    decide(excuse_student, runtime, teacher, classroom, quiz, excused, reason="Ill")
    before_due = book_of(runtime, teacher, classroom)
    clock.move(hours=2)
    hand_in_written(world, late, quiz)
    after_due = book_of(runtime, teacher, classroom)
    clock.move(hours=48)
    after_close = book_of(runtime, teacher, classroom)

    def state(book, student):
        return row_of(book, student).cells[0].standing

    assert [state(before_due, one) for one in (blank, working, waiting, zero, excused)] == [
        Standing.NOT_STARTED,
        Standing.IN_PROGRESS,
        Standing.WAITING,
        Standing.GRADED,
        Standing.EXCUSED,
    ]
    assert row_of(before_due, zero).cells[0].points == 0
    assert state(after_due, blank) is Standing.OVERDUE
    assert [row_of(after_due, one).cells[0].is_late for one in (late, waiting)] == [True, False]
    assert state(after_close, blank) is Standing.MISSED
    assert row_of(after_close, blank).missing == 1


def test_an_overdue_try_reads_as_handed_in_before_the_worker_comes(world, runtime, teacher, classroom, clock):
    quiz = world.assignment(classroom, limit_seconds=600)
    student = world.student(classroom=classroom)
    begin(world, student, quiz)

    clock.move(minutes=12)

    cell = row_of(book_of(runtime, teacher, classroom), student).cells[0]
    opened = cell_page(
        runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz, student_id=student.id
    )
    assert cell.standing is Standing.WAITING
    assert not cell.has_open_try
    assert cell.handed_in_at == world.now - timedelta(minutes=2)
    assert opened.standing.handed_in_at == cell.handed_in_at


def test_totals_hold_final_marks_and_say_of_what(world, runtime, teacher, classroom, quiz):
    other = world.assignment(classroom, title="Other")
    third = world.assignment(classroom, title="Third")
    student = world.student(classroom=classroom)
    mark_written(world, teacher, hand_in_written(world, student, quiz))
    hand_in_written(world, student, other)
    decide(set_mark, runtime, teacher, classroom, third, student, points=45_000, reason="Spoken")

    row = row_of(book_of(runtime, teacher, classroom), student)

    assert (row.total.points, row.total.of, row.total.marks) == (75_000, 180_000, 2)


def test_a_column_gives_the_median_of_its_final_marks(world, runtime, teacher, classroom, quiz):
    for points in (0, 45_000, 90_000, None):
        student = world.student(classroom=classroom)
        if points is not None:
            decide(set_mark, runtime, teacher, classroom, quiz, student, points=points, reason="On paper")

    (column,) = book_of(runtime, teacher, classroom).columns

    assert (column.marks, column.median) == (3, 50)


def test_filters_leave_one_quiz_and_those_for_whom_something_waits(world, runtime, teacher, classroom, quiz):
    world.assignment(classroom, title="Other")
    waiting, done = world.student(classroom=classroom), world.student(classroom=classroom)
    hand_in_written(world, waiting, quiz)
    mark_written(world, teacher, hand_in_written(world, done, quiz))

    book = book_of(runtime, teacher, classroom, assignment_id=quiz, only_waiting=True)

    assert [one.quiz.assignment_id for one in book.columns] == [quiz]
    assert [row.student_id for row in book.rows] == [waiting.id]
    assert (book.students, len(book.quizzes)) == (2, 2)


def test_a_quiz_of_another_class_is_no_filter(world, runtime, teacher, classroom):
    foreign = world.assignment(world.classroom(teacher, "10B"))

    with pytest.raises(NotFound):
        book_of(runtime, teacher, classroom, assignment_id=foreign)


def test_lessons_and_checkpoints_are_no_columns(world, runtime, teacher, classroom):
    world.assignment(classroom, kind="lesson", content_key="sample:who-says")
    world.assignment(classroom, kind="checkpoint")

    assert book_of(runtime, teacher, classroom).columns == ()


def test_a_larger_class_with_more_tries_takes_no_more_statements(
    world, runtime, teacher, classroom, quiz, connection
):
    def fill():
        student = world.student(classroom=classroom)
        hand_in_written(world, student, quiz)
        begin(world, student, quiz)

    def statements():
        with count_statements(connection) as sent:
            book_of(runtime, teacher, classroom)
        return len(sent)

    fill()
    before = statements()
    for _ in range(3):
        fill()
    world.assignment(classroom, title="Other")

    # One more finds out who is signed in: eight for the page.
    assert statements() == before == 7


def test_the_opened_cell_shows_the_try_that_counts_with_its_keys(world, runtime, teacher, classroom, quiz):
    student = world.student(classroom=classroom)
    attempt = hand_in_written(world, student, quiz)
    mark_written(world, teacher, attempt, comment="Name the speaker")
    hand_in_written(world, student, quiz, text=None)

    page = cell_page(
        runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz, student_id=student.id
    )
    second = cell_page(
        runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz, student_id=student.id, number=2
    )

    assert (page.shown.number, second.shown.number) == (1, 2)
    assert [one.reviewed.comment for one in page.questions if one.reviewed.comment] == ["Name the speaker"]
    assert all(one.reviewed.mark is not None for one in page.questions)


def test_a_cell_outside_of_the_class_is_not_there(world, runtime, teacher, classroom, quiz):
    inside = world.student(classroom=classroom)
    elsewhere = world.student(classroom=world.classroom(teacher, "10B"))
    lesson = world.assignment(classroom, kind="lesson", content_key="sample:who-says")

    for assignment, student, number in ((quiz, elsewhere, None), (lesson, inside, None), (quiz, inside, 1)):
        with pytest.raises(NotFound):
            cell_page(
                runtime,
                teacher.actor,
                classroom_id=classroom,
                assignment_id=assignment,
                student_id=student.id,
                number=number,
            )
