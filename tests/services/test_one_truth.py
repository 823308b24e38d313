"""One truth: the student's page, the class's pages, the gradebook, the report and the files agree on every figure."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

import pytest

from quizapp.core.gradebook import median_percent
from quizapp.core.reports import Missing
from quizapp.core.scoring import percent, points_in_words
from quizapp.services.attempt_views import before_quiz
from quizapp.services.classrooms import classroom_page
from quizapp.services.gradebook import gradebook
from quizapp.services.gradebook_cells import cell_page
from quizapp.services.reports import class_report
from quizapp.services.results import result_page
from quizapp.services.standings import Standing
from quizapp.services.students import student_page
from quizapp.services.who_did_what import assignment_page
from tests.builders.random_school import random_class

SEEDS = (1, 2, 3)


@pytest.fixture(params=SEEDS)
def school(request, world, clock):
    return random_class(world, clock, request.param)


def book_of(school):
    return gradebook(school.world.runtime, school.teacher.actor, classroom_id=school.classroom)


def cells_of(school):
    book = book_of(school)
    return {
        (column.quiz.assignment_id, row.student_id): cell
        for row in book.rows
        for column, cell in zip(book.columns, row.cells, strict=True)
    }


def test_the_gradebook_and_the_pages_of_the_class_agree(school):
    runtime, teacher = school.world.runtime, school.teacher.actor
    cells = cells_of(school)

    on_assignments = {
        (quiz, row.student_id): row.quiz
        for quiz in school.quizzes
        for row in assignment_page(runtime, teacher, classroom_id=school.classroom, assignment_id=quiz).rows
    }
    on_students = {
        (line.assignment_id, student.id): line.quiz
        for student in school.students
        for line in student_page(runtime, teacher, student_id=student.id).work
    }
    opened = {
        (quiz, student.id): cell_page(
            runtime, teacher, classroom_id=school.classroom, assignment_id=quiz, student_id=student.id
        ).standing
        for quiz, student in ((quiz, student) for quiz in school.quizzes for student in school.students)
    }

    for page in (on_assignments, on_students, opened):
        assert {key: figures(one) for key, one in page.items()} == {
            key: figures(one) for key, one in cells.items()
        }


def figures(standing):
    return (
        standing.standing,
        standing.tries,
        standing.has_open_try,
        standing.handed_in_at,
        standing.is_late,
        standing.grade,
    )


def test_the_counts_of_the_class_page_are_those_of_the_gradebook(school):
    page = classroom_page(school.world.runtime, school.teacher.actor, classroom_id=school.classroom)
    cells = cells_of(school)

    for line in page.assignments:
        column = [cell for (quiz, _), cell in cells.items() if quiz == line.id]
        assert line.done == sum(cell.has_handed_in for cell in column)
        assert line.under_way == sum(cell.tries > 0 and not cell.has_handed_in for cell in column)
        assert line.students == len(column)


def test_what_the_student_sees_is_what_the_gradebook_says(school):
    runtime = school.world.runtime

    for (quiz, student_id), cell in cells_of(school).items():
        student = next(one for one in school.students if one.id == student_id)
        decided = before_quiz(runtime, student.actor, assignment_id=quiz).grade
        if cell.standing is Standing.EXCUSED:
            assert decided.is_excused
            continue
        tries = school.tries.get((quiz, student_id), [])
        results = [result_page(runtime, student.actor, attempt_id=attempt) for attempt in tries]
        shown = [one for one in results if one is not None and one.points is not None]
        if cell.has_open_try:
            # An open try hides the points of those before, so that it can't learn from them.
            assert not shown
            continue
        if cell.grade is not None and cell.grade.override:
            assert decided.override == cell.grade.override
            assert all(one.grade == decided for one in shown)
            continue
        counting = [(one.attempt_id, one.points, one.max_points) for one in shown if one.is_counting]
        expected = [(cell.grade.counting_attempt_id, cell.points, cell.max_points)] if tries else []
        assert counting == expected
        assert all((one.waiting > 0) == cell.waits_for_mark for one in shown if one.is_counting)


def test_the_file_says_what_the_gradebook_says(school, app):
    book = book_of(school)
    client = app.test_client()
    school.world.sign_in(client, school.teacher)

    answer = client.get(f"/classes/{school.classroom}/gradebook.csv")

    head, *rows = csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline=""))
    assert [row[0] for row in rows] == [row.display_name for row in book.rows]
    assert len(head) == 1 + 3 * len(book.columns) + 6
    for written, row in zip(rows, book.rows, strict=True):
        for place, cell in enumerate(row.cells):
            points, of, _state = written[1 + 3 * place : 4 + 3 * place]
            has_figure = cell.points is not None and cell.standing is not Standing.EXCUSED
            assert (points, of) == (
                (points_in_words(cell.points), points_in_words(cell.max_points)) if has_figure else ("", "")
            )
        counted = [cell.mark for cell in row.cells if cell.mark]
        points, of, percent, marks, missing, excused = written[-6:]
        assert int(marks) == len(counted)
        assert (points, of) == (
            (
                points_in_words(sum(one for one, _ in counted)),
                points_in_words(sum(all_ for _, all_ in counted)),
            )
            if counted
            else ("", "")
        )
        assert percent == ("" if row.total.percent is None else str(row.total.percent))
        assert (int(missing), int(excused)) == (row.missing, row.excused)
        assert Decimal(points or 0) <= Decimal(of or 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_student_class_gradebook_report_and_files_tell_the_same_marks(world, clock, app, seed):
    # Of fewer than this the report hides most, and what is hidden agrees with everything.
    school = random_class(world, clock, seed, students=14)
    admin = world.admin()
    book = book_of(school)

    marks = marks_of(book)
    report = class_report(world.runtime, admin.actor, classroom_id=school.classroom)
    parts = {part.assignment_id: part.figures for part in report.work}
    page = classroom_page(world.runtime, school.teacher.actor, classroom_id=school.classroom)

    assert marks_of_students(school, marks) == marks
    assert marks_of_file(app, school, book) == marks
    for line in page.assignments:
        shown = parts[line.id]
        percents = [percent(*mark) for (quiz, _), mark in marks.items() if quiz == line.id]
        expected = (
            line.students, line.done + line.under_way, line.done, len(percents), median_percent(percents)
        )  # fmt: skip
        assert agrees((shown.students, shown.started, shown.completed, shown.marks, shown.median), expected)
    everything = report.line.figures
    percents = [percent(*mark) for mark in marks.values()]
    done = sum(line.done for line in page.assignments)
    begun = done + sum(line.under_way for line in page.assignments)
    whole = (everything.started, everything.completed, everything.marks, everything.median)
    assert whole == (begun, done, len(percents), median_percent(percents))
    assert report_file(app, world, admin) == [str(figure) for figure in whole]


def agrees(shown, expected):
    """Say whether each figure is the expected one, or hidden because few students stand behind it."""
    return all(
        one is Missing.HIDDEN or one == other or (isinstance(one, Missing) and not other)
        for one, other in zip(shown, expected, strict=True)
    )


def marks_of(book):
    """Return the final marks of a gradebook, (points, of) by quiz and student."""
    return {
        (column.quiz.assignment_id, row.student_id): cell.mark
        for row in book.rows
        for column, cell in zip(book.columns, row.cells, strict=True)
        if cell.mark
    }


def marks_of_students(school, marks):
    """Return the same marks as their students are told them; an open try hides them, so those are taken as told."""
    runtime = school.world.runtime
    by_id = {student.id: student.actor for student in school.students}
    cells = cells_of(school)
    told = {}
    for quiz, student_id in marks:
        cell, actor = cells[quiz, student_id], by_id[student_id]
        if cell.has_open_try:
            told[quiz, student_id] = cell.mark
            continue
        if cell.grade.override:
            override = before_quiz(runtime, actor, assignment_id=quiz).grade.override
            told[quiz, student_id] = (override.points, override.of)
            continue
        result = result_page(runtime, actor, attempt_id=cell.grade.counting_attempt_id)
        told[quiz, student_id] = (result.points, result.max_points)
    return told


def marks_of_file(app, school, book):
    """Return the same marks as the gradebook's file holds them, names turned back into students."""
    client = app.test_client()
    school.world.sign_in(client, school.teacher)
    text = client.get(f"/classes/{school.classroom}/gradebook.csv").data.decode("utf-8-sig")
    _head, *rows = csv.reader(StringIO(text, newline=""))
    assert len(rows) == len(book.rows)
    final = {cell.mark for row in book.rows for cell in row.cells if cell.mark}
    in_words = {(points_in_words(points), points_in_words(of)): (points, of) for points, of in final}
    return {
        (column.quiz.assignment_id, row.student_id): in_words[points, of]
        for written, row in zip(rows, book.rows, strict=True)
        for place, (column, cell) in enumerate(zip(book.columns, row.cells, strict=True))
        for points, of, _state in [written[1 + 3 * place : 4 + 3 * place]]
        if cell.mark
    }


def report_file(app, world, admin):
    """Return started, completed, marks and median of the class in the report's file."""
    client = app.test_client()
    world.sign_in(client, admin)
    text = client.get("/reports.csv").data.decode("utf-8-sig")
    _head, row, _all = csv.reader(StringIO(text, newline=""))
    return row[4:8]
