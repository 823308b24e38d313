"""Marking in the browser, without names and without script."""

from __future__ import annotations

import re

import pytest

from quizapp.web.words import shortened
from tests.builders.written import hand_in_written, mark_written, newest_mark
from tests.support.visitor import Visitor


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher("Ms Adler")


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


@pytest.fixture
def attempt(world, classroom):
    return hand_in_written(
        world, world.student("Ana Silva", classroom=classroom), world.assignment(classroom)
    )


@pytest.fixture
def visitor(app, world, teacher):
    return Visitor(app, world, teacher)


def address(visitor):
    found = re.search(r"/grading/\d+/\d+", visitor.get("/grading").text)
    assert found is not None
    return found[0]


def test_an_empty_queue_says_so(visitor):
    assert "Nothing to mark" in visitor.get("/grading").text


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("Who says so?", 12, "Who says so?"),
        ("Who says so? Write it down.", 26, "Who says so? Write it …"),
        ("Who says so? Write it down.", 18, "Who says so …"),
        ("Wer sagt das…… und wo", 18, "Wer sagt das …"),
        ("Nospaceanywhere", 10, "Nospacea …"),
    ],
)
def test_a_long_question_is_cut_between_words_and_ends_in_one_ellipsis(text, most, shown):
    assert shortened(text, most) == shown
    assert len(shown) <= most


def test_an_answer_is_read_without_its_name(visitor, attempt):
    page = visitor.get(address(visitor)).text

    assert "Nobody asked the baker." in page
    assert "Ana" not in page
    assert "0 of 1 marked" in page
    for words in ("Mastery", "Emerging", "Beginning"):
        assert words in page


def test_what_was_written_is_text_and_never_markup(world, visitor, classroom):
    student = world.student(classroom=classroom)
    hand_in_written(world, student, world.assignment(classroom), text="<script>alert(1)</script> so they say")

    assert "&lt;script&gt;alert(1)" in visitor.get(address(visitor)).text


def test_a_mark_leads_to_the_next_and_then_to_the_results(world, visitor, attempt):
    there = address(visitor)

    answer = visitor.post(
        f"{there}/{attempt}", {"level-sources": "1", "comment": "Who told you?", "seen": "0"}
    )

    assert answer.status_code == 302
    assert newest_mark(world, attempt).levels == {"sources": 1}
    page = visitor.get(there).text
    assert "All marked" in page
    assert "1 of 1 marked" in page
    assert "To the class, to show the results" in page


def test_a_missing_level_is_refused_at_its_criterion_and_the_comment_stays(world, visitor, attempt):
    answer = visitor.post(f"{address(visitor)}/{attempt}", {"comment": "Who told you?", "seen": "0"})

    assert answer.status_code == 422
    assert 'href="#level-sources"' in answer.text
    assert "Choose a level for Sources." in answer.text
    assert "Who told you?" in answer.text
    assert newest_mark(world, attempt) is None


@pytest.mark.parametrize("level", ["3", "-1", "two", ""])
def test_a_level_that_does_not_exist_is_refused(world, visitor, attempt, level):
    answer = visitor.post(f"{address(visitor)}/{attempt}", {"level-sources": level, "seen": "0"})

    assert answer.status_code == 422
    assert newest_mark(world, attempt) is None


def test_two_who_mark_the_same_see_both_marks(world, visitor, attempt, classroom):
    colleague = world.teacher()
    world.co_teacher(colleague, classroom)
    there = f"{address(visitor)}/{attempt}"
    mark_written(world, colleague, attempt, level=0, comment="Too short")

    answer = visitor.post(there, {"level-sources": "2", "comment": "Fine", "seen": "0"})

    assert answer.status_code == 409
    assert "Too short" in answer.text
    assert "Fine" in answer.text
    assert newest_mark(world, attempt).earned == 0
    seen = re.search(r'name="seen" type="hidden" value="(\d+)"', answer.text)
    assert seen is not None
    assert visitor.post(there, {"level-sources": "2", "comment": "Fine", "seen": seen[1]}).status_code == 302
    assert newest_mark(world, attempt).earned == 2


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40])
def test_a_forged_mark_that_was_seen_is_a_conflict_or_none(world, teacher, visitor, attempt, seen):
    mark_written(world, teacher, attempt, level=0)

    answer = visitor.post(f"{address(visitor)}/{attempt}", {"level-sources": "2", "seen": seen})

    assert answer.status_code == 409
    assert newest_mark(world, attempt).earned == 0


def test_a_marked_answer_can_be_opened_and_marked_again(world, teacher, visitor, attempt):
    mark_written(world, teacher, attempt, level=0, comment="Too short")
    there = f"{address(visitor)}/{attempt}"

    page = visitor.get(there).text

    assert re.search(r'name="level-sources" value="0" checked', page)
    assert "Too short" in page
