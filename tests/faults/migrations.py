"""A migration that is killed in the middle: the database is what it was, saves go on, and the next try succeeds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from quizapp.storage.schema import current_revision, row_counts
from quizapp.storage.triggers import missing_triggers
from tests.faults.half_migration import COLUMN, REVISION, write_migrations
from tests.faults.place import RECOVERS_WITHIN_SECONDS, Place, Result, Size
from tests.faults.servers import server_at
from tests.faults.writers import make_writers, result_of, wait_until, writing


def killed_half_way(place: Place, size: Size) -> Result:
    """kill -9 of a migration between two tables."""
    writers = make_writers(place, size.writers)
    migrations, half = place.folder / "migrations", place.folder / "half"
    write_migrations(migrations)
    before = _looks_of(place)
    process = _migrate(place, migrations, half, waits=True)
    came_half_way = wait_until(half.exists, 2 * RECOVERS_WITHIN_SECONDS)
    process.kill()
    process.wait()
    problems = ["" if came_half_way else "the migration did not come half-way"]
    problems.append("" if _looks_of(place) == before else "a half of the migration is left")
    with server_at(place) as server, writing(writers, server.port) as load:
        recovery = load.recovery_seconds()
    problems += ["" if recovery is not None else "nobody could save afterwards"]
    found = result_of(place, writers, recovery).found(*problems)
    again = _migrate(place, migrations, half, waits=False).wait(120)
    return found.found(f"the next try ended with {again}" if again else "", *_unfinished(place))


def _migrate(place: Place, migrations: Path, half: Path, *, waits: bool) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.half_migration", place.url, str(migrations)],
        env={**os.environ, "FAULTS_HALF": str(half), "FAULTS_WAITS": "yes" if waits else ""},
        cwd=Path(__file__).parents[2],
    )


def _looks_of(place: Place) -> tuple[object, ...]:
    """Return what a half migration would change: revision, columns, triggers, rows."""
    engine = place.runtime.database.engine
    with engine.connect() as connection:
        return (
            current_revision(engine),
            _columns(connection, "attempts"),
            _columns(connection, "responses"),
            missing_triggers(connection),
            row_counts(connection),
        )


def _columns(connection: Connection, table: str) -> list[str]:
    return [column["name"] for column in inspect(connection).get_columns(table)]


def _unfinished(place: Place) -> list[str]:
    """Return what the migration, run to its end, left undone."""
    engine = place.runtime.database.engine
    with engine.connect() as connection:
        lost = connection.scalar(text("SELECT count(*) FROM attempts")) or 0
        return [
            "" if current_revision(engine) == REVISION else "the next try did not reach its revision",
            "" if COLUMN in _columns(connection, "responses") else "the next try left a column out",
            "; ".join(f"rule {name} is gone" for name in missing_triggers(connection)),
            "" if lost else "tries were lost",
        ]
