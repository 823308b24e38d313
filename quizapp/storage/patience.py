"""A database that falls silent in the middle is given up after a while, so that people are told to try again.

PostgreSQL's own time limits are kept by the server, which does not help where the way to it is what stalls: the
driver then waits for hours. SQLite needs none of this, its lock has a time limit.
"""

from __future__ import annotations

from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

PATIENCE_SECONDS = 20.0
"""Longer than any statement of a page takes, shorter than people wait for one."""

R = TypeVar("R")


class ImpatientConnection(psycopg.Connection[Any]):
    """A connection that is closed when a statement, a commit included, gets no answer in time.

    Whether a commit without an answer was stored is not known then: nobody is told that it was.
    """

    patience_seconds = PATIENCE_SECONDS

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
            raise psycopg.OperationalError("the connection to the database fell silent") from error


def lose_patience(engine: Engine, seconds: float) -> None:
    """Give up statements of this engine that get no answer within ``seconds``, and locks that nobody uses.

    A worker that vanished with its machine would else hold its locks until the server notices, hours later.
    """

    @event.listens_for(engine, "do_connect")
    def connect(
        _dialect: Any, _record: Any, words: list[Any], options: dict[str, Any]
    ) -> ImpatientConnection:
        connection = ImpatientConnection.connect(*words, **options)
        connection.patience_seconds = seconds
        connection.autocommit = True
        # Not as a start option: poolers refuse those.
        connection.execute(f"SET idle_in_transaction_session_timeout = {int(3000 * seconds)}")
        connection.autocommit = False
        return connection
