"""Engines for SQLite and PostgreSQL that behave alike.

SQLite: our own BEGIN (the driver's legacy transaction control loses updates), WAL, ``synchronous=FULL`` so that
a commit is on the disk before anybody hears of it, foreign keys on. PostgreSQL: psycopg 3, READ COMMITTED for
writes, REPEATABLE READ and READ ONLY for reads.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from quizapp.storage.patience import lose_patience

WAL_IS_SAFE_FROM = (3, 51, 3)
"""Older SQLite can lose a commit when the write-ahead log is reset while another connection reads."""

BUSY_TIMEOUT_MS = 15_000

WRITES = "quizapp_writes"
"""Execution option of a connection whose transaction will write."""


@dataclass(frozen=True, slots=True)
class SqliteDriver:
    """The SQLite that is used: its Python module, its library version and what follows from it."""

    module: ModuleType
    version: tuple[int, ...]

    @property
    def journal_mode(self) -> str:
        """WAL where it is safe, else TRUNCATE."""
        return "WAL" if self.version >= WAL_IS_SAFE_FROM else "TRUNCATE"


def sqlite_driver() -> SqliteDriver:
    """Return the newest SQLite at hand: the pysqlite3 wheel where there is one, else the standard library's."""
    try:
        from pysqlite3 import dbapi2 as module  # noqa: PLC0415 - not every machine has a wheel of it
    except ImportError:
        module = sqlite3
    return SqliteDriver(module, tuple(module.sqlite_version_info))


def make_engine(
    url: str, *, pool_size: int = 45, patience_seconds: float | None = None, waits_for_disk: bool = True
) -> Engine:
    """Return an engine for the database at ``url``; it connects on first use.

    Args:
        url: ``sqlite:///path`` or ``postgresql://…``.
        pool_size: connections kept at most; one a server thread, and a few to spare.
        patience_seconds: how long a statement on PostgreSQL may stay without an answer; None for what takes long,
            such as migrations.
        waits_for_disk: False only for a SQLite file that is thrown away when making it is cut short.
    """
    if make_url(url).get_backend_name() == "sqlite":
        driver = sqlite_driver()
        engine = create_engine(
            url,
            module=driver.module,
            pool_size=pool_size,
            max_overflow=0,
            connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
        )
        _prepare_sqlite(engine, driver, waits_for_disk=waits_for_disk)
        return engine
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,
        # A pooler in transaction mode hands statements to changing servers.
        connect_args={"prepare_threshold": None, "connect_timeout": 10},
    )
    if patience_seconds is not None:
        lose_patience(engine, patience_seconds)
    return engine


def missing_file(url: str) -> Path | None:
    """Return where the database's file should be, when it is SQLite's and not there: connecting would make it."""
    where = make_url(url)
    if where.get_backend_name() != "sqlite" or where.database in (None, "", ":memory:"):
        return None
    file = Path(str(where.database))
    return None if file.exists() else file


def is_sqlite(engine: Engine | Connection) -> bool:
    """Say which of the two engines this is."""
    return engine.dialect.name == "sqlite"


def _prepare_sqlite(engine: Engine, driver: SqliteDriver, *, waits_for_disk: bool) -> None:
    @event.listens_for(engine, "connect")
    def settings(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            f"journal_mode={driver.journal_mode}",
            f"synchronous={'FULL' if waits_for_disk else 'OFF'}",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            # Waits for nothing, so there is no error to translate: straight to the driver, for every request reads.
            connection.connection.cursor().execute("BEGIN")
