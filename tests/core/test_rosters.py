"""A pasted class list, line by line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.names import MAX_NAME, is_too_long, normal_form
from quizapp.core.rosters import distinct_name, read_roster


def numbers_and_names(text):
    return [(line.number, line.name) for line in read_roster(text)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_the_teacher_counts_them(end):
    text = end.join(["Ana Silva", "", "  ", "李娜", "محمد عبد الله", ""])

    assert numbers_and_names(text) == [(1, "Ana Silva"), (4, "李娜"), (5, "محمد عبد الله")]


def test_a_line_may_give_a_user_name_after_a_semicolon():
    (line,) = read_roster(" Ana Silva ;  ana.s ")

    assert (line.name, line.user_name, line.problem) == ("Ana Silva", "ana.s", None)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("; ana", "There is no name that can be read."),
        ("\u200d", "There is no name that can be read."),
        ("\x07\x08", "There is no name that can be read."),
        ("a" * (MAX_NAME + 1), "A name has at most 120 characters."),
        ("Ana; " + "a" * (MAX_NAME + 1), "A name has at most 120 characters."),
        ("Ana; b; c", "There is more than one semicolon. Write: name; user name"),
    ],
)
def test_a_line_that_cannot_be_used_says_why_and_where(line, sentence):
    _, bad = read_roster("Good Name\n" + line)

    assert bad.number == 2
    assert str(bad.problem) == sentence


def test_a_name_that_stands_twice_points_to_the_first():
    _, second = read_roster("Ana Silva\nana  SILVA")

    assert str(second.problem).startswith("Line 1 has this name too.")


def test_two_people_of_one_name_are_told_apart_by_a_user_name():
    assert all(line.problem is None for line in read_roster("Ana Silva\nAna Silva; ana.s"))


@given(st.text(max_size=300))
def test_any_paste_is_read_and_each_line_has_a_name_or_a_problem(text):
    for line in read_roster(text):
        assert line.problem is not None or (line.name and line.key and not is_too_long(line.name))


def test_a_taken_name_gets_the_first_free_number():
    assert distinct_name("Ana", {"ana", "ana 2", "ana 4"}) == "Ana 3"
    assert distinct_name("Ana", {"anna"}) == "Ana"


@given(st.text(min_size=1, max_size=MAX_NAME).filter(normal_form))
def test_a_distinct_name_is_never_too_long(name):
    if is_too_long(name):
        return

    made = distinct_name(name, {normal_form(name)})

    assert normal_form(made) != normal_form(name)
    assert not is_too_long(made)
