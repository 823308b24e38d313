"""Codes from a wall or a card, however they are typed."""

from __future__ import annotations

import itertools

import pytest

from quizapp.core.join_codes import (
    ALPHABET,
    CARD_CODE_LENGTH,
    CLASS_CODE_LENGTH,
    make_code,
    plain_digits,
    read_code,
    shown_code,
)


def test_a_code_has_no_signs_that_look_alike():
    for alike in ("0OQD8B", "1IL", "2Z", "5S", "6G", "UV"):
        assert len(set(alike) & set(ALPHABET)) <= 1, alike


def test_a_code_is_made_of_the_alphabet():
    signs = itertools.cycle(ALPHABET)

    code = make_code(CLASS_CODE_LENGTH, lambda _alphabet: next(signs))

    assert code == ALPHABET[:CLASS_CODE_LENGTH]


@pytest.mark.parametrize("typed", ["CDF 3KM", "cdf3km", " cdf-3km ", "СDF3КМ", "ＣＤＦ３ＫＭ", "CDF٣KM"])
def test_case_spaces_dashes_and_keyboards_do_not_matter(typed):
    assert read_code(typed) == "CDF3KM"


def test_what_no_code_contains_stays_wrong():
    assert read_code("CDO3KM") == "CDO3KM"


def test_codes_are_shown_in_groups_that_read_back():
    card = (ALPHABET * 2)[:CARD_CODE_LENGTH]

    assert shown_code("CDF3KM") == "CDF 3KM"
    assert [len(group) for group in shown_code(card).split()] == [4, 4, 4, 4]
    assert read_code(shown_code(card)) == card
    assert shown_code("") == ""


def test_digits_of_every_script_are_digits():
    assert plain_digits("٤٨٢٩١٣") == plain_digits("४८२९१३") == "482913"
