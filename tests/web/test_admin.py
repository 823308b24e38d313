"""The people of a school in the browser of its administrator."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from quizapp.services.rosters import remove_from_classroom
from quizapp.services.school_classes import archive_class
from quizapp.storage.tables import AuditEntry, StaffView
from tests.support.visitor import Visitor


@pytest.fixture
def admin(world):
    return world.admin("The Head")


@pytest.fixture
def visitor(app, world, admin):
    return Visitor(app, world, admin)


def test_people_are_searched_by_name_and_role(world, visitor):
    world.student("محمد عبد الله")
    world.teacher("Mr Ames")

    found = visitor.get("/people?name=محمد&role=student").text
    nobody = visitor.get("/people?name=zzz").text

    assert "<bdi>محمد عبد الله</bdi>" in found
    assert "Mr Ames" not in found
    assert "Nobody found" in nobody


@pytest.mark.parametrize(
    "query", ["page=0", "page=-3", "page=x", "page=99999999", "role=operator", "name=%25_"]
)
def test_odd_filters_are_no_mistake(visitor, query):
    assert visitor.get(f"/people?{query}").status_code == 200


def test_pages_keep_the_filters(world, visitor):
    for number in range(51):
        world.student(f"Pupil {number:02d}")

    page = visitor.get("/people?name=pupil&role=student").text

    assert "/people?name=pupil&amp;role=student&amp;page=2" in page
    assert "Pupil 50" in visitor.get("/people?name=pupil&role=student&page=2").text


def test_a_new_person_gets_a_secret_that_is_shown_once(visitor):
    answer = visitor.post("/people/new", {"display_name": "Mr Ames", "role": "teacher"})

    secret = re.search(r'login-card__pin">([^<]+)<', answer.text)
    assert answer.status_code == 200
    assert secret is not None
    assert secret[1] not in visitor.get("/people").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"display_name": "", "role": "teacher"}, "Type a name."),
        (
            {"display_name": "Ana", "user_name": "the HEAD", "role": "teacher"},
            "This user name is taken: the HEAD.",
        ),
        ({"display_name": "Ana", "role": "operator"}, "Not a valid choice."),
        ({"display_name": "a" * 121, "role": "student"}, "A name has at most 120 characters."),
    ],
)
def test_a_person_is_refused_at_its_field_and_nothing_typed_is_lost(visitor, fields, sentence):
    answer = visitor.post("/people/new", fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{fields["display_name"]}"' in answer.text


def test_a_suspended_person_is_out_at_the_next_request(app, world, visitor, connection):
    teacher = world.teacher("Mr Ames")
    theirs = Visitor(app, world, teacher)
    assert theirs.get("/classes").status_code == 200

    assert visitor.post(f"/people/{teacher.id}/suspend", {"reason": ""}).status_code == 422
    visitor.post(f"/people/{teacher.id}/suspend", {"reason": "Left the school"})

    assert theirs.get("/classes").status_code == 302
    assert "Suspended since" in visitor.get(f"/people/{teacher.id}").text
    reason = connection.scalar(select(AuditEntry.reason).where(AuditEntry.action == "person.suspended"))
    assert reason == "Left the school"
    visitor.post(f"/people/{teacher.id}/reinstate")
    assert "Suspended since" not in visitor.get(f"/people/{teacher.id}").text


def test_a_new_password_ends_the_sessions(app, world, visitor):
    teacher = world.teacher("Mr Ames")
    theirs = Visitor(app, world, teacher)

    answer = visitor.post(f"/people/{teacher.id}/secret")

    assert re.search(r'login-card__pin">[a-z0-9-]{19}<', answer.text)
    assert theirs.get("/account").status_code == 302


def test_looking_at_a_student_is_noted_and_at_a_teacher_not(world, visitor, connection):
    visitor.get(f"/people/{world.teacher().id}")
    visitor.get(f"/people/{world.student().id}")

    assert connection.scalars(select(StaffView.page)).all() == ["person"]


def test_the_classes_of_a_student_are_there_those_that_were_left_last(app, world, runtime, visitor):
    teacher = world.teacher("Ms Adler")
    left, here, away = (world.classroom(teacher, title) for title in ("10A", "10B", "10C"))
    student = world.student("Ana", classroom=left)
    for classroom in (here, away):
        world.enrol(student, classroom)
    remove_from_classroom(runtime, teacher.actor, classroom_id=left, student_id=student.id)
    archive_class(runtime, teacher.actor, classroom_id=away)

    page = visitor.get(f"/people/{student.id}").text

    assert page.index("10B") < page.index("10C") < page.index("10A")
    assert f'href="/reports/classes/{here}"' in page
    assert f'href="/reports/classes/{away}"' not in page
    assert re.search(r"10A</bdi></a> <span class=\"muted\">left on 23 Nov 2026", page)
    assert "10A" in visitor.get(f"/people/{teacher.id}").text
    assert "In no class." in visitor.get(f"/people/{world.student().id}").text


def test_who_came_back_to_a_class_is_in_it_once(world, runtime, visitor):
    teacher = world.teacher("Ms Adler")
    classroom = world.classroom(teacher, "10A")
    student = world.student("Ana", classroom=classroom)
    remove_from_classroom(runtime, teacher.actor, classroom_id=classroom, student_id=student.id)
    world.enrol(student, classroom)

    page = visitor.get(f"/people/{student.id}").text

    assert page.count("10A") == 1
    assert "left on" not in page


def test_the_own_account_is_changed_elsewhere(visitor, admin):
    assert "This is you." in visitor.get(f"/people/{admin.id}").text
    assert visitor.get(f"/people/{admin.id}/suspend").status_code == 404
    assert visitor.post(f"/people/{admin.id}/secret").status_code == 404


def test_people_of_another_school_do_not_exist(world, visitor):
    there = f"/people/{world.student(school_id=world.school('Other School')).id}"

    assert [visitor.get(f"{there}{page}").status_code for page in ("", "/suspend", "/secret")] == [404] * 3
    for deed in ("/suspend", "/secret", "/reinstate"):
        assert visitor.post(f"{there}{deed}", {"reason": "no"}).status_code == 404


@pytest.mark.parametrize("path", ["/people", "/people/new"])
def test_only_administrators_have_people(app, world, path):
    for person in (world.teacher(), world.student()):
        assert Visitor(app, world, person).get(path).status_code == 404
