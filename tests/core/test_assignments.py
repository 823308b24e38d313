"""What is shown when, whether work is open, and which try counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from quizapp.core.assignments import (
    CountedTry,
    Counts,
    Door,
    Moment,
    Preset,
    ReleaseFacts,
    Visible,
    counting_try,
    door,
    visible,
    withheld_until,
)

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

NOTHING = Visible(score=False, why=False, key=False)
ALL = Visible(score=True, why=True, key=True)


def facts(preset: Preset, **changes: object) -> ReleaseFacts:
    """One try handed in of two, due in an hour, closing in two."""
    given = ReleaseFacts(
        preset=preset,
        now=NOON,
        due_at=NOON + HOUR,
        closes_at=NOON + 2 * HOUR,
        tries_left=1,
        has_open_try=False,
        results_shown_at=None,
    )
    return replace(given, **changes)


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, ALL),
        ({"has_open_try": True}, NOTHING),
        ({"due_at": None, "closes_at": None}, ALL),
    ],
)
def test_practice_shows_all_when_it_is_handed_in(changes, seen):
    assert visible(facts(Preset.PRACTICE, **changes)) == seen


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, Visible(score=True, why=False, key=False)),
        ({"tries_left": 0}, Visible(score=True, why=True, key=False)),
        ({"tries_left": 0, "has_open_try": True}, NOTHING),
        ({"tries_left": 0, "now": NOON + HOUR}, Visible(score=True, why=True, key=False)),
        ({"tries_left": 0, "now": NOON + HOUR + timedelta(seconds=1)}, ALL),
        # Whoever can still answer sees no key, however late it is.
        ({"now": NOON + HOUR + timedelta(seconds=1)}, Visible(score=True, why=False, key=False)),
        ({"now": NOON + 3 * HOUR}, ALL),
        ({"tries_left": 0, "due_at": None}, ALL),
        ({"due_at": None}, Visible(score=True, why=False, key=False)),
    ],
)
def test_homework_shows_why_after_the_last_try_and_the_key_at_due(changes, seen):
    assert visible(facts(Preset.HOMEWORK, **changes)) == seen


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, NOTHING),
        ({"results_shown_at": NOON}, NOTHING),
        ({"tries_left": 0, "results_shown_at": NOON}, NOTHING),
        ({"now": NOON + 3 * HOUR}, NOTHING),
        ({"now": NOON + 3 * HOUR, "results_shown_at": NOON}, ALL),
        ({"now": NOON + 3 * HOUR, "results_shown_at": NOON, "has_open_try": True}, NOTHING),
        ({"closes_at": None, "results_shown_at": NOON}, NOTHING),
        ({"closes_at": None, "tries_left": 0, "results_shown_at": NOON}, ALL),
    ],
)
def test_a_test_shows_all_after_it_closed_and_was_released(changes, seen):
    assert visible(facts(Preset.TEST, **changes)) == seen


@pytest.mark.parametrize("moment", list(Moment))
@pytest.mark.parametrize("due_at", [None, NOON])
def test_what_is_withheld_says_until_when(moment, due_at):
    sentence = str(withheld_until(moment, facts(Preset.HOMEWORK, due_at=due_at)))

    assert sentence.startswith("Shown ")
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("closes_at", "after"), [(NOON, "Shown after it closes,"), (None, "Shown after your last try,")]
)
def test_a_test_that_never_closes_waits_for_the_last_try(closes_at, after):
    sentence = str(withheld_until(Moment.RELEASE, facts(Preset.TEST, closes_at=closes_at)))

    assert sentence.startswith(after)


@pytest.mark.parametrize(
    ("opens_at", "closes_at", "state"),
    [
        (None, None, Door.OPEN),
        (NOON, None, Door.OPEN),
        (NOON + HOUR, None, Door.NOT_YET),
        (NOON - HOUR, NOON + HOUR, Door.OPEN),
        (NOON - HOUR, NOON, Door.CLOSED),
        (None, NOON - HOUR, Door.CLOSED),
    ],
)
def test_work_is_open_from_opens_until_closes(opens_at, closes_at, state):
    assert door(NOON, opens_at, closes_at) is state


FIRST = CountedTry(attempt_id=10, number=1, points=30_000, is_fully_scored=True)
SECOND = CountedTry(attempt_id=11, number=2, points=40_000, is_fully_scored=True)
THIRD = CountedTry(attempt_id=12, number=3, points=40_000, is_fully_scored=False)


@pytest.mark.parametrize(
    ("counts", "counted"),
    [(Counts.HIGHEST, SECOND), (Counts.LATEST, THIRD), (Counts.FIRST, FIRST)],
)
def test_the_rule_says_which_try_counts(counts, counted):
    assert counting_try(counts, [SECOND, THIRD, FIRST]) == counted


@pytest.mark.parametrize("counts", list(Counts))
def test_without_a_try_none_counts(counts):
    assert counting_try(counts, []) is None
