"""Names pasted into a class."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import NOBODY
from quizapp.core.rosters import MAX_LINES
from quizapp.services.classrooms import classroom_page
from quizapp.services.roster_plans import Deed, plan_roster
from quizapp.services.rosters import add_to_roster, remove_from_classroom
from quizapp.services.sign_in import sign_in
from quizapp.storage.tables import AuditEntry, Enrolment, User
from tests.support.statements import count_statements


@pytest.fixture
def teacher(world):
    return world.teacher("Ms Adler")


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


def names_of(runtime, teacher, classroom):
    page = classroom_page(runtime, teacher.actor, classroom_id=classroom)
    return {one.display_name for one in page.students}


def deeds(runtime, teacher, classroom, text, apart=()):
    plan = plan_roster(runtime, teacher.actor, classroom_id=classroom, text=text, apart=apart)
    return [(line.deed, line.user_name) for line in plan.lines]


def add(runtime, teacher, classroom, text, apart=()):
    return add_to_roster(runtime, teacher.actor, classroom_id=classroom, text=text, apart=apart)


def test_new_names_become_students_who_can_sign_in_with_their_pin(world, runtime, teacher, classroom):
    result = add(runtime, teacher, classroom, "Ana Silva\n李娜\nمحمد عبد الله\n" + "Long " * 11 + "Name")

    assert len(result.cards) == 4
    assert {"Ana Silva", "李娜", "محمد عبد الله"} < names_of(runtime, teacher, classroom)
    assert len({card.pin for card in result.cards}) > 1
    for card in result.cards:
        assert sign_in(
            runtime,
            NOBODY,
            school_id=world.school_id,
            user_name=card.user_name,
            secret=card.pin,
            device="Tests",
        )


def test_looking_stores_nothing(runtime, teacher, classroom, connection):
    before = connection.scalar(select(func.count()).select_from(User))

    assert deeds(runtime, teacher, classroom, "Ana Silva") == [(Deed.CREATE, "Ana Silva")]
    assert connection.scalar(select(func.count()).select_from(User)) == before


def test_adding_twice_adds_nobody_twice(runtime, teacher, classroom):
    add(runtime, teacher, classroom, "Ana Silva\nBob; bob.k")

    again = add(runtime, teacher, classroom, "Ana Silva\nBob\n")

    assert (again.cards, again.were_here) == ((), 2)


def test_a_missing_name_leaves_nobody_out(runtime, teacher, classroom):
    add(runtime, teacher, classroom, "Ana Silva\nBob")

    add(runtime, teacher, classroom, "Cleo")

    assert names_of(runtime, teacher, classroom) == {"Ana Silva", "Bob", "Cleo"}


def test_a_student_of_another_own_class_joins_and_keeps_the_account(world, runtime, teacher, classroom):
    ana = world.student("Ana Silva", classroom=world.classroom(teacher, "10B"))

    result = add(runtime, teacher, classroom, "ana silva")

    assert (result.cards, result.enrolled) == ((), 1)
    (student,) = classroom_page(runtime, teacher.actor, classroom_id=classroom).students
    assert student.id == ana.id


def test_another_person_of_the_same_name_gets_an_own_account(world, runtime, teacher, classroom):
    world.student("Ana Silva", classroom=world.classroom(teacher, "10B"))

    result = add(runtime, teacher, classroom, "Ana Silva", apart=[1])

    assert [(card.display_name, card.user_name) for card in result.cards] == [("Ana Silva", "Ana Silva 2")]


def test_whoever_is_taught_by_others_stays_unseen(world, runtime, teacher, classroom):
    stranger = world.student("Ana Silva", classroom=world.classroom(world.teacher(), "11C"))

    assert deeds(runtime, teacher, classroom, "Ana Silva") == [(Deed.CREATE, "Ana Silva 2")]
    add(runtime, teacher, classroom, "Ana Silva")

    (student,) = classroom_page(runtime, teacher.actor, classroom_id=classroom).students
    assert student.id != stranger.id
    assert deeds(runtime, teacher, classroom, "Ana Silva") == [(Deed.HERE, "Ana Silva 2")]


def test_the_same_name_in_another_school_is_free(world, runtime, teacher, classroom):
    world.student("Ana Silva", school_id=world.school("Other School"))

    assert deeds(runtime, teacher, classroom, "Ana Silva") == [(Deed.CREATE, "Ana Silva")]


def test_two_people_of_one_name_are_told_apart_by_a_user_name(runtime, teacher, classroom):
    text = "Ana Silva\nAna Silva; ana.s"
    add(runtime, teacher, classroom, text)

    assert deeds(runtime, teacher, classroom, text) == [(Deed.HERE, "Ana Silva"), (Deed.HERE, "ana.s")]
    assert len(classroom_page(runtime, teacher.actor, classroom_id=classroom).students) == 2


def test_a_user_name_that_was_asked_for_and_is_taken_is_said(world, runtime, teacher, classroom):
    world.teacher("ana.s")

    plan = plan_roster(runtime, teacher.actor, classroom_id=classroom, text="Bob\nAna; ana.s")

    assert [line.deed for line in plan.lines] == [Deed.CREATE, Deed.PROBLEM]
    assert str(plan.lines[1].problem) == "This user name is taken: ana.s. Choose another."


def test_one_bad_line_stores_nothing_at_all(runtime, teacher, classroom):
    with pytest.raises(Refusal) as refused:
        add(runtime, teacher, classroom, "Ana Silva\n; nobody")

    assert refused.value.field == "names"
    assert names_of(runtime, teacher, classroom) == set()


@pytest.mark.parametrize("text", ["", "\n \n", "\n".join(f"Student {n}" for n in range(MAX_LINES + 1))])
def test_an_empty_or_endless_list_is_refused(runtime, teacher, classroom, text):
    with pytest.raises(Refusal) as refused:
        plan_roster(runtime, teacher.actor, classroom_id=classroom, text=text)

    assert refused.value.field == "names"


def test_leaving_a_class_keeps_the_account_and_the_name_brings_it_back(world, runtime, teacher, classroom):
    ana = world.student("Ana Silva", classroom=classroom)

    remove_from_classroom(runtime, teacher.actor, classroom_id=classroom, student_id=ana.id)

    assert names_of(runtime, teacher, classroom) == set()
    assert deeds(runtime, teacher, classroom, "Ana Silva") == [(Deed.ENROL, "Ana Silva")]
    add(runtime, teacher, classroom, "Ana Silva")
    (student,) = classroom_page(runtime, teacher.actor, classroom_id=classroom).students
    assert student.id == ana.id


def test_nobody_changes_the_list_of_a_foreign_class(world, runtime, classroom):
    pupil = world.student(classroom=classroom)
    elsewhere = world.admin(school_id=world.school("Other School"))

    for one in (world.teacher(), world.admin(), pupil, elsewhere):
        with pytest.raises(NotFound):
            add(runtime, one, classroom, "Mallory")
        with pytest.raises(NotFound):
            remove_from_classroom(runtime, one.actor, classroom_id=classroom, student_id=pupil.id)


def test_only_a_member_can_be_taken_out(world, runtime, teacher, classroom):
    outsider = world.student(classroom=world.classroom(teacher, "10B"))

    with pytest.raises(NotFound):
        remove_from_classroom(runtime, teacher.actor, classroom_id=classroom, student_id=outsider.id)


def test_the_audit_holds_no_name_and_no_pin(runtime, teacher, classroom, connection):
    (card,) = add(runtime, teacher, classroom, "Ana Silva").cards

    noted = " ".join(str(row) for row in connection.execute(select(AuditEntry)))

    assert "person.created" in noted
    assert "Ana" not in noted
    assert card.pin not in noted


def test_a_plan_takes_the_same_statements_for_any_list(runtime, teacher, classroom, connection):
    def statements(text):
        with count_statements(connection) as sent:
            plan_roster(runtime, teacher.actor, classroom_id=classroom, text=text)
        return len(sent)

    assert statements("Ana") == statements("\n".join(f"Student {n}" for n in range(60)))


def test_a_student_is_in_a_class_once(runtime, teacher, classroom, connection):
    add(runtime, teacher, classroom, "Ana Silva")
    add(runtime, teacher, classroom, "Ana Silva; ana silva")

    assert connection.scalar(select(func.count()).select_from(Enrolment)) == 1
