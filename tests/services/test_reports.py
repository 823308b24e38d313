"""The report across classes: the figures of class pages and gradebooks, few students hidden, constant statements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.errors import NotFound
from quizapp.core.gradebook import median_percent
from quizapp.core.permissions import Actor
from quizapp.core.reports import Missing
from quizapp.services.classrooms import classroom_page
from quizapp.services.gradebook import gradebook
from quizapp.services.report_filters import Filters
from quizapp.services.report_work import Selection, counted_classes
from quizapp.services.reports import class_report, report
from quizapp.services.runtime import Work, reading
from quizapp.services.who_did_what import assignment_page
from tests.builders.school_by_chance import LESSON, school_by_chance
from tests.builders.written import hand_in_written, mark_written
from tests.support.statements import count_statements


@reading
def counted(work: Work, actor: Actor):
    """Return what the report counts before anything is hidden."""
    return counted_classes(work, actor, Selection())


def a_class(world, title="10A", students=6, teacher=None):
    teacher = teacher or world.teacher()
    classroom = world.classroom(teacher, title)
    return teacher, classroom, [world.student(classroom=classroom) for _ in range(students)]


def shown(runtime, admin, **filters):
    return report(runtime, admin.actor, filters=Filters(**filters))


@pytest.mark.parametrize("seed", range(5))
def test_what_is_counted_is_what_class_page_and_gradebook_show(world, runtime, seed):
    school = {one.id: one for one in school_by_chance(world, seed)}

    for one in counted(runtime, world.admin().actor):
        teacher = school[one.id].teacher.actor
        lines = {line.id: line for line in classroom_page(runtime, teacher, classroom_id=one.id).assignments}
        book = gradebook(runtime, teacher, classroom_id=one.id)

        assert len(one.work.student_ids) == len(school[one.id].students) == book.students
        assert {row.id for row in one.given} == set(lines)
        for row in one.given:
            begun = one.begun.get(row.id, ())
            assert sum(piece.is_done for piece in begun) == lines[row.id].done
            assert sum(not piece.is_done for piece in begun) == lines[row.id].under_way
            waiting = one.waiting.get(row.id)
            assert (waiting.answers if waiting else 0) == lines[row.id].answers_to_mark
        for column in book.columns:
            marks = [mark.percent for mark in one.marks.get(column.quiz.assignment_id, ())]
            assert (len(marks), median_percent(marks)) == (column.marks, column.median)


@pytest.mark.parametrize("seed", range(5))
def test_each_shown_figure_is_the_sum_of_the_pages_behind_it(world, runtime, seed):
    school = {one.id: one for one in school_by_chance(world, seed)}
    admin = world.admin()

    for line in shown(runtime, admin).lines:
        teacher = school[line.classroom_id].teacher.actor
        pages = [
            assignment_page(runtime, teacher, classroom_id=line.classroom_id, assignment_id=one.id)
            for one in classroom_page(runtime, teacher, classroom_id=line.classroom_id).assignments
        ]
        rows = [row for page in pages for row in page.rows]
        done = sum(row.quiz.has_handed_in if row.quiz else row.lesson.finished_at is not None for row in rows)
        percents = [row.quiz.percent for row in rows if row.quiz and row.quiz.mark]
        figures = line.figures
        assert figures.students in (len(school[line.classroom_id].students), Missing.HIDDEN)
        if isinstance(figures.completed, int):
            assert figures.completed == done
        if isinstance(figures.median, int) and not isinstance(figures.median, Missing):
            assert (figures.marks, figures.median) == (len(percents), median_percent(percents))


@pytest.mark.parametrize("seed", range(5))
def test_no_class_by_itself_shows_what_the_whole_report_hides(world, runtime, seed):
    school_by_chance(world, seed)
    admin = world.admin()

    for line in shown(runtime, admin).lines:
        alone = class_report(runtime, admin.actor, classroom_id=line.classroom_id)
        assert alone.line.figures == line.figures
        parts = [part.figures.completed for part in alone.work]
        if line.figures.completed is Missing.HIDDEN:
            assert set(parts) == {Missing.HIDDEN}
        elif parts and all(isinstance(part, int) for part in parts):
            assert sum(parts) == line.figures.completed


def test_a_small_class_hides_another_beside_it(world, runtime):
    world.content()
    a_class(world, "Small", 3)
    a_class(world, "Middle", 7)
    a_class(world, "Large", 9)

    found = shown(runtime, world.admin())

    students = {line.title: line.figures.students for line in found.lines}
    assert students == {"Large": 9, "Middle": Missing.HIDDEN, "Small": Missing.HIDDEN}
    assert found.total.students == 19
    waits = {line.title: line.waits for line in found.lines}
    assert waits["Small"] is Missing.HIDDEN
    assert waits["Middle"].answers == 0


def test_a_choice_that_leaves_out_few_students_is_refused_at_its_filter(world, runtime):
    world.content()
    a_class(world, "Small", 3)
    teacher, classroom, _ = a_class(world, "Large", 9)
    admin = world.admin()

    by_class = shown(runtime, admin, classroom_id=classroom)
    by_teacher = shown(runtime, admin, teacher_id=teacher.id)

    assert by_class.refused.field == "classroom"
    assert by_teacher.refused.field == "teacher"
    assert by_class.lines == ()
    assert by_class.total is None


def test_a_choice_of_few_students_is_refused(world, runtime):
    world.content()
    _, classroom, _ = a_class(world, "Small", 3)
    a_class(world, "Large", 9)

    found = shown(runtime, world.admin(), classroom_id=classroom)

    assert found.refused.field == "classroom"
    assert "Fewer than 5" in str(found.refused.message)


def test_filters_leave_the_work_that_they_name(world, runtime):
    world.content()
    _, classroom, students = a_class(world)
    quiz = world.assignment(classroom, due_at=world.now + timedelta(days=2))
    world.assignment(
        classroom, kind="lesson", content_key=LESSON, title="Who says?", due_at=world.now + timedelta(9)
    )
    for student in students:
        hand_in_written(world, student, quiz)
    admin = world.admin()

    of = {
        "all": shown(runtime, admin).total.of,
        "quiz": shown(runtime, admin, content_key="sample:quiz").total.of,
        "lesson": shown(runtime, admin, content_key=LESSON).total.of,
        "skill": shown(runtime, admin, skill="S2").total.of,
        "other skill": shown(runtime, admin, skill="V1").total.of,
        "early": shown(runtime, admin, due_before=world.now + timedelta(days=5)).total.of,
        "late": shown(runtime, admin, due_from=world.now + timedelta(days=5)).total.of,
    }

    assert of == {"all": 12, "quiz": 6, "lesson": 6, "skill": 12, "other skill": 0, "early": 6, "late": 6}
    assert shown(runtime, admin, content_key=LESSON).total.started == 0
    assert shown(runtime, admin, skill="V1").total.started is Missing.NOTHING_GIVEN


def test_a_class_of_another_teacher_gives_an_empty_report(world, runtime):
    world.content()
    teacher, _, _ = a_class(world, "10A")
    _, classroom, _ = a_class(world, "10B")

    found = shown(runtime, world.admin(), classroom_id=classroom, teacher_id=teacher.id)

    assert (found.lines, found.refused, found.total) == ((), None, None)


def test_marks_skills_and_waiting_are_counted(world, runtime, clock):
    world.content()
    teacher, classroom, students = a_class(world)
    quiz = world.assignment(classroom)
    for student in students[:5]:
        mark_written(world, teacher, hand_in_written(world, student, quiz))
    hand_in_written(world, students[5], quiz)
    clock.move(days=4)

    found = shown(runtime, world.admin())
    (line,) = found.lines

    assert (line.figures.started, line.figures.completed, line.figures.marks) == (6, 6, 5)
    assert (line.waits.answers, line.waits.oldest_days) == (1, 4)
    assert [(one.skill.id, one.figures.students) for one in found.skills] == [("S2", 5)]
    # Three points of three for the text, none for the other five questions.
    assert line.figures.median == found.skills[0].figures.percent
    assert sum(band.marks for band in found.bands if isinstance(band.marks, int)) == 5


def test_archived_classes_and_those_of_other_schools_are_not_in_it(world, runtime):
    world.content()
    a_class(world, "10A")
    world.classroom(world.teacher(), "Old", archived_at=world.now)
    other = world.school("Other school")
    world.classroom(world.teacher(school_id=other), "Foreign")

    assert [line.title for line in shown(runtime, world.admin()).lines] == ["10A"]


def test_foreign_ids_and_people_who_are_no_administrators_find_nothing(world, runtime):
    world.content()
    teacher, classroom, students = a_class(world)
    other = world.school("Other school")
    stranger = world.admin(school_id=other)

    for actor, filters in (
        (teacher, {}),
        (students[0], {}),
        (stranger, {"classroom_id": classroom}),
        (stranger, {"teacher_id": teacher.id}),
    ):
        with pytest.raises(NotFound):
            shown(runtime, actor, **filters)
    for actor in (teacher, students[0], stranger):
        with pytest.raises(NotFound):
            class_report(runtime, actor.actor, classroom_id=classroom)


def test_the_number_of_statements_does_not_depend_on_the_school(world, runtime, connection):
    admin = world.admin()
    world.content()
    a_class(world)
    shown(runtime, admin)
    with count_statements(connection) as for_one:
        shown(runtime, admin)

    school_by_chance(world, 1)
    with count_statements(connection) as for_many:
        shown(runtime, admin)

    assert len(for_many) == len(for_one)
