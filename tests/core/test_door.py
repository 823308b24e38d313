"""The door of a class: who holds a name, who stands where, what comes next; and PINs that are too easy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.core.door import CLAIM_LASTS, Hold, Place, Step, is_held, is_open, next_step, place_of
from quizapp.core.pins import is_easy_pin, is_pin

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def hold(minutes: float = 1, **values: bool) -> Hold:
    return Hold(NOW - timedelta(minutes=minutes), **{"came_in": False, "has_left": False, **values})


def test_a_door_is_open_until_it_closes():
    assert is_open(NOW + timedelta(seconds=1), NOW)
    assert not is_open(NOW, NOW)


@pytest.mark.parametrize(
    ("how", "held"),
    [
        (hold(), True),
        (hold(CLAIM_LASTS.total_seconds() / 60), False),
        (hold(60, came_in=True), True),
        (hold(60, came_in=True, has_left=True), False),
    ],
)
def test_a_name_is_held_for_five_minutes_and_then_as_long_as_somebody_is_in(how, held):
    assert is_held(how, NOW) is held


@pytest.mark.parametrize(
    ("how", "place"),
    [
        (None, Place.NOT_HERE),
        (hold(), Place.AT_THE_DOOR),
        (hold(6), Place.NOT_HERE),
        (hold(6, asked=True), Place.NEEDS_YOU),
        (hold(6, came_in=True), Place.IN),
        (hold(6, came_in=True, has_left=True), Place.NOT_HERE),
    ],
)
def test_the_list_says_where_everybody_stands(how, place):
    assert place_of(how, NOW) is place


@pytest.mark.parametrize(
    ("known", "password", "pin", "step"),
    [
        (False, False, False, Step.WAIT),
        (True, False, False, Step.CHOOSE),
        (True, False, True, Step.TYPE),
        (True, True, False, Step.TYPE),
    ],
)
def test_a_pin_is_chosen_where_there_is_none_and_typed_where_there_is(known, password, pin, step):
    assert next_step(is_known=known, has_password=password, has_pin=pin) is step


@pytest.mark.parametrize(
    "pin",
    ["000000", "123456", "654321", "789012", "098765", "121212", "123123", "112233", "555666", "101010"],
)
def test_what_everybody_tries_first_is_easy(pin):
    assert is_easy_pin(pin)


@pytest.mark.parametrize("pin", ["482913", "480731", "135792", "246813", "900172"])
def test_other_pins_are_not(pin):
    assert not is_easy_pin(pin)


@pytest.mark.parametrize("text", ["", "12345", "1234567", "12345a", "٤٨٢٩١٣"])
def test_a_pin_is_six_plain_digits(text):
    assert not is_pin(text)
