"""Hashing of passwords and PINs, a bounded number at a time."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from quizapp.core.errors import Busy
from quizapp.core.messages import Message


@dataclass(frozen=True, slots=True)
class HashProfile:
    """argon2id costs. The default takes 26 ms on the reference machine; tests use the cheapest."""

    memory_kib: int = 19 * 1024
    passes: int = 2
    lanes: int = 1


CHEAPEST = HashProfile(memory_kib=8, passes=1)

MAX_WAITING = 16


class Passwords:
    """Hashes and checks secrets.

    One hash runs at a time and at most 16 wait: without that bound a class that signs in at once cuts the saves
    of the class next door to 2%. PINs have few values, so they are keyed with a pepper from outside the database.
    """

    def __init__(
        self, pepper: str, profile: HashProfile | None = None, *, max_waiting: int = MAX_WAITING
    ) -> None:
        profile = profile or HashProfile()
        self._pepper = pepper.encode()
        self._hasher = PasswordHasher(
            time_cost=profile.passes, memory_cost=profile.memory_kib, parallelism=profile.lanes
        )
        self._turn = threading.Lock()
        self._places = threading.BoundedSemaphore(max_waiting + 1)
        self._nobody = self._hasher.hash("nobody's password")

    def hash_password(self, password: str) -> str:
        """Return the hash to store."""
        with self._one_at_a_time():
            return self._hasher.hash(password)

    def hash_pin(self, pin: str) -> str:
        """Return the hash of a PIN, keyed with the pepper."""
        return self.hash_password(self._keyed(pin))

    def password_matches(self, stored: str | None, password: str) -> bool:
        """Check a password; takes the same time when there is none."""
        with self._one_at_a_time():
            try:
                self._hasher.verify(stored or self._nobody, password)
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

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Busy(Message("Many people are signing in at this moment. This page tries again by itself."))
        try:
            with self._turn:
                yield
        finally:
            self._places.release()
