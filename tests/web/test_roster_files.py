"""A class list that is chosen as a file fills the same preview as one that is pasted."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import func, select

from quizapp.content.roots import shipped
from quizapp.exchange.rosters import LARGEST_FILE
from quizapp.storage.tables import Enrolment
from tests.support.visitor import Visitor


@pytest.fixture
def teacher(world):
    return world.teacher("Ms Adler")


@pytest.fixture
def visitor(app, world, teacher):
    return Visitor(app, world, teacher)


@pytest.fixture
def look(visitor, world, teacher):
    """Return a function that chooses a file, with what stands in the box beside it."""
    classroom = world.classroom(teacher)

    def choose(body, name="class.csv", names=""):
        fields = {"file": (BytesIO(body), name), "names": names, "step": "look"}
        return visitor.post(f"/classes/{classroom}/roster", fields)

    return choose


def a_demo_list(name):
    return (shipped("static") / "demo" / name).read_bytes()


def test_the_good_list_of_the_demo_school_is_shown_and_nothing_is_stored(look, connection):
    answer = look(a_demo_list("roster-good.csv"))

    assert answer.status_code == 200
    assert "8 new, 0 known, 0 already here" in answer.text
    assert "<bdi>ana.t</bdi>" in answer.text
    assert connection.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_the_list_with_mistakes_names_the_rows_of_the_spreadsheet(look):
    answer = look(a_demo_list("roster-bad.csv"))

    assert answer.status_code == 422
    assert "Line 2: Line 1 has this name too." in answer.text
    assert "Line 3: There is more than one semicolon." in answer.text
    assert "Line 4: A name has at most" in answer.text
    assert "Line 6: There is no name that can be read." in answer.text


def test_a_file_replaces_what_stands_in_the_box(look):
    answer = look("\ufeffName,User name\r\nDafna Levi,dafna\r\n".encode(), names="Chidi Eze")

    assert '<input type="hidden" name="names" value="\nDafna Levi; dafna">' in answer.text
    assert "Chidi Eze" not in answer.text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00", "This is a spreadsheet, not a CSV file."),
        ("Björn".encode("latin-1"), "Save it again as “CSV UTF-8”"),
        (b"Ana Silva\n" * (LARGEST_FILE // 10 + 1), "at most 200 kB"),
    ],
)
def test_another_file_is_refused_at_its_field_and_what_was_typed_stays(look, body, said):
    answer = look(body, names="Chidi Eze")

    assert answer.status_code == 422
    assert said in answer.text
    assert "Chidi Eze" in answer.text


def test_a_file_of_ten_megabytes_is_refused_in_words(visitor, world, teacher):
    classroom, size = world.classroom(teacher), 10_000_000

    answer = visitor.client.post(
        f"/classes/{classroom}/roster",
        input_stream=BytesIO(bytes(size)),
        content_length=size,
        content_type="multipart/form-data; boundary=part",
    )

    assert answer.status_code == 413
    assert "At most 2 MB can be sent at once." in answer.text
