"""Hashing of passwords and PINs, a bounded number at a time."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from quizapp.core.errors import Busy
from quizapp.core.messages import Message

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class HashProfile:
    """argon2id costs. The default takes 26 ms on the reference machine; tests use the cheapest."""

    memory_kib: int = 19 * 1024
    passes: int = 2
    lanes: int = 1


CHEAPEST = HashProfile(memory_kib=8, passes=1)

MAX_WAITING = 16

A_SECOND = 20
"""So many hashes, with the page around each, one processor makes in a second; measured."""

SOONEST_SECONDS, LATEST_SECONDS = 2, 30
"""When to try again: whoever is turned away."""

NICENESS = 5
"""Of the thread that hashes: beside pages that want the processor too it gets a quarter of it."""


class Passwords:
    """Hashes and checks secrets.

    One thread hashes, which gives way to every other, and at most 16 wait for it: without that bound a class that
    signs in at once cuts the saves of the class next door to 2%. Who is turned away comes back in the order of
    coming, so that they do not all meet again. PINs have few values, so they are keyed with a pepper from outside
    the database.
    """

    def __init__(
        self, pepper: str, profile: HashProfile | None = None, *, max_waiting: int = MAX_WAITING
    ) -> None:
        profile = profile or HashProfile()
        self._pepper = pepper.encode()
        self._hasher = PasswordHasher(
            time_cost=profile.passes, memory_cost=profile.memory_kib, parallelism=profile.lanes
        )
        self._thread = ThreadPoolExecutor(1, "passwords", initializer=_give_way)
        self._lock = threading.Lock()
        self._places = max_waiting + 1
        self._turned_away = 0
        self._nobody = self._hasher.hash("nobody's password")

    def hash_password(self, password: str) -> str:
        """Return the hash to store."""
        return self._in_turn(self._hasher.hash, password)

    def hash_pin(self, pin: str) -> str:
        """Return the hash of a PIN, keyed with the pepper."""
        return self.hash_password(self._keyed(pin))

    def password_matches(self, stored: str | None, password: str) -> bool:
        """Check a password; takes the same time when there is none."""
        try:
            self._in_turn(self._hasher.verify, stored or self._nobody, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
        return stored is not None

    def pin_matches(self, stored: str | None, pin: str) -> bool:
        """Check a PIN; takes the same time when there is none."""
        return self.password_matches(stored, self._keyed(pin))

    def is_dated(self, stored: str) -> bool:
        """Say whether a hash was made at other costs than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _keyed(self, pin: str) -> str:
        return hmac.new(self._pepper, pin.encode(), hashlib.sha256).hexdigest()

    def _in_turn(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        self._take_place()
        try:
            return self._thread.submit(work, *args, **kwargs).result()
        finally:
            self._leave_place()

    def _take_place(self) -> None:
        with self._lock:
            if self._places > 0:
                self._places -= 1
                return
            self._turned_away += 1
            seconds = SOONEST_SECONDS + self._turned_away // A_SECOND
        raise Busy(
            Message("Many people are signing in at this moment. This page tries again by itself."),
            min(seconds, LATEST_SECONDS),
        )

    def _leave_place(self) -> None:
        with self._lock:
            self._places += 1
            # Room for one of those who were turned away.
            self._turned_away = max(0, self._turned_away - 1)


def _give_way() -> None:
    """Let every other thread of this process go first. Only Linux has a niceness for each thread."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
