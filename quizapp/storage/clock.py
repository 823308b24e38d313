"""One clock for all workers of a database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from quizapp.storage.engine import is_sqlite

Clock = Callable[[], datetime]

MEASURE_AGAIN_SECONDS = 60.0


def system_clock() -> datetime:
    """Return this machine's time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class _Measured:
    """The database's time at one reading of this process's steady clock, and when to ask again."""

    theirs: datetime
    at: float
    again_at: float

    def now(self) -> datetime:
        return self.theirs + timedelta(seconds=time.monotonic() - self.at)


class DatabaseClock:
    """The time of the database server, carried on by the steady clock of this process.

    Two workers on hosts whose clocks differ by minutes must agree about a deadline, and a host whose clock is set
    in mid-exam must not end it. Asking in each transaction would cost a statement, so the server is asked once a
    minute.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asking = threading.Lock()
        self._measured: _Measured | None = None

    def __call__(self) -> datetime:
        """Return the database's time, aware, in UTC."""
        measured = self._measured
        if measured is None or time.monotonic() >= measured.again_at:
            measured = self._measure(measured)
        return measured.now()

    def _measure(self, known: _Measured | None) -> _Measured:
        # One asks. The others go on with what is known: a database that is silent must not stop them all here.
        if not self._asking.acquire(blocking=known is None) and known is not None:
            return known
        try:
            if self._measured is None or self._measured is known:
                self._measured = self._asked(known)
            return self._measured
        finally:
            self._asking.release()

    def _asked(self, known: _Measured | None) -> _Measured:
        again_at = time.monotonic() + MEASURE_AGAIN_SECONDS
        try:
            with self._engine.connect() as connection:
                before = time.monotonic()
                theirs = connection.scalar(text("SELECT clock_timestamp()"))
                return _Measured(theirs, (before + time.monotonic()) / 2, again_at)
        except DBAPIError:
            if known is None:
                raise
            return replace(known, again_at=again_at)


def clock_of(engine: Engine) -> Clock:
    """Return the clock that decides for this database."""
    return system_clock if is_sqlite(engine) else DatabaseClock(engine)
