"""The settings of a school: their defaults, and what a stored value means."""

from __future__ import annotations

import pytest

from quizapp.core.settings import ALL_SETTINGS, TEACHING_DAYS, Weekday


def test_a_school_teaches_from_monday_to_friday_until_it_says_otherwise():
    assert sorted(TEACHING_DAYS.default) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("setting", ALL_SETTINGS, ids=lambda setting: setting.key)
def test_the_default_survives_the_way_to_the_database_and_back(setting):
    assert setting.parse(setting.to_json(setting.default)) == setting.default


def test_days_are_stored_as_numbers_in_order():
    assert TEACHING_DAYS.to_json(frozenset({Weekday.SUNDAY, Weekday.MONDAY})) == [0, 6]


@pytest.mark.parametrize("stored", [[], [7], ["Monday"], 3, None])
def test_what_means_nothing_reads_as_the_default(stored):
    assert TEACHING_DAYS.read(stored) == TEACHING_DAYS.default
