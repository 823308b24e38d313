"""Bringing a database to the schema of this release."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text
from sqlalchemy import table as table_clause

from quizapp.storage.engine import WRITES, is_sqlite
from quizapp.storage.triggers import create_triggers, drop_triggers

MIGRATIONS = Path(__file__).parent / "migrations"


class RowsLost(Exception):
    """A migration ended with fewer rows than it began with; it was rolled back."""


def head_revision() -> str:
    """Return the revision that this release needs: the highest number among its migrations.

    Read from the file names, so that a server that only asks does not import Alembic; a test compares.
    """
    return revisions()[-1]


def revisions() -> list[str]:
    """Return every revision that this release knows, the oldest first."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def current_revision(engine: Engine) -> str | None:
    """Return the revision that the database is at, or None when it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision


def is_current(engine: Engine) -> bool:
    """Say whether the database is at this release's schema."""
    return current_revision(engine) == head_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to ``revision`` in one transaction; nothing is left half done.

    Raises:
        RowsLost: a table that was there before has fewer rows afterwards.
    """
    with rebuilding(engine) as connection:
        before = row_counts(connection)
        migrate(connection, revision)
        create_triggers(connection)
        lost = {
            table: count
            for table, count in row_counts(connection).items()
            if table in before and table != "alembic_version" and count < before[table]
        }
        if lost:
            raise RowsLost(f"rows were lost in {', '.join(sorted(lost))}")


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the schema to ``revision`` inside the caller's transaction, and leave it without triggers."""
    from alembic import command  # noqa: PLC0415 - half a second that only an upgrade needs
    from alembic.config import Config  # noqa: PLC0415 - the same

    drop_triggers(connection)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """Open the one transaction of work on the schema, on SQLite with foreign keys off until its end.

    Raises:
        RowsLost: a reference would point nowhere.
    """
    if not is_sqlite(engine):
        with engine.begin() as connection:
            yield connection
        return
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        driver = connection.connection.cursor()
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if broken:
                    raise RowsLost(f"{len(broken)} references would point nowhere, first in {broken[0][0]}")
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
            driver.close()


def row_counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table: connection.execute(select(func.count()).select_from(table_clause(table))).scalar_one()
        for table in inspect(connection).get_table_names()
    }
