"""One clock for all workers of a database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from quizapp.storage.engine import is_sqlite

Clock = Callable[[], datetime]

MEASURE_AGAIN_SECONDS = 60.0


def system_clock() -> datetime:
    """Return this machine's time, aware, in UTC."""
    return datetime.now(UTC)


class DatabaseClock:
    """The time of the database server, kept by a measured difference to the own clock.

    Two workers on hosts whose clocks differ by minutes must agree about a deadline. Asking in each transaction
    would cost a statement, so the difference is measured once a minute.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._difference = timedelta()
        self._measured: float | None = None

    def __call__(self) -> datetime:
        """Return the database's time, aware, in UTC."""
        with self._lock:
            if self._measured is None or time.monotonic() - self._measured > MEASURE_AGAIN_SECONDS:
                with self._engine.connect() as connection:
                    theirs = connection.scalar(text("SELECT clock_timestamp()"))
                self._difference = theirs - system_clock()
                self._measured = time.monotonic()
            return system_clock() + self._difference


def clock_of(engine: Engine) -> Clock:
    """Return the clock that decides for this database."""
    return system_clock if is_sqlite(engine) else DatabaseClock(engine)
