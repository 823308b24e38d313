"""What an administrator sets for the school, and all its classes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.settings import Cases, Weekday
from quizapp.services.classrooms import my_classrooms
from quizapp.services.school_classes import archive_class, restore_class, search_classes
from quizapp.services.school_settings import change_school, school_values
from quizapp.storage.tables import AuditEntry
from tests.support.statements import count_statements


def test_a_change_holds_and_is_recorded_with_what_was_before(world, runtime, connection):
    admin = world.admin().actor
    held = school_values(runtime, admin)
    new = replace(
        held, name="New name", teaching_days=frozenset({Weekday.SUNDAY}), cases=Cases.FICTIONAL_ONLY
    )

    change_school(runtime, admin, values=new)
    change_school(runtime, admin, values=new)

    assert school_values(runtime, admin) == new
    rows = connection.execute(select(AuditEntry.action, AuditEntry.before, AuditEntry.after)).all()
    assert [tuple(row) for row in rows if row[0] == "school.changed"] == [
        ("school.changed", {"name": held.name}, {"name": "New name"})
    ]
    assert sum(row[0] == "setting.changed" for row in rows) == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "school_name"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"teaching_days": frozenset()}, "teaching_days"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field(world, runtime, change, field):
    admin = world.admin().actor
    held = school_values(runtime, admin)

    with pytest.raises(Refusal) as refused:
        change_school(runtime, admin, values=replace(held, **change))

    assert refused.value.field == field
    assert school_values(runtime, admin) == held


def test_teachers_neither_read_nor_change_settings(world, runtime):
    values = school_values(runtime, world.admin().actor)
    teacher = world.teacher().actor

    with pytest.raises(NotFound):
        school_values(runtime, teacher)
    with pytest.raises(NotFound):
        change_school(runtime, teacher, values=values)


def test_classes_are_found_by_their_name_or_a_teachers(world, runtime):
    admin, ruth, omar = world.admin().actor, world.teacher("Ruth Adeyemi"), world.teacher("Omar")
    first = world.classroom(ruth, "10A")
    world.co_teacher(omar, first)
    world.student(classroom=first)
    world.classroom(omar, "Media club")

    def titles(text, **how):
        return [one.title for one in search_classes(runtime, admin, text=text, **how).classes]

    assert titles("") == ["10A", "Media club"]
    assert titles("adeyemi") == ["10A"]
    assert titles("MEDIA") == ["Media club"]
    assert titles("nothing") == []
    line = search_classes(runtime, admin, text="10a").classes[0]
    assert (line.teachers, line.students, line.assignments) == (("Ruth Adeyemi", "Omar"), 1, 0)


def test_an_archived_class_is_out_of_sight_and_comes_back_whole(world, runtime):
    admin, teacher = world.admin().actor, world.teacher()
    classroom = world.classroom(teacher)
    world.student(classroom=classroom)

    archive_class(runtime, admin, classroom_id=classroom)
    archive_class(runtime, admin, classroom_id=classroom)

    assert my_classrooms(runtime, teacher.actor) == ()
    assert search_classes(runtime, admin).classes == ()
    (archived,) = search_classes(runtime, admin, is_archived=True).classes
    assert (archived.students, archived.archived_at) == (1, world.now)

    restore_class(runtime, admin, classroom_id=classroom)

    assert [tile.id for tile in my_classrooms(runtime, teacher.actor)] == [classroom]


def test_only_its_teachers_and_administrators_of_the_school_archive(world, runtime):
    teacher, colleague = world.teacher(), world.teacher()
    classroom = world.classroom(teacher)
    stranger = world.admin(school_id=world.school("Other school"))

    for actor in (colleague, stranger):
        with pytest.raises(NotFound):
            archive_class(runtime, actor.actor, classroom_id=classroom)
    archive_class(runtime, teacher.actor, classroom_id=classroom)
    with pytest.raises(NotFound):
        search_classes(runtime, teacher.actor)
    assert search_classes(runtime, stranger.actor).classes == ()


def test_as_many_statements_for_many_classes_as_for_one(world, runtime, connection):
    admin = world.admin().actor
    world.classroom(world.teacher())
    with count_statements(connection) as for_one:
        search_classes(runtime, admin)

    for place in range(5):
        world.classroom(world.teacher(), f"Class {place}")
    with count_statements(connection) as for_many:
        search_classes(runtime, admin)

    assert len(for_many) == len(for_one)
