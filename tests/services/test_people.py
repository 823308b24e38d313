"""People found by their administrators, and one student for the own teachers."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import NOBODY, Role
from quizapp.services.accounts import create_person, reinstate, reset_secret, suspend
from quizapp.services.people import PEOPLE_A_PAGE, person_page, search_people
from quizapp.services.sign_in import find_session, open_session, sign_in
from quizapp.services.staff_views import note_staff_view
from quizapp.services.students import membership, student_head, student_page
from quizapp.storage.tables import StaffView
from tests.builders.written import hand_in_written
from tests.support.statements import count_statements


def names(found):
    return [one.display_name for one in found.people]


# --- searching ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ANA", ["Ana Silva"]),
        ("silva  ", ["Ana Silva"]),
        ("محمد", ["محمد عبد الله"]),
        ("娜", ["李娜"]),
        ("100%", ["100% Bob"]),
        ("_", []),
        ("nobody", []),
    ],
)
def test_people_are_found_by_a_part_of_their_name(world, runtime, typed, found):
    admin = world.admin("The Head")
    for name in ("Ana Silva", "محمد عبد الله", "李娜", "100% Bob"):
        world.student(name)

    assert names(search_people(runtime, admin.actor, name=typed)) == found


def test_a_role_filters(world, runtime):
    admin = world.admin("The Head")
    world.student("Ana")
    world.teacher("Mr Ames")

    assert names(search_people(runtime, admin.actor, role=Role.TEACHER)) == ["Mr Ames"]
    assert search_people(runtime, admin.actor).total == 3


def test_a_long_list_comes_in_pages_and_too_far_is_the_last(world, runtime, connection):
    admin = world.admin("000 Head")
    for number in range(PEOPLE_A_PAGE + 1):
        world.student(f"Student {number:03d}")

    with count_statements(connection) as sent:
        first = search_people(runtime, admin.actor)
    last = search_people(runtime, admin.actor, page=99)

    assert (len(first.people), first.total, first.pages) == (PEOPLE_A_PAGE, PEOPLE_A_PAGE + 2, 2)
    assert (last.page, names(last)) == (2, ["Student 049", "Student 050"])
    assert len(sent) == 2


def test_people_of_another_school_are_not_there(world, runtime):
    admin = world.admin()
    stranger = world.student("Ana", school_id=world.school("Other School"))

    assert search_people(runtime, admin.actor, name="Ana").people == ()
    with pytest.raises(NotFound):
        person_page(runtime, admin.actor, user_id=stranger.id)
    with pytest.raises(NotFound):
        suspend(runtime, admin.actor, user_id=stranger.id, reason="no")
    with pytest.raises(NotFound):
        reset_secret(runtime, admin.actor, user_id=stranger.id)


def test_only_administrators_search(world, runtime):
    pupil = world.student()

    for one in (world.teacher(), pupil):
        with pytest.raises(NotFound):
            search_people(runtime, one.actor)
        with pytest.raises(NotFound):
            person_page(runtime, one.actor, user_id=pupil.id)


# --- accounts ----------------------------------------------------------------------------------------------------


def test_an_administrator_makes_people_who_can_sign_in(world, runtime):
    admin = world.admin()

    made = create_person(runtime, admin.actor, display_name="Mr Ames", role=Role.TEACHER)

    assert sign_in(
        runtime,
        NOBODY,
        school_id=world.school_id,
        user_name=made.user_name,
        secret=made.secret,
        device="Tests",
    )


@pytest.mark.parametrize(
    ("name", "user_name", "field"),
    [
        ("", "", "display_name"),
        ("ß" * 120, "", "display_name"),
        ("Ana", "the head", "user_name"),
        ("The Head", "", "user_name"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_at_its_field(world, runtime, name, user_name, field):
    admin = world.admin("The Head")

    with pytest.raises(Refusal) as refused:
        create_person(runtime, admin.actor, display_name=name, user_name=user_name, role=Role.STUDENT)

    assert refused.value.field == field


def test_teachers_make_nobody_an_administrator(world, runtime):
    with pytest.raises(Refusal):
        create_person(runtime, world.teacher().actor, display_name="Mallory", role=Role.ADMIN)


def test_suspension_is_felt_at_the_next_request_and_can_be_taken_back(world, runtime):
    admin, teacher = world.admin(), world.teacher("Mr Ames")
    token = open_session(runtime, teacher.actor, subject=None, device="Tests")
    assert find_session(runtime, NOBODY, token=token)

    suspend(runtime, admin.actor, user_id=teacher.id, reason="left the school")
    assert find_session(runtime, NOBODY, token=token) is None
    assert person_page(runtime, admin.actor, user_id=teacher.id).suspended_at == world.now

    reinstate(runtime, admin.actor, user_id=teacher.id)
    assert find_session(runtime, NOBODY, token=token) is None
    assert open_session(runtime, teacher.actor, subject=None, device="Tests")


def test_nobody_suspends_the_own_account(world, runtime):
    admin = world.admin()

    with pytest.raises(Refusal):
        suspend(runtime, admin.actor, user_id=admin.id, reason="by mistake")


def test_a_new_pin_ends_every_session_and_the_old_pin(world, runtime):
    teacher = world.teacher()
    student = world.student("Ana", classroom=world.classroom(teacher))
    token = open_session(runtime, student.actor, subject=None, device="Tests")

    made = reset_secret(runtime, teacher.actor, user_id=student.id)

    assert find_session(runtime, NOBODY, token=token) is None
    assert len(made.secret) == 6
    assert made.secret.isdigit()


# --- one student -------------------------------------------------------------------------------------------------


def test_a_teacher_sees_the_work_in_the_own_classes_only(world, runtime):
    world.content()
    teacher, colleague = world.teacher(), world.teacher()
    mine, theirs = world.classroom(teacher, "10A"), world.classroom(colleague, "Media club")
    student = world.student("Ana", classroom=mine)
    world.enrol(student, theirs)
    quiz = world.assignment(mine, title="Mine")
    world.assignment(theirs, title="Theirs")
    hand_in_written(world, student, quiz)

    page = student_page(runtime, teacher.actor, student_id=student.id)

    assert [line.title for line in page.work] == ["Mine"]
    assert page.work[0].quiz.tries == 1
    assert [one.title for one in page.classrooms] == ["10A"]


def test_only_the_own_teachers_open_a_student(world, runtime):
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    student = world.student(classroom=classroom)

    for one in (world.teacher(), world.admin(), student, world.student(classroom=classroom)):
        for reading in (student_page, student_head):
            with pytest.raises(NotFound):
                reading(runtime, one.actor, student_id=student.id)
        with pytest.raises(NotFound):
            membership(runtime, one.actor, classroom_id=classroom, student_id=student.id)


def test_a_teacher_resets_only_own_students(world, runtime):
    student = world.student(classroom=world.classroom(world.teacher()))
    colleague = world.teacher()

    for person in (student, world.teacher(), world.admin()):
        with pytest.raises(NotFound):
            reset_secret(runtime, colleague.actor, user_id=person.id)


def test_a_student_with_more_work_takes_no_more_statements(world, runtime, connection):
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    student = world.student(classroom=classroom)
    world.assignment(classroom, kind="lesson", content_key="sample:who-says", preset="practice")
    hand_in_written(world, student, world.assignment(classroom))

    def statements():
        with count_statements(connection) as sent:
            student_page(runtime, teacher.actor, student_id=student.id)
        return len(sent)

    before = statements()
    for _ in range(3):
        hand_in_written(world, student, world.assignment(classroom))

    assert statements() == before


def test_who_looked_is_kept(world, runtime, connection):
    teacher = world.teacher()
    student = world.student(classroom=world.classroom(teacher))

    note_staff_view(runtime, teacher.actor, student_id=student.id, page="student")

    rows = connection.execute(select(StaffView.viewer_id, StaffView.student_id, StaffView.page)).all()
    assert [tuple(row) for row in rows] == [(teacher.id, student.id, "student")]
