"""The gradebook's pages and files: states in words, filters that files keep, and refusals at their field."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from itertools import count

import pytest
from sqlalchemy import select

from quizapp.core.questions import Case
from quizapp.services.lessons import note_stuck, start_lesson
from quizapp.storage.tables import AttemptSlot, ContentVersion, Grade, StaffView
from tests.builders.written import begin, hand_in_written, mark_written
from tests.support.sheets import read_sheet
from tests.support.visitor import Visitor

LESSON = {"kind": "lesson", "content_key": "sample:who-says", "title": "Who says?"}
LONG_ARABIC = "فاطمة الزهراء بنت محمد بن عبد الرحمن الأنصاري المراكشي الطويل"[:60]


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher("Ms Adler")


@pytest.fixture
def visitor(app, world, teacher):
    return Visitor(app, world, teacher)


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher, "10A: east")


@pytest.fixture
def quiz(world, classroom):
    return world.assignment(classroom, due_at=world.now + timedelta(hours=1))


def rows_of(answer):
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_the_states_stand_apart_in_words(world, visitor, teacher, classroom, quiz, clock):
    names = ("Waits", "Marked", "Zero", "Works", LONG_ARABIC, "Nothing")
    waits, marked, zero, works, arabic, _ = (world.student(name, classroom=classroom) for name in names)
    hand_in_written(world, waits, quiz)
    mark_written(world, teacher, hand_in_written(world, marked, quiz))
    hand_in_written(world, zero, quiz, text=None)
    begin(world, works, quiz)
    clock.move(hours=2)
    hand_in_written(world, arabic, quiz, text=None)

    page = visitor.get(f"/classes/{classroom}/gradebook").text

    for words in ("3 of 9", "so far, waits for a mark", "in progress", "missing", "late", "0 of 9"):
        assert words in page
    assert "1 of 1 quiz" in page
    assert LONG_ARABIC in page


def test_the_files_hold_what_the_page_shows(world, visitor, teacher, classroom, quiz):
    other = world.assignment(classroom, title="Other")
    waits, done = (world.student(name, classroom=classroom) for name in ("=1+1", "Done"))
    hand_in_written(world, waits, quiz)
    mark_written(world, teacher, hand_in_written(world, done, other))

    everything = rows_of(visitor.get(f"/classes/{classroom}/gradebook.csv"))
    filtered = visitor.get(f"/classes/{classroom}/gradebook.csv?quiz={quiz}&waiting=1")
    sheet = visitor.get(f"/classes/{classroom}/gradebook.xlsx?quiz={quiz}&waiting=1")

    assert [row[0] for row in everything] == ["Student", "'=1+1", "Done"]
    assert rows_of(filtered) == [
        [
            "Student",
            "Sample quiz: points",
            "Sample quiz: of",
            "Sample quiz: state",
            "Total points",
            "Total of",
            "Total percent",
            "Marks counted",
            "Missing",
            "Excused",
        ],
        ["'=1+1", "0", "9", "so far, waits for a mark", "", "", "", "0", "0", "0"],
    ]
    assert read_sheet(sheet.data)[1] == ["'=1+1", 0.0, 9.0, "so far, waits for a mark", 0.0, 0.0, 0.0]
    assert "gradebook-10A--east.csv" in filtered.headers["Content-Disposition"]


def test_a_filter_without_a_result_says_so_and_leads_back(world, visitor, classroom, quiz):
    world.student(classroom=classroom)

    page = visitor.get(f"/classes/{classroom}/gradebook?waiting=1")

    assert page.status_code == 200
    assert "Nothing waits for a mark" in page.text
    assert f'href="/classes/{classroom}/gradebook"' in page.text


@pytest.mark.parametrize("query", ["quiz=abc", "quiz=", "quiz=-1", "waiting=maybe", "quiz=%D9%A7"])
def test_a_filter_that_means_nothing_filters_nothing(world, visitor, classroom, quiz, query):
    world.student("Maya", classroom=classroom)

    assert "Maya" in visitor.get(f"/classes/{classroom}/gradebook?{query}").text


def test_an_unknown_quiz_is_not_found(visitor, classroom):
    assert visitor.get(f"/classes/{classroom}/gradebook?quiz=999999999").status_code == 404


def test_a_class_without_students_or_quizzes_says_what_to_do(world, visitor, classroom):
    assert "No students yet" in visitor.get(f"/classes/{classroom}/gradebook").text
    world.student(classroom=classroom)

    assert "No quiz yet" in visitor.get(f"/classes/{classroom}/gradebook").text


def test_a_mark_is_set_and_undone_from_its_cell(world, visitor, classroom, quiz):
    student = world.student(classroom=classroom)
    cell = f"/classes/{classroom}/gradebook/{student.id}/{quiz}"

    visitor.post(f"{cell}/mark", {"points": "7,5", "reason": "Read it aloud"})
    page = visitor.get(cell).text
    visitor.post(f"{cell}/mark/undo")
    undone = visitor.get(cell).text

    assert "7.5 of 9" in page
    assert "Read it aloud" in page
    assert "Ms Adler" in page
    assert "7.5 of 9" not in undone


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ("ten", "Type the points as a number"),
        ("", "Type the points as a number"),
        ("9.01", "This quiz gives from 0 to 9 points."),
    ],
)
def test_a_mark_that_can_not_be_is_refused_at_its_field(
    world, visitor, classroom, quiz, connection, points, sentence
):
    student = world.student(classroom=classroom)

    refused = visitor.post(
        f"/classes/{classroom}/gradebook/{student.id}/{quiz}/mark",
        {"points": points, "reason": "Kept words"},
    )

    assert refused.status_code == 422
    assert sentence in refused.text
    assert "Kept words" in refused.text
    assert connection.scalars(select(Grade.override_points)).all() in ([], [None])


def test_an_excuse_needs_a_reason_and_ends_with_one(world, visitor, classroom, quiz):
    student = world.student(classroom=classroom)
    cell = f"/classes/{classroom}/gradebook/{student.id}/{quiz}"

    refused = visitor.post(f"{cell}/excuse", {"excuse-reason": ""})
    visitor.post(f"{cell}/excuse", {"excuse-reason": "Was ill"})
    excused = visitor.get(cell).text
    visitor.post(f"{cell}/excuse/end", {"excuse-reason": "Is back"})
    ended = visitor.get(cell).text

    assert refused.status_code == 422
    assert "Say why, for the record." in refused.text
    assert "Was ill" in excused
    assert "Was ill" not in ended


def test_opening_a_cell_notes_who_looked(world, visitor, teacher, classroom, quiz, connection):
    student = world.student(classroom=classroom)
    hand_in_written(world, student, quiz)

    page = visitor.get(f"/classes/{classroom}/gradebook/{student.id}/{quiz}")

    assert "Answers of try 1" in page.text
    seen = connection.execute(select(StaffView.viewer_id, StaffView.student_id, StaffView.page)).all()
    assert [tuple(row) for row in seen] == [(teacher.id, student.id, "gradebook")]


def test_the_class_page_says_who_is_where_and_whom_to_check_in_with(world, runtime, visitor, classroom):
    world.assignment(classroom, **LESSON)
    maya = world.student("Maya", classroom=classroom)
    world.student("Kai", classroom=classroom)
    start_lesson(runtime, maya.actor, slug="who-says", case=Case.B)
    note_stuck(runtime, maya.actor, slug="who-says", number=1)

    page = visitor.get(f"/classes/{classroom}").text

    assert "screen 1 of 8" in page
    assert "not started" in page
    assert "Pressed “I am stuck here” on screen 1 of Who says?" in page


def test_a_talk_needs_a_note_and_then_clears_the_name(world, runtime, visitor, classroom):
    maya = world.student("Maya", classroom=classroom)
    start_lesson(runtime, maya.actor, slug="who-says", case=Case.B)
    note_stuck(runtime, maya.actor, slug="who-says", number=1)
    address = f"/classes/{classroom}/check-in/{maya.id}"

    refused = visitor.post(address, {"note": " "})
    visitor.post(address, {"note": "Will ask Kai"})
    done = visitor.get(f"/classes/{classroom}/check-in").text

    assert refused.status_code == 422
    assert "Note in a few words what you agreed." in refused.text
    assert "Nobody at the moment" in done
    assert "Will ask Kai" in visitor.get(f"/students/{maya.id}").text


def test_beside_a_name_neither_the_chosen_case_nor_a_written_answer_can_be_read(
    world, visitor, classroom, quiz, connection, monkeypatch
):
    seeds = count(1)
    monkeypatch.setattr("quizapp.services.attempts.secrets.randbits", lambda _bits: next(seeds))
    stems = set()
    while not stems:
        student = world.student(classroom=classroom)
        attempt = hand_in_written(world, student, quiz, "My own words, which name nobody.")
        asked = connection.execute(
            select(ContentVersion.body)
            .join(AttemptSlot, AttemptSlot.question_version_id == ContentVersion.id)
            .where(AttemptSlot.attempt_id == attempt)
        ).scalars()
        stems = {body["stem"] for body in asked if body["slot"]}

    page = visitor.get(f"/classes/{classroom}/gradebook/{student.id}/{quiz}").text

    assert not any(stem in page for stem in stems)
    assert "My own words" not in page
    assert "written answers are read under Grading" in page
