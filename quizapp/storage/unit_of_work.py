"""The one transaction of a use case."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from quizapp.core.errors import Busy
from quizapp.core.messages import Message
from quizapp.storage.engine import BUSY_TIMEOUT_MS, WRITES, is_sqlite

DatabaseError = DBAPIError
"""Whatever the database refuses, for those above that must not know SQLAlchemy."""

RETRIED_STATES = frozenset({"40001", "40P01"})
"""PostgreSQL: serialization failure and deadlock. Running the use case again whole is right."""

OUT_OF_REACH = Message("The server can't store anything at the moment. Nothing was lost: try again.")

POSTGRESQL_OUT_OF_REACH = ("08", "25P03", "25006", "53", "55P03", "57", "58")
"""Beginnings of states: connection, idle too long, read-only, resources, lock, operator, system."""

SQLITE_OUT_OF_REACH = frozenset({5, 6, 8, 10, 13, 14, 15})
"""Busy, locked, read-only, input and output, full, can't open, protocol."""

SQLITE_BUSY = 5

SQLITE_PRIMARY = 0xFF
"""The part of an extended error code that names its family."""


class Database(Protocol):
    """Where units of work come from."""

    def writing(self) -> AbstractContextManager[Session]:
        """Open a transaction that may write; commits at the end, rolls back when something is raised."""

    def reading(self) -> AbstractContextManager[Session]:
        """Open a transaction that sees one state of the data and writes nothing."""


class _ReadingSession(Session):
    """A session that writes nothing."""


@event.listens_for(_ReadingSession, "before_flush")
def _refuse_to_write(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading wrote")


class EngineDatabase:
    """Units of work on an engine.

    On SQLite a lock of the process is held from BEGIN IMMEDIATE to COMMIT: with the busy handler alone the
    slowest save of 32 writers took 99 times the usual time, with the lock 2.3 times.
    """

    def __init__(self, engine: Engine, replica: Engine | None = None) -> None:
        self.engine = engine
        self._writers = engine.execution_options(**{WRITES: True})
        readers = replica or engine
        self._readers = (
            readers
            if is_sqlite(readers)
            else readers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        )
        self._turn = threading.Lock() if is_sqlite(engine) else None

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that may write."""
        with self._own_turn(), Session(self._writers, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def _own_turn(self) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        # Behind a database that is locked from outside, forty would else wait for one time limit after the other.
        if not self._turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000):
            raise Busy(OUT_OF_REACH)
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that writes nothing."""
        with _ReadingSession(self._readers, autoflush=False) as session:
            yield session


class ConnectionDatabase:
    """Units of work inside a transaction that somebody else ends: each is a savepoint. For tests and imports."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a savepoint."""
        with (
            Session(
                self._connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
            ) as session,
            session.begin(),
        ):
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read inside the outer transaction."""
        with _ReadingSession(
            self._connection, autoflush=False, join_transaction_mode="create_savepoint"
        ) as session:
            yield session


def may_run_again(error: DBAPIError) -> bool:
    """Say whether the database asks for the same transaction once more."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return bool((code & SQLITE_PRIMARY) == SQLITE_BUSY)
    return getattr(error.orig, "sqlstate", None) in RETRIED_STATES


def is_out_of_reach(error: DBAPIError) -> bool:
    """Say whether the database can't work now: full disk, lock not to be had, connection lost, shutting down.

    Told by codes: the words of an error quote what people typed.
    """
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return (code & SQLITE_PRIMARY) in SQLITE_OUT_OF_REACH
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # Neither engine said anything: the driver did not get through.
        return isinstance(error, OperationalError)
    return str(state).startswith(POSTGRESQL_OUT_OF_REACH)
