"""Secrets are hashed at our costs, a bounded number at a time."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator

import pytest

from quizapp.core.errors import Busy
from quizapp.services.passwords import (
    A_SECOND,
    CHEAPEST,
    LATEST_SECONDS,
    NICENESS,
    SOONEST_SECONDS,
    HashProfile,
    Passwords,
)


def test_a_password_matches_its_hash_and_no_other() -> None:
    passwords = Passwords("pepper", CHEAPEST)
    stored = passwords.hash_password("a long sentence")

    assert passwords.password_matches(stored, "a long sentence")
    assert not passwords.password_matches(stored, "a long sentencf")
    assert not passwords.password_matches(None, "a long sentence")


def test_a_pin_is_worth_nothing_without_the_pepper() -> None:
    stored = Passwords("pepper", CHEAPEST).hash_pin("482913")

    assert Passwords("pepper", CHEAPEST).pin_matches(stored, "482913")
    assert not Passwords("another pepper", CHEAPEST).pin_matches(stored, "482913")


def test_a_hash_of_other_costs_is_dated() -> None:
    stored = Passwords("pepper", CHEAPEST).hash_password("a long sentence")

    assert Passwords("pepper", HashProfile(memory_kib=16, passes=1)).is_dated(stored)
    assert not Passwords("pepper", CHEAPEST).is_dated(stored)


@pytest.fixture
def crowded() -> Iterator[Passwords]:
    """Passwords at which one hash runs and nobody else may wait."""
    passwords = Passwords("pepper", CHEAPEST, max_waiting=0)
    started, finish = threading.Event(), threading.Event()

    def occupy() -> None:
        started.set()
        finish.wait(5)

    holder = threading.Thread(target=passwords._in_turn, args=(occupy,))
    holder.start()
    started.wait(5)
    yield passwords
    finish.set()
    holder.join()
    assert passwords.hash_password("a long sentence")


def test_who_comes_when_too_many_wait_is_asked_to_try_again(crowded: Passwords) -> None:
    with pytest.raises(Busy):
        crowded.hash_password("a long sentence")


def test_who_is_turned_away_later_is_asked_to_come_later(crowded: Passwords) -> None:
    asked = []
    for _ in range(A_SECOND * LATEST_SECONDS):
        with pytest.raises(Busy) as busy:
            crowded.hash_password("a long sentence")
        asked.append(busy.value.retry_after_seconds)

    assert asked == sorted(asked)
    assert (asked[0], asked[A_SECOND], asked[-1]) == (SOONEST_SECONDS, SOONEST_SECONDS + 1, LATEST_SECONDS)


def test_hashing_gives_way_to_every_other_thread() -> None:
    passwords = Passwords("pepper", CHEAPEST)

    here = os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
    there = passwords._in_turn(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))

    # Only Linux has a niceness for each thread.
    assert there == (min(here + NICENESS, 19) if sys.platform == "linux" else here)
