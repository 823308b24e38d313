"""One student in the browser of the own teacher: noted views, new PINs, accommodations."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from quizapp.storage.tables import StaffView
from tests.support.visitor import Visitor


@pytest.fixture
def teacher(world):
    return world.teacher("Ms Adler")


@pytest.fixture
def visitor(app, world, teacher):
    return Visitor(app, world, teacher)


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


def test_opening_a_student_is_noted(world, visitor, classroom, connection):
    student = world.student("محمد", classroom=classroom)

    page = visitor.get(f"/students/{student.id}")

    assert "<bdi>محمد</bdi>" in page.text
    assert connection.scalars(select(StaffView.page)).all() == ["student"]


def test_a_new_pin_is_two_taps_away_and_ends_the_sessions(app, world, visitor, classroom):
    student = world.student("Ana", classroom=classroom)
    pupil = Visitor(app, world, student)
    assert pupil.get("/account").status_code == 200
    assert f"/students/{student.id}/pin" in visitor.get(f"/classes/{classroom}").text

    answer = visitor.post(f"/students/{student.id}/pin")

    assert re.search(r'login-card__pin">\d{6}<', answer.text)
    assert pupil.get("/account").status_code == 302


def test_an_accommodation_is_set_seen_and_ended(world, visitor, classroom):
    student = world.student("Ana", classroom=classroom)
    path = f"/students/{student.id}/accommodation"

    visitor.post(
        path,
        {
            "time": "150",
            "extra_attempts": "1",
            "hides_clock": "y",
            "valid_to": "2027-07-31",
            "note": "As agreed",
        },
    )
    page = visitor.get(f"/students/{student.id}").text

    assert "1.5 times" in page
    assert "1 extra try" in page
    assert "the clock is hidden" in page
    assert "up to Sun 1 Aug 2027, 00:00" in page
    ending = re.search(rf'action="({path}/\d+/end)"', page)
    assert ending is not None
    visitor.post(ending[1])
    assert "1.5 times" not in visitor.get(f"/students/{student.id}").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"time": "300"}, "Not a valid choice."),
        ({"extra_attempts": "21"}, "From 0 to 20 tries."),
        ({"valid_from": "2027-02-01", "valid_to": "2027-01-31"}, "The last day must not be before"),
        ({"valid_to": "31/12/2027"}, "This is no date that can be read."),
        ({"note": "x" * 1001}, "At most 1000 characters."),
    ],
)
def test_an_accommodation_is_refused_at_its_field(world, visitor, classroom, fields, sentence):
    student = world.student(classroom=classroom)

    answer = visitor.post(
        f"/students/{student.id}/accommodation", {"time": "150", "extra_attempts": "0", **fields}
    )

    assert answer.status_code == 422
    assert sentence in answer.text
