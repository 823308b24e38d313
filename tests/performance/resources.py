"""Goal 10: how soon it is ready, what memory it takes, and how much slower PostgreSQL saves."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text

from tests.performance.figures import Row, Run
from tests.performance.servers import CLIENT_CORE, start_product
from tests.support.postgres import FORGETFUL, HOME_PREFIX, create_database, remove_server, start_server

MOST_MEGABYTES, MOST_GROWTH = 110, 1.3
READY_SECONDS = 1.5


def ready_row(environment: Mapping[str, str]) -> Row:
    """Say how long `quizapp serve` takes until it answers; the median of three starts."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        server = start_product(environment)
        times.append(time.perf_counter() - begun)
        server.stop()
    middle = statistics.median(times)
    return Row(
        "10",
        "quizapp serve ready",
        asked=f"{READY_SECONDS} s",
        found=f"{middle:.2f} s",
        is_met=middle <= READY_SECONDS,
    )


def memory_row(idle: float, loaded: float) -> Row:
    """Say what a worker's memory comes to, in megabytes before and after everything."""
    growth = loaded / idle
    return Row(
        "10",
        "memory of a worker, idle → after load",
        asked=f"{MOST_MEGABYTES} MB, {MOST_GROWTH}× idle",
        found=f"{idle:.0f} → {loaded:.0f} MB, {growth:.2f}×",
        is_met=loaded <= MOST_MEGABYTES and growth <= MOST_GROWTH,
    )


def postgresql_row(run: Run, sqlite: Run) -> Row:
    """Compare the rate of saves on PostgreSQL with that on SQLite."""
    part = run.rate / sqlite.rate
    return Row.of(
        "10",
        "save one answer, PostgreSQL",
        run,
        asked="half of SQLite's rate",
        found=f"{part:.0%}",
        is_met=part >= 0.5,
    )


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a PostgreSQL on the client's core that brings every commit to the disk; yield the URL of a database."""
    home = Path(tempfile.mkdtemp(prefix=f"{HOME_PREFIX}{os.getpid()}-"))
    try:
        url = start_server(home)
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for setting in FORGETFUL:
                connection.execute(text(f"ALTER SYSTEM RESET {setting}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        engine.dispose()
        _pin_postmaster(home)
        yield create_database(url, "bench").render_as_string(hide_password=False)
    finally:
        remove_server(home)


def _pin_postmaster(home: Path) -> None:
    """Keep the database's processes on the client's core; those to come follow their parent."""
    postmaster = psutil.Process(int((home / "data" / "postmaster.pid").read_text().split()[0]))
    if hasattr(os, "sched_setaffinity") and CLIENT_CORE in os.sched_getaffinity(0):
        for one in (postmaster, *postmaster.children()):
            os.sched_setaffinity(one.pid, {CLIENT_CORE})
