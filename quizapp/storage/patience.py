"""A database that falls silent in the middle is given up after a while, so that people are told to try again.

PostgreSQL's own time limits are kept by the server, which does not help where the way to it is what stalls: the
driver then waits for hours. SQLite needs none of this, its lock has a time limit.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

PATIENCE_SECONDS = 20.0
"""Longer than any statement of a page takes, shorter than people wait for one."""

R = TypeVar("R")


class CircuitBreaker:
    """Keeps people from waiting for a silent database: one at a time tries it, the others are told at once.

    With each waiting for itself, people queued behind forty who waited: a page took 30 s to say that nothing works.
    A refusal keeps nobody waiting, and one connection too many says nothing about the next: only silence counts.
    """

    def __init__(self) -> None:
        self._is_silent = False
        self._turn = threading.Lock()

    def trip(self) -> None:
        """Note that no answer came."""
        self._is_silent = True

    @contextmanager
    def connecting(self) -> Iterator[None]:
        """Connect in the block.

        Raises:
            OperationalError: it was silent, and somebody else is trying it.
        """
        if not self._is_silent:
            with self._noted():
                yield
            return
        if not self._turn.acquire(blocking=False):
            raise psycopg.OperationalError("the database is silent, and somebody is trying it")
        try:
            with self._noted():
                yield
        finally:
            self._turn.release()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except psycopg.errors.ConnectionTimeout:
            self.trip()
            raise
        except psycopg.OperationalError:
            self._is_silent = False
            raise
        self._is_silent = False


class ImpatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when a statement, a commit included, gets no answer in time.

    Whether a commit without an answer was stored is not known then: nobody is told that it was.
    """

    patience_seconds = PATIENCE_SECONDS
    breaker: CircuitBreaker | None = None

    def wait(self, gen: PQGen[R], interval: float = 0.1, timeout: float | None = None) -> R:
        """Wait for the server, but not for ever.

        Raises:
            OperationalError: it was silent for too long; the connection is closed.
        """
        try:
            return super().wait(gen, interval, self.patience_seconds if timeout is None else timeout)
        except psycopg.OperationalError as error:
            if self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise
            self.pgconn.finish()
            if self.breaker is not None:
                self.breaker.trip()
            raise psycopg.OperationalError("the connection to the database fell silent") from error


def lose_patience(engine: Engine, seconds: float) -> None:
    """Give up statements of this engine that get no answer within ``seconds``, and locks that nobody uses.

    A worker that vanished with its machine would else hold its locks until the server notices, hours later.
    """
    breaker = CircuitBreaker()

    @event.listens_for(engine, "do_connect")
    def connect(
        _dialect: Any, _record: Any, words: list[Any], options: dict[str, Any]
    ) -> ImpatientConnection:
        with breaker.connecting():
            connection = ImpatientConnection.connect(*words, **options)
        connection.breaker = breaker
        connection.patience_seconds = seconds
        connection.autocommit = True
        # Not as a start option: poolers refuse those.
        connection.execute(f"SET idle_in_transaction_session_timeout = {int(3000 * seconds)}")
        connection.autocommit = False
        return connection
