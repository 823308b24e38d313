"""Classes: made, renamed, listed and opened by those who teach them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.services.classrooms import (
    classroom_head,
    classroom_page,
    create_classroom,
    my_classrooms,
    rename_classroom,
)
from quizapp.storage.tables import AuditEntry
from tests.builders.written import begin, hand_in_written
from tests.support.statements import count_statements


def test_whoever_makes_a_class_teaches_it(world, runtime):
    teacher = world.teacher()

    classroom = create_classroom(runtime, teacher.actor, title="  10A ")

    assert [(tile.id, tile.title) for tile in my_classrooms(runtime, teacher.actor)] == [(classroom, "10A")]
    assert classroom_page(runtime, teacher.actor, classroom_id=classroom).students == ()


@pytest.mark.parametrize("title", ["", "   ", "\u200b", "a" * 121, "ﷺ" * 100])
def test_a_class_needs_a_name_that_fits(world, runtime, title):
    with pytest.raises(Refusal) as refused:
        create_classroom(runtime, world.teacher().actor, title=title)

    assert refused.value.field == "title"


def test_two_classes_of_one_teacher_have_two_names(world, runtime):
    teacher, colleague = world.teacher(), world.teacher()
    create_classroom(runtime, teacher.actor, title="10A")

    with pytest.raises(Refusal):
        create_classroom(runtime, teacher.actor, title="10a")
    create_classroom(runtime, colleague.actor, title="10A")


def test_renaming_is_recorded_and_may_keep_the_name(world, runtime, connection):
    teacher = world.teacher()
    classroom = world.classroom(teacher, "10A")

    rename_classroom(runtime, teacher.actor, classroom_id=classroom, title="10A")
    rename_classroom(runtime, teacher.actor, classroom_id=classroom, title="10B")

    entries = connection.execute(select(AuditEntry.after).where(AuditEntry.action == "classroom.renamed"))
    assert [row[0] for row in entries] == [{"title": "10B"}]
    assert classroom_head(runtime, teacher.actor, classroom_id=classroom).title == "10B"


def test_students_and_nobody_have_no_classes_to_teach(world, runtime):
    with pytest.raises(NotFound):
        my_classrooms(runtime, world.student().actor)
    with pytest.raises(NotFound):
        create_classroom(runtime, world.student().actor, title="Mine")


def test_a_class_opens_to_its_teachers_only(world, runtime):
    owner, co_teacher, stranger, admin = world.teacher(), world.teacher(), world.teacher(), world.admin()
    classroom = world.classroom(owner)
    world.co_teacher(co_teacher, classroom)
    pupil = world.student(classroom=classroom)
    elsewhere = world.teacher(school_id=world.school("Other School"))

    for one in (owner, co_teacher):
        assert classroom_page(runtime, one.actor, classroom_id=classroom).id == classroom
    for one in (stranger, admin, pupil, elsewhere):
        with pytest.raises(NotFound):
            classroom_page(runtime, one.actor, classroom_id=classroom)
        with pytest.raises(NotFound):
            rename_classroom(runtime, one.actor, classroom_id=classroom, title="Taken over")


def test_students_stand_in_the_order_of_their_normal_names(world, runtime):
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    for name in ("Émile", "ana", "Zoë", "Bob", "محمد", "李娜"):
        world.student(name, classroom=classroom)

    names = [
        one.display_name for one in classroom_page(runtime, teacher.actor, classroom_id=classroom).students
    ]

    assert names[:2] == ["ana", "Bob"]
    assert set(names[-2:]) == {"محمد", "李娜"}


def test_the_class_says_who_did_what_in_counts(world, runtime):
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    quiz = world.assignment(classroom)
    first, second, _third = (world.student(classroom=classroom) for _ in range(3))
    hand_in_written(world, first, quiz)
    begin(world, second, quiz)

    (line,) = classroom_page(runtime, teacher.actor, classroom_id=classroom).assignments

    assert (line.done, line.under_way, line.students, line.answers_to_mark) == (1, 1, 3, 1)
    assert my_classrooms(runtime, teacher.actor)[0].answers_to_mark == 1


def test_a_try_whose_time_is_up_counts_as_handed_in_before_anybody_stored_it(world, runtime, clock):
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    quiz = world.assignment(classroom, limit_seconds=600)
    begin(world, world.student(classroom=classroom), quiz)

    clock.move(minutes=12)

    (line,) = classroom_page(runtime, teacher.actor, classroom_id=classroom).assignments
    assert (line.done, line.under_way) == (1, 0)


def test_a_larger_class_takes_no_more_statements(world, runtime, connection):
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    quiz = world.assignment(classroom)
    hand_in_written(world, world.student(classroom=classroom), quiz)

    def statements():
        with count_statements(connection) as sent:
            classroom_page(runtime, teacher.actor, classroom_id=classroom)
            my_classrooms(runtime, teacher.actor)
        return len(sent)

    statements()  # the process reads content once
    before = statements()
    for _ in range(4):
        hand_in_written(world, world.student(classroom=classroom), quiz)
    world.assignment(classroom)

    assert statements() == before
