"""The pages of teachers: what is refused comes back at its field, and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from quizapp.storage.tables import Assignment, Enrolment, User
from tests.builders.written import hand_in_written, mark_written
from tests.support.visitor import Visitor


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher("Ms Adler")


@pytest.fixture
def visitor(app, world, teacher):
    return Visitor(app, world, teacher)


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


# --- classes -----------------------------------------------------------------------------------------------------


def test_the_first_day_says_what_to_do(visitor):
    page = visitor.get("/classes")

    assert "Make your first class" in page.text
    assert "/classes/new" in page.text


def test_a_class_is_made_and_asks_for_its_students(visitor):
    answer = visitor.post("/classes/new", {"title": "10A"})

    assert answer.status_code == 302
    assert answer.location.endswith("/roster")
    assert "10A" in visitor.get("/classes").text


def test_a_name_that_is_refused_stays_in_its_field(visitor, classroom):
    answer = visitor.post("/classes/new", {"title": "10a"})

    assert answer.status_code == 422
    assert "You already have a class called 10a." in answer.text
    assert 'value="10a"' in answer.text


def test_a_class_can_be_renamed(visitor, classroom):
    visitor.post(f"/classes/{classroom}/name", {"title": "11A"})

    assert "11A" in visitor.get(f"/classes/{classroom}").text


# --- the list of a class -----------------------------------------------------------------------------------------

NAMES = "Ana Silva\n李娜\nمحمد عبد الله"


def test_names_are_looked_at_before_they_are_added(visitor, classroom, connection):
    answer = visitor.post(f"/classes/{classroom}/roster", {"names": NAMES, "step": "look"})

    assert answer.status_code == 200
    assert answer.text.count("New student\n") == 3
    assert "<bdi>محمد عبد الله</bdi>" in answer.text
    assert connection.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_adding_shows_each_pin_once(visitor, classroom):
    answer = visitor.post(f"/classes/{classroom}/roster", {"names": NAMES, "step": "add"})
    again = visitor.post(f"/classes/{classroom}/roster", {"names": NAMES, "step": "add"})

    pins = re.findall(r'login-card__pin">(\d{6})<', answer.text)
    assert len(pins) == 3
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Nobody is new" in again.text
    assert not any(pin in again.text for pin in pins)


def test_a_bad_line_is_named_and_the_list_stays(visitor, classroom, connection):
    names = "Ana Silva\n\nAna Silva\n; nobody"

    answer = visitor.post(f"/classes/{classroom}/roster", {"names": names, "step": "add"})

    assert answer.status_code == 422
    assert "Line 3: Line 1 has this name too." in answer.text
    assert "Line 4: There is no name that can be read." in answer.text
    assert "Ana Silva\n\nAna Silva\n; nobody</textarea>" in answer.text.replace("\r", "")
    assert "Add these students" not in answer.text
    assert connection.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_an_empty_list_is_refused_at_its_field(visitor, classroom):
    answer = visitor.post(f"/classes/{classroom}/roster", {"names": " \n", "step": "look"})

    assert answer.status_code == 422
    assert "Paste at least one name, a name a line." in answer.text


def test_a_name_is_text_and_never_markup(visitor, classroom):
    visitor.post(f"/classes/{classroom}/roster", {"names": "<b>Ana</b>", "step": "add"})

    assert "<bdi>&lt;b&gt;Ana&lt;/b&gt;</bdi>" in visitor.get(f"/classes/{classroom}").text


def test_a_known_name_can_be_another_person(world, visitor, teacher, classroom, connection):
    world.student("Ana Silva", classroom=world.classroom(teacher, "10B"))

    shown = visitor.post(f"/classes/{classroom}/roster", {"names": "Ana Silva", "step": "look"})
    visitor.post(f"/classes/{classroom}/roster", {"names": "Ana Silva", "step": "add", "apart": "1"})

    assert "Known from another class of yours" in shown.text
    assert connection.scalars(
        select(User.user_name).where(User.role == "student").order_by(User.id)
    ).all() == [
        "Ana Silva",
        "Ana Silva 2",
    ]


def test_a_student_is_taken_out_after_a_question(world, visitor, classroom):
    student = world.student("Ana Silva", classroom=classroom)
    path = f"/classes/{classroom}/students/{student.id}/remove"

    assert visitor.get(path).status_code == 200
    assert visitor.post(path).status_code == 302
    visitor.get("/classes")  # where the sentence about it is said, once
    assert "Ana Silva" not in visitor.get(f"/classes/{classroom}").text
    assert visitor.get(path).status_code == 404


# --- assigning ---------------------------------------------------------------------------------------------------

QUIZ = {"what": "quiz:sample:quiz", "preset": "homework", "attempts_allowed": "2", "counts": "highest"}


def test_a_lesson_and_its_quiz_are_assigned_in_one_go(visitor, classroom, connection):
    answer = visitor.post(
        f"/classes/{classroom}/assign",
        {**QUIZ, "what": "lesson:sample:who-says", "with_quiz": "y", "due_at": "2026-12-04T18:00"},
    )

    assert answer.status_code == 302
    assert connection.scalars(select(Assignment.kind).order_by(Assignment.id)).all() == ["lesson", "quiz"]
    assert "Fri 4 Dec, 18:00" in visitor.get(f"/classes/{classroom}").text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"opens_at": "2026-12-02T08:00", "closes_at": "2026-12-01T08:00"}, "Closes must be after Opens."),
        ({"due_at": "2026-12-02T08:00", "closes_at": "2026-12-01T08:00"}, "be before Due."),
        ({"opens_at": "2027-03-28T01:30"}, "this time is skipped"),
        ({"opens_at": "2027-10-31T01:30"}, "this time comes twice"),
        ({"opens_at": "2027-10-31T01:30", "opens_at-which": "7"}, "this time comes twice"),
        ({"opens_at": "tomorrow"}, "This is no date that can be read."),
        ({"opens_at": "9999-12-31T23:59"}, "Check the year."),
        ({"opens_at": "0001-01-01T00:00"}, "Check the year."),
        ({"attempts_allowed": "0"}, "From 1 to 20 tries."),
        ({"attempts_allowed": "many"}, "Not a valid integer value."),
        ({"limit_minutes": "2000"}, "From 1 to 1440 minutes, or nothing."),
        ({"what": "quiz:sample:none"}, "Not a valid choice."),
        ({"preset": "exam"}, "Not a valid choice."),
    ],
)
def test_what_cannot_be_assigned_is_said_at_its_field(visitor, classroom, connection, fields, sentence):
    answer = visitor.post(f"/classes/{classroom}/assign", {**QUIZ, **fields})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert connection.scalar(select(func.count()).select_from(Assignment)) == 0
    for name in ("opens_at", "closes_at"):
        if name in fields:
            assert f'value="{fields[name]}"' in answer.text


@pytest.mark.parametrize(("which", "hour"), [("0", 0), ("1", 1)])
def test_a_time_that_comes_twice_is_chosen(visitor, classroom, connection, which, hour):
    asked = visitor.post(f"/classes/{classroom}/assign", {**QUIZ, "opens_at": "2027-10-31T01:30"})
    assert 'name="opens_at-which"' in asked.text

    visitor.post(
        f"/classes/{classroom}/assign", {**QUIZ, "opens_at": "2027-10-31T01:30", "opens_at-which": which}
    )

    opens_at = connection.scalar(select(Assignment.opens_at))
    assert (opens_at.hour, opens_at.minute) == (hour, 30)
    assignment = connection.scalar(select(Assignment.id))
    form = visitor.get(f"/classes/{classroom}/assignments/{assignment}/dates").text
    assert re.search(rf'name="opens_at-which" value="{which}" checked', form)


def test_dates_are_changed_in_the_schools_own_time(world, visitor, classroom, connection):
    quiz = world.assignment(classroom, closes_at=world.now)
    path = f"/classes/{classroom}/assignments/{quiz}/dates"
    assert 'value="2026-11-23T12:00"' in visitor.get(path).text

    answer = visitor.post(path, {"closes_at": "2027-06-01T18:00", "attempts_allowed": "3"})

    assert answer.status_code == 302
    assert connection.scalar(select(Assignment.closes_at)).hour == 17


def test_a_lesson_has_dates_and_no_tries(world, visitor, classroom):
    lesson = world.assignment(classroom, kind="lesson", content_key="sample:who-says", preset="practice")
    path = f"/classes/{classroom}/assignments/{lesson}/dates"

    assert "attempts_allowed" not in visitor.get(path).text
    assert visitor.post(path, {"due_at": "2027-06-01T18:00"}).status_code == 302


# --- who did what ------------------------------------------------------------------------------------------------


def test_show_results_says_what_it_does_and_for_how_many(world, visitor, teacher, classroom):
    quiz = world.assignment(classroom, preset="test")
    path = f"/classes/{classroom}/assignments/{quiz}"
    attempt = hand_in_written(world, world.student("Ana", classroom=classroom), quiz)
    mark_written(world, teacher, attempt)

    before = visitor.get(path).text
    visitor.post(f"{path}/results")
    after = visitor.get(path).text

    assert "1 mark with its comment waits to be shown." in before
    assert "1 student will see it later" in before
    assert "You showed the results on" in after
    assert "Show results" not in after


def test_a_lesson_page_shows_no_points(world, visitor, classroom):
    lesson = world.assignment(classroom, kind="lesson", content_key="sample:who-says", preset="practice")
    world.student("Ana", classroom=classroom)

    page = visitor.get(f"/classes/{classroom}/assignments/{lesson}").text

    assert "0 of 8" in page
    assert "Points" not in page


# --- a class that is over ----------------------------------------------------------------------------------------


def test_a_class_is_archived_after_a_look_and_brought_back(app, world, visitor, classroom):
    student = world.student(classroom=classroom)
    pupil = Visitor(app, world, student)
    quiz = world.assignment(classroom, title="The leaflet")
    hand_in_written(world, student, quiz)
    assert f"/classes/{classroom}/archive" in visitor.get(f"/classes/{classroom}").text

    asked = visitor.get(f"/classes/{classroom}/archive")
    archived = visitor.post(f"/classes/{classroom}/archive")

    assert "Nothing is deleted" in asked.text
    assert archived.location == "/classes"
    assert f'action="/classes/{classroom}/restore"' in visitor.get("/classes").text
    assert "can begin nothing" in visitor.get(f"/classes/{classroom}").text
    assert "The leaflet" not in pupil.get("/home").text
    assert "From classes that are over" in pupil.get("/progress").text
    assert "This class is over" in pupil.get(f"/assignments/{quiz}").text
    assert pupil.post(f"/assignments/{quiz}/attempts").status_code == 422
    visitor.post(f"/classes/{classroom}/restore")
    assert "The leaflet" in pupil.get("/home").text
