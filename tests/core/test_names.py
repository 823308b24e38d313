"""The one normal form of names, and what is stored of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.names import MAX_KEY, MAX_NAME, is_too_long, normal_form, shown_form


@given(st.text(max_size=60))
def test_the_normal_form_of_a_normal_form_is_itself(name):
    assert normal_form(normal_form(name)) == normal_form(name)


@given(st.text(max_size=60))
def test_what_is_shown_has_the_normal_form_of_what_was_typed(name):
    assert normal_form(shown_form(name)) == normal_form(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Silva", "  ana\tSILVA "),
        ("Straße", "STRASSE"),
        ("José", "Jose\u0301"),
        ("ﬁona", "Fiona"),
        ("李娜", "李娜\u200b"),
        ("نیکی\u200cزاد", "نیکیزاد"),
    ],
)
def test_names_that_read_alike_are_one_name(one, other):
    assert normal_form(one) == normal_form(other)


def test_a_tab_between_two_names_is_white_space():
    assert shown_form("Ana\tSilva\n") == "Ana Silva"


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u200e", "\u200d", "\x00\x07", "\u2066\u2069"])
def test_nothing_visible_is_no_name(name):
    assert shown_form(name) == ""


def test_signs_that_turn_the_direction_of_a_page_are_dropped():
    assert shown_form("Ana\u202eavliS") == "AnaavliS"


def test_joiners_stay_in_what_is_shown():
    assert shown_form("نیکی\u200cزاد") == "نیکی\u200cزاد"


@given(st.text(min_size=1, max_size=MAX_NAME))
def test_a_name_that_is_not_too_long_fits_its_columns(name):
    shown = shown_form(name)

    assert is_too_long(shown) or (len(shown) <= MAX_NAME and len(normal_form(shown)) <= MAX_KEY)


def test_a_short_name_may_have_a_normal_form_that_is_too_long():
    assert is_too_long("ﷺ" * 30)
    assert not is_too_long("ß" * 60)
