"""When an attempt ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.deadlines import (
    GRACE,
    Factor,
    TimeRules,
    deadline,
    extended,
    is_overdue,
    is_past_grace,
    own_closes,
    own_limit,
    own_share,
    reopened,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = 60 * MINUTE


@pytest.mark.parametrize(
    ("factor", "minutes"),
    [(Factor.NORMAL, 20), (Factor.QUARTER_MORE, 25), (Factor.HALF_MORE, 30), (Factor.DOUBLE, 40)],
)
def test_the_factor_stretches_limit_and_closes_alike(factor, minutes):
    rules = TimeRules(limit_seconds=20 * 60, closes_at=NOON, factor_percent=factor)

    assert own_limit(rules) == minutes * MINUTE
    assert own_closes(rules) == NOON + (minutes - 20) * MINUTE


def test_an_untimed_student_has_no_limit_and_closes_one_limit_later():
    rules = TimeRules(limit_seconds=20 * 60, closes_at=NOON, is_untimed=True)

    assert own_limit(rules) is None
    assert own_closes(rules) == NOON + 20 * MINUTE
    assert deadline(NOON - HOUR, rules) == NOON + 20 * MINUTE


def test_without_a_limit_the_factor_moves_nothing():
    rules = TimeRules(limit_seconds=None, closes_at=NOON, factor_percent=200)

    assert own_closes(rules) == NOON
    assert deadline(NOON - HOUR, rules) == NOON


def test_a_date_of_the_students_own_replaces_closes_whatever_the_factor():
    rules = TimeRules(limit_seconds=20 * 60, closes_at=NOON, factor_percent=200, own_closes_at=NOON - HOUR)

    assert own_closes(rules) == NOON - HOUR


@pytest.mark.parametrize(
    ("started_at", "ends_at"),
    [(NOON - HOUR, NOON - 40 * MINUTE), (NOON - 10 * MINUTE, NOON)],
)
def test_the_earlier_of_limit_and_closes_ends_a_try(started_at, ends_at):
    assert deadline(started_at, TimeRules(limit_seconds=20 * 60, closes_at=NOON)) == ends_at


def test_nothing_ends_a_try_without_limit_and_closes():
    assert deadline(NOON, TimeRules(limit_seconds=None, closes_at=None)) is None
    assert not is_overdue(None, NOON)
    assert not is_past_grace(None, NOON)


def test_half_a_second_of_extra_time_is_rounded_up():
    assert own_limit(TimeRules(limit_seconds=61, closes_at=None, factor_percent=150)) == timedelta(seconds=92)


def test_the_grace_is_hidden_and_ends():
    assert not is_overdue(NOON, NOON)
    assert is_overdue(NOON, NOON + timedelta(microseconds=1))
    assert not is_past_grace(NOON, NOON + GRACE)
    assert is_past_grace(NOON, NOON + GRACE + timedelta(microseconds=1))


@given(
    st.one_of(st.none(), st.integers(60, 86_400)),
    st.one_of(st.none(), st.integers(-86_400, 86_400)),
    st.sampled_from(list(Factor)),
    st.sampled_from(list(Factor)),
)
def test_more_time_never_ends_a_try_earlier(limit_seconds, closes_in, less, more):
    closes_at = NOON + timedelta(seconds=closes_in) if closes_in is not None else None
    low, high = sorted([less, more])

    first = deadline(NOON, TimeRules(limit_seconds, closes_at, low))
    second = deadline(NOON, TimeRules(limit_seconds, closes_at, high))
    untimed = deadline(NOON, TimeRules(limit_seconds, closes_at, is_untimed=True))

    assert (first is None) == (second is None)
    assert first is None or (second is not None and second >= first)
    assert first is None or untimed is None or untimed >= first


@given(
    st.integers(60, 86_400),
    st.one_of(st.none(), st.integers(-86_400, 86_400)),
    st.sampled_from(list(Factor)),
    st.integers(0, 10_000),
    st.integers(1, 86_400),
    st.floats(-90_000, 90_000),
)
def test_time_that_is_given_is_there_to_work(limit_seconds, closes_in, factor, extra, more, passed):
    closes_at = NOON + timedelta(seconds=closes_in) if closes_in is not None else None
    rules = TimeRules(limit_seconds, closes_at, factor)
    now = NOON + timedelta(seconds=passed)
    before = deadline(NOON, rules, extra)
    assert before is not None

    after = deadline(NOON, rules, extended(extra, before, now, more))

    assert after is not None
    assert timedelta(0) <= after - max(before, now) - timedelta(seconds=more) < timedelta(seconds=1)


@given(
    st.integers(60, 86_400),
    st.one_of(st.none(), st.integers(-86_400, 86_400)),
    st.integers(1, 86_400),
    st.floats(0, 90_000),
)
def test_opening_again_gives_the_minutes_and_takes_none(limit_seconds, closes_in, work_seconds, passed):
    closes_at = NOON + timedelta(seconds=closes_in) if closes_in is not None else None
    rules = TimeRules(limit_seconds, closes_at)
    now = NOON + timedelta(seconds=passed)
    by_rules = deadline(NOON, rules)
    assert by_rules is not None

    after = deadline(NOON, rules, reopened(by_rules, now, work_seconds))

    wanted = max(by_rules, now + timedelta(seconds=work_seconds))
    assert after is not None
    assert timedelta(0) <= after - wanted < timedelta(seconds=1)


@given(st.integers(0, 86_400), st.integers(-86_400, 86_400), st.integers(-86_400, 86_400))
def test_extra_time_stays_on_top_whatever_date_is_changed(extra, closes_in, other_closes_in):
    for seconds in (closes_in, other_closes_in):
        rules = TimeRules(600, NOON + timedelta(seconds=seconds))
        with_extra, without = deadline(NOON, rules, extra), deadline(NOON, rules)

        assert with_extra is not None
        assert without is not None
        assert with_extra - without == timedelta(seconds=extra)


def test_of_minutes_for_everybody_each_gets_the_own_share():
    assert own_share(300, TimeRules(1200, NOON)) == 300
    assert own_share(300, TimeRules(1200, NOON, Factor.HALF_MORE)) == 450
    assert own_share(301, TimeRules(1200, NOON, Factor.QUARTER_MORE)) == 377
    assert own_share(300, TimeRules(1200, NOON, is_untimed=True)) == 300


def test_what_has_no_end_is_given_none_by_extra_time():
    assert deadline(NOON, TimeRules(limit_seconds=None, closes_at=None), 600) is None


def test_a_closes_that_is_moved_before_the_start_ends_the_try_at_its_start():
    assert deadline(NOON, TimeRules(limit_seconds=None, closes_at=NOON - HOUR)) == NOON


# --- a class that is archived ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rules",
    [
        TimeRules(limit_seconds=None, closes_at=None),
        TimeRules(limit_seconds=7200, closes_at=None, factor_percent=200),
        TimeRules(limit_seconds=7200, closes_at=NOON + 9 * HOUR, is_untimed=True),
        TimeRules(limit_seconds=None, closes_at=NOON, own_closes_at=NOON + 9 * HOUR),
    ],
)
@pytest.mark.parametrize("extra_seconds", [0, 3600])
def test_nothing_outlasts_a_class_that_is_archived(rules, extra_seconds):
    put_away = replace(rules, put_away_at=NOON)

    assert deadline(NOON - MINUTE, put_away, extra_seconds) == NOON
    assert own_closes(put_away) == NOON


def test_what_had_ended_before_its_class_was_archived_ends_as_it_did():
    rules = TimeRules(limit_seconds=None, closes_at=NOON - HOUR, put_away_at=NOON)

    assert own_closes(rules) == deadline(NOON - 2 * HOUR, rules) == NOON - HOUR
