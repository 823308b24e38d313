"""Secrets are hashed at our costs, a bounded number at a time."""

from __future__ import annotations

import threading

import pytest

from quizapp.core.errors import Busy
from quizapp.services.passwords import CHEAPEST, HashProfile, Passwords


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


def test_who_comes_when_too_many_wait_is_asked_to_try_again() -> None:
    passwords = Passwords("pepper", CHEAPEST, max_waiting=0)
    started, finish = threading.Event(), threading.Event()

    def occupy() -> None:
        with passwords._one_at_a_time():
            started.set()
            finish.wait(5)

    holder = threading.Thread(target=occupy)
    holder.start()
    started.wait(5)
    try:
        with pytest.raises(Busy):
            passwords.hash_password("a long sentence")
    finally:
        finish.set()
        holder.join()
    assert passwords.hash_password("a long sentence")
