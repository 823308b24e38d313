"""Whom to check in with: each reason, what is none, and how a reason goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.check_in import (
    GivenWork,
    GradedTry,
    Noticed,
    SchoolWeek,
    Severity,
    StudentFacts,
    is_left_unfinished,
    is_wrong_run,
    reasons,
)
from quizapp.core.settings import TEACHING_DAYS, Weekday

MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WEEK = SchoolWeek(ZoneInfo("Europe/London"), TEACHING_DAYS.default)


def a_work(**facts):
    defaults = {
        "title": "Quiz",
        "opens_at": None,
        "due_at": None,
        "closes_at": None,
        "is_excused": False,
        "is_handed_in": False,
        "touched_at": None,
    }
    return GivenWork(**{**defaults, **facts})


def a_try(percent, *, days_ago=1, is_last=False):
    return GradedTry("Quiz", MONDAY - days_ago * DAY, percent * 100, 10_000, is_last)


def why(now=MONDAY, week=WEEK, **facts):
    return [one.severity for one in reasons(StudentFacts(**facts), now, week)]


def test_work_that_is_past_due_and_not_handed_in_is_a_reason_until_it_is_handed_in():
    late = a_work(due_at=MONDAY - DAY)

    assert why(work=(late,)) == [Severity.OVERDUE]
    assert why(work=(a_work(due_at=MONDAY - DAY, is_handed_in=True),)) == []
    assert why(work=(a_work(due_at=MONDAY + DAY),)) == []
    assert why(work=(a_work(due_at=MONDAY - DAY, is_excused=True),)) == []


def test_work_without_due_counts_from_closes():
    assert why(work=(a_work(closes_at=MONDAY - DAY),)) == [Severity.OVERDUE]


def test_work_that_is_not_open_yet_is_never_a_reason():
    closed = a_work(opens_at=MONDAY + DAY, due_at=MONDAY - DAY, touched_at=MONDAY - 20 * DAY)

    assert why(work=(closed,)) == []


@pytest.mark.parametrize(
    ("touched", "now", "expected"),
    [
        (MONDAY, MONDAY + 2 * DAY, []),
        (MONDAY, MONDAY + 3 * DAY, [Severity.IDLE]),
        (MONDAY - 3 * DAY, MONDAY + DAY, []),
        (MONDAY - 3 * DAY, MONDAY + 2 * DAY, [Severity.IDLE]),
    ],
    ids=["Monday to Wednesday", "Monday to Thursday", "Friday to Tuesday", "Friday to Wednesday"],
)
def test_idle_days_are_those_of_the_teaching_week(touched, now, expected):
    assert why(now, work=(a_work(touched_at=touched),)) == expected


def test_another_week_counts_its_own_days():
    weekend_school = SchoolWeek(WEEK.zone, frozenset({Weekday.SATURDAY, Weekday.SUNDAY}))
    work = (a_work(touched_at=MONDAY - 7 * DAY),)

    assert why(work=work) == [Severity.IDLE]
    assert why(week=weekend_school, work=work) == []


def test_idle_work_that_has_closed_can_not_be_gone_on_with():
    assert why(work=(a_work(touched_at=MONDAY - 9 * DAY, closes_at=MONDAY - DAY, is_handed_in=True),)) == []


@given(
    start=st.integers(0, 400), length=st.integers(0, 60), days=st.sets(st.sampled_from(Weekday), min_size=1)
)
def test_days_between_are_counted_one_by_one(start, length, days):
    since = MONDAY + start * DAY
    week = SchoolWeek(ZoneInfo("UTC"), frozenset(days))

    one_by_one = sum((since + number * DAY).weekday() in days for number in range(1, length + 1))

    assert week.days_between(since, since + length * DAY) == one_by_one


def test_the_last_two_graded_tries_under_60_percent_are_a_reason():
    assert why(tries=(a_try(59), a_try(40, days_ago=9))) == [Severity.LOW]
    assert why(tries=(a_try(60), a_try(40, days_ago=9))) == []
    assert why(tries=(a_try(59), a_try(60, days_ago=9))) == []


def test_one_low_try_is_a_reason_only_with_none_left():
    assert why(tries=(a_try(59),)) == []
    assert why(tries=(a_try(59, is_last=True),)) == [Severity.LOW]
    assert why(tries=(a_try(60, is_last=True),)) == []


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        ([0, 0, 0, 0], True),
        ([0, 0, 0], False),
        ([1, 0, 0, 0, 0], False),
        ([0, 0, 0, 0, 1], True),
        ([], False),
    ],
)
def test_four_wrong_in_a_row_count_from_the_newest(newest, expected):
    assert is_wrong_run(newest) is expected


@pytest.mark.parametrize(
    ("newest", "expected"), [([1, 1], True), ([1], False), ([0, 1, 1], False), ([1, 0], False)]
)
def test_an_exercise_is_left_when_its_newest_two_answers_were(newest, expected):
    assert is_left_unfinished(newest) is expected


def test_the_most_pressing_reason_stands_first_and_each_has_its_date():
    facts = StudentFacts(
        work=(a_work(due_at=MONDAY - DAY, touched_at=MONDAY - 9 * DAY),),
        tries=(a_try(10, is_last=True),),
        wrong=(Noticed("Trace it back", MONDAY),),
        unfinished=(Noticed("Who says so?", MONDAY - DAY),),
        stuck=(Noticed("Who says so?", MONDAY, screen=4),),
    )

    found = reasons(facts, MONDAY, WEEK)

    assert [one.severity for one in found] == [
        Severity.STUCK,
        Severity.OVERDUE,
        Severity.LOW,
        Severity.IDLE,
        Severity.PRACTICE,
        Severity.PRACTICE,
    ]
    assert [str(one.message) for one in found] == [
        "Pressed “I am stuck here” on screen 4 of Who says so?",
        "Past Due and not handed in: Quiz",
        "The last try under 60%, and none left: Quiz",
        "Opened and left alone for 6 days of school: Quiz",
        "The same exercise left unfinished twice: Who says so?",
        "4 wrong in a row: Trace it back",
    ]


def test_a_talk_clears_what_was_and_not_what_comes():
    before, after = Noticed("Who says so?", MONDAY - DAY), Noticed("Who says so?", MONDAY + DAY)

    assert why(stuck=(before,), talked_at=MONDAY) == []
    assert why(stuck=(before, after), talked_at=MONDAY) == [Severity.STUCK]
