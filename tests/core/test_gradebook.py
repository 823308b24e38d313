"""Totals, medians, and points as a teacher types them."""

from __future__ import annotations

from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.gradebook import Total, median_percent, points_from_words, total
from quizapp.core.scoring import points_in_words


def test_a_total_says_of_what():
    assert total([(70_000, 90_000), (0, 60_000)]) == Total(70_000, 150_000, 2)
    assert total([(70_000, 90_000), (0, 60_000)]).percent == 47


def test_without_a_mark_there_is_no_percent():
    assert total([]).percent is None


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_median_is_the_median_with_halves_rounded_up(percents):
    assert median_percent(percents) == int(median(percents) + 0.5)


@pytest.mark.parametrize(
    ("typed", "points"), [("7", 70_000), ("7.5", 75_000), ("7,25", 72_500), (" 0 ", 0), (".5", 5_000)]
)
def test_points_are_read_with_a_point_or_a_comma(typed, points):
    assert points_from_words(typed) == points


@pytest.mark.parametrize(
    "typed", ["", "-1", "seven", "7.123", "7.5.5", "1e3", "٧", ".", "NaN", "9" * 10, "1_0", "+1"]
)
def test_what_is_no_number_of_points_is_refused(typed):
    with pytest.raises(ValueError, match=r".*"):
        points_from_words(typed)


@given(st.integers(0, 100_000))
def test_what_is_written_is_read_back(hundredths):
    assert points_from_words(points_in_words(hundredths * 100)) == hundredths * 100
