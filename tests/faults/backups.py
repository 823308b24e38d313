"""A backup that is made under writers, and restored on the other engine: nothing acknowledged before it is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from quizapp.services.runtime import Runtime
from quizapp.storage.clock import system_clock
from quizapp.storage.engine import make_engine
from quizapp.storage.tables import Base
from quizapp.storage.unit_of_work import EngineDatabase
from tests.faults.place import Place, Result, Size, broken_promises_of, cheap_passwords, place_of
from tests.faults.servers import server_at, settings_of
from tests.faults.writers import Writer, half_written_of, lost_of, make_writers, result_of, writing

SECONDS = 300


def backed_up_under_load(place: Place, size: Size) -> Result:
    """Back up while everybody writes, and once more when nobody does; restore both elsewhere and compare."""
    writers = make_writers(place, size.writers)
    busy, quiet = place.folder / "busy.backup", place.folder / "quiet.backup"
    with server_at(place) as server, writing(writers, server.port) as load:
        load.wait_for(max(20 * len(writers), size.saves // 10), within_seconds=120)
        before = [replace(one, acknowledged=set(one.acknowledged)) for one in writers]
        problems = [_quizapp(place, place.url, "backup", str(busy))]
        recovery = load.recovery_seconds()
    problems.append(_quizapp(place, place.url, "backup", str(quiet)))
    with _restored(place, busy) as (other, said):
        problems += [said, *_missing(other, before)]
    with _restored(place, quiet) as (other, said):
        problems += [said, *_differences(place, other)]
    return result_of(place, writers, recovery).found(*problems)


def _quizapp(place: Place, url: str, *words: str) -> str:
    """Run a command as an operator does; return what it complained about."""
    ran = subprocess.run(
        [sys.executable, "-m", "quizapp", *words],
        env={**os.environ, **settings_of(url, str(place.folder))},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return f"quizapp {words[0]} ended with {ran.returncode}: {ran.stderr[-300:]}" if ran.returncode else ""


@contextmanager
def _restored(place: Place, backup: Path) -> Iterator[tuple[Place, str]]:
    """Restore a backup on the other engine, and say what went wrong."""
    engine = "postgresql" if place.is_sqlite else "sqlite"
    url = place.new_url(engine)
    said = _quizapp(place, url, "restore", str(backup))
    made = make_engine(url)
    yield (
        place_of(engine, url, place.folder, Runtime(EngineDatabase(made), system_clock, cheap_passwords())),
        said,
    )
    made.dispose()


def _missing(other: Place, before: Sequence[Writer]) -> list[str]:
    lost = lost_of(other, before)
    return [
        f"{len(lost)} answers from before the backup are not in it" if lost else "",
        *half_written_of(other)[:3],
        *broken_promises_of(other),
    ]


def _differences(place: Place, other: Place) -> list[str]:
    """Return tables that differ, row by row, read with nothing of the backup's own code."""
    here, there = (one.runtime.database.engine for one in (place, other))
    return [
        f"{table.name} differs after the restore"
        for table in Base.metadata.sorted_tables
        if _rows(here, table.name) != _rows(there, table.name)
    ]


def _rows(engine: Engine, name: str) -> list[str]:
    with engine.connect() as connection:
        rows = connection.execute(select(Base.metadata.tables[name]))
        return sorted(repr([_alike(value) for value in row]) for row in rows)


def _alike(value: Any) -> Any:
    """Return a value as both engines give it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.replace(tzinfo=UTC).isoformat()
    if isinstance(value, dict):
        return sorted((key, _alike(one)) for key, one in value.items())
    if isinstance(value, list):
        return [_alike(one) for one in value]
    return bytes(value) if isinstance(value, memoryview) else value
