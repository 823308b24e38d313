"""Local times, also where the clocks leave out or repeat an hour."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from quizapp.core.local_times import instants_of, start_of_day

LONDON = ZoneInfo("Europe/London")


def test_a_time_means_one_instant_as_a_rule():
    assert instants_of(datetime.fromisoformat("2027-06-01T18:00"), LONDON) == (
        datetime(2027, 6, 1, 17, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_a_time_that_the_clocks_skip_means_none(minute):
    assert instants_of(datetime.fromisoformat(f"2027-03-28T01:{minute:02d}"), LONDON) == ()


def test_a_time_that_comes_twice_means_two():
    first, second = instants_of(datetime.fromisoformat("2027-10-31T01:30"), LONDON)

    assert (first, second) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    )


def test_half_hours_are_known_too():
    assert instants_of(datetime.fromisoformat("2027-10-03T02:15"), ZoneInfo("Australia/Lord_Howe")) == ()


def test_a_day_begins_at_the_change_where_midnight_is_skipped():
    begins = start_of_day(date(2027, 4, 30), ZoneInfo("Africa/Cairo"))

    assert begins == datetime(2027, 4, 29, 22, 0, tzinfo=UTC)
