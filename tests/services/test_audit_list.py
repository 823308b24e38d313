"""The record of deeds as administrators read it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.deadlines import Factor
from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor, Role
from quizapp.core.questions import Case
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.accounts import suspend
from quizapp.services.audit import record
from quizapp.services.audit_list import ENTRIES_A_PAGE, AuditFilters, Group, audit_page
from quizapp.services.classrooms import create_classroom, rename_classroom
from quizapp.services.lessons import start_lesson
from quizapp.services.overrides import set_mark
from quizapp.services.rosters import add_to_roster
from quizapp.services.runtime import Work, use_case
from tests.builders.written import hand_in_written, mark_written
from tests.support.statements import count_statements


@use_case
def note_often(work: Work, actor: Actor, *, times: int, subject_id: int) -> None:
    for _ in range(times):
        record(work, actor, "person.reinstated", subject_kind="user", subject_id=subject_id)


def listed(runtime, admin, page=1, **filters):
    return audit_page(runtime, admin.actor, filters=AuditFilters(**filters), page=page)


def test_an_entry_says_who_did_what_to_whom_and_why(world, runtime):
    admin, student = world.admin("Ada Quist"), world.student("Ben Ode")

    suspend(runtime, admin.actor, user_id=student.id, reason="Shared the account")

    (entry,) = listed(runtime, admin).entries
    assert (entry.actor_name, entry.actor_role, entry.action) == ("Ada Quist", Role.ADMIN, "person.suspended")
    assert (entry.subject, entry.reason, entry.at) == (("Ben Ode",), "Shared the account", world.now)


def test_names_are_those_of_today(world, runtime):
    admin, teacher = world.admin(), world.teacher("Ruth")
    classroom = create_classroom(runtime, teacher.actor, title="10A")
    add_to_roster(runtime, teacher.actor, classroom_id=classroom, text="Ben Ode")

    rename_classroom(runtime, teacher.actor, classroom_id=classroom, title="11A")

    subjects = {entry.action: entry.subject for entry in listed(runtime, admin).entries}
    assert subjects["classroom.created"] == ("11A",)
    assert subjects["enrolment.created"] == ("Ben Ode", "11A")


def test_marks_name_the_student_and_the_quiz(world, runtime):
    world.content()
    admin, teacher = world.admin(), world.teacher()
    classroom = world.classroom(teacher)
    student = world.student("Ben Ode", classroom=classroom)
    quiz = world.assignment(classroom, title="Sources")
    mark_written(world, teacher, hand_in_written(world, student, quiz))
    set_mark(
        runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz, student_id=student.id,
        points=10_000, reason="Told me the rest",
    )  # fmt: skip

    entries = {entry.action: entry for entry in listed(runtime, admin, group=Group.MARKS).entries}

    assert entries["score.given"].subject == ("Ben Ode", "Sources")
    assert set(entries["grade.overridden"].subject) == {"Ben Ode", "Sources"}
    assert entries["grade.overridden"].reason == "Told me the rest"


def test_what_is_private_and_what_is_learning_is_not_listed(world, runtime):
    world.content()
    admin, teacher = world.admin(), world.teacher()
    student = world.student(classroom=world.classroom(teacher))

    set_accommodation(
        runtime, teacher.actor, student_id=student.id, allowance=Allowance(factor=Factor.HALF_MORE)
    )
    start_lesson(runtime, student.actor, slug="who-says", case=Case.B)

    assert [e.action for e in listed(runtime, admin).entries if e.actor_role is not Role.OPERATOR] == []


def test_who_marked_the_last_answer_is_listed_and_a_try_that_no_teacher_marked_is_not(world, runtime):
    world.content()
    admin, teacher = world.admin(), world.teacher("Ruth")
    classroom = world.classroom(teacher)
    quiz = world.assignment(classroom)

    hand_in_written(world, world.student(classroom=classroom), quiz, text=None)
    mark_written(world, teacher, hand_in_written(world, world.student(classroom=classroom), quiz))

    graded = [e for e in listed(runtime, admin).entries if e.action == "attempt.graded"]
    assert [entry.actor_name for entry in graded] == ["Ruth"]


def test_filters_by_kind_name_and_dates(world, runtime, clock):
    admin, teacher, student = world.admin("Ada Quist"), world.teacher("Ruth"), world.student()
    create_classroom(runtime, teacher.actor, title="10A")
    clock.move(days=2)
    suspend(runtime, admin.actor, user_id=student.id, reason="Why not")

    def actions(**filters):
        return [entry.action for entry in listed(runtime, admin, **filters).entries]

    assert actions(group=Group.CLASSES) == ["classroom.created"]
    assert actions(name="ada") == ["person.suspended"]
    assert actions(since=world.now - timedelta(days=1)) == ["person.suspended"]
    assert actions(before=world.now - timedelta(days=1)) == ["classroom.created"]
    assert actions(name="nobody") == []


def test_pages_hold_fifty_and_one_beyond_the_last_is_the_last(world, runtime):
    admin, student = world.admin(), world.student()
    note_often(runtime, admin.actor, times=ENTRIES_A_PAGE + 3, subject_id=student.id)

    first, last = listed(runtime, admin), listed(runtime, admin, page=99)

    assert (len(first.entries), first.total, first.pages) == (50, 53, 2)
    assert (len(last.entries), last.page) == (3, 2)
    assert first.entries[0].id > first.entries[-1].id > last.entries[0].id


def test_as_many_statements_for_a_full_page_as_for_one_entry(world, runtime, connection):
    admin, student = world.admin(), world.student()
    note_often(runtime, admin.actor, times=1, subject_id=student.id)
    with count_statements(connection) as for_one:
        listed(runtime, admin)

    note_often(runtime, admin.actor, times=60, subject_id=student.id)
    with count_statements(connection) as for_many:
        listed(runtime, admin)

    assert len(for_many) == len(for_one)


def test_other_schools_and_other_people_read_nothing(world, runtime):
    admin, student = world.admin(), world.student()
    note_often(runtime, admin.actor, times=1, subject_id=student.id)
    stranger = world.admin(school_id=world.school("Other school"))

    assert listed(runtime, stranger).entries == ()
    for actor in (world.teacher(), student):
        with pytest.raises(NotFound):
            listed(runtime, actor)
