"""A disk that is full: saves are refused in words, pages are still shown, and all goes on when there is room."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text

from tests.faults.browsers import Browser
from tests.faults.conditions import ENDLESS, say
from tests.faults.outages import refused_well
from tests.faults.place import RECOVERS_WITHIN_SECONDS, Place, Result, Size, make_place
from tests.faults.servers import CONDITIONED, HONEST, server_at
from tests.faults.writers import Writer, make_writers, result_of, wait_until, writing
from tests.support.postgres import create_database

SPARE_PAGES = 3
SMALL_MB = {"sqlite": 12, "postgresql": 48}
SERVER_USER = "pgserver"
"""Whom the wheel's PostgreSQL runs as when root starts it."""


@dataclass(frozen=True)
class Disk:
    """How a disk is filled and emptied, and which server notices."""

    fill: Callable[[], None]
    free: Callable[[], None]
    application: str = HONEST


def full_by_pages(place: Place, size: Size) -> Result:
    """SQLite may have no more pages, which it takes as a full disk; no root is needed for it."""

    def fill() -> None:
        with place.runtime.database.reading() as session:
            pages = session.execute(text("PRAGMA page_count")).scalar_one()
        say(place.folder, "max_page_count", pages + SPARE_PAGES)

    return _filled(
        place, size, Disk(fill, lambda: say(place.folder, "max_page_count", ENDLESS), CONDITIONED)
    )  # fmt: skip


def full_for_real(place: Place, size: Size) -> Result:
    """A small disk in memory, filled by a file beside the database."""
    if os.geteuid() != 0:
        return Result(needs="root, to mount a small disk")
    folder = place.folder / "small"
    folder.mkdir()
    try:
        with _mounted(folder, SMALL_MB[place.engine]), _place_on(place, folder) as small:
            filler = folder / "filler"
            return _filled(small, size, Disk(lambda: _fill(filler), filler.unlink))
    except PermissionError:
        return Result(needs="the right to mount a small disk")


def _filled(place: Place, size: Size, disk: Disk) -> Result:
    writers = make_writers(place, size.writers)
    with server_at(place, disk.application) as server, writing(writers, server.port) as load:
        load.wait_for(10 * len(writers))
        disk.fill()
        was_full = wait_until(lambda: all(one.refused for one in writers), 2 * RECOVERS_WITHIN_SECONDS)
        problems = ["" if was_full else "the disk did not fill", *refused_well(load)]
        problems += _pages_that_fail(server.port, writers)
        disk.free()
        recovery = load.recovery_seconds()
    late = "" if recovery is not None else "saving did not go on by itself"
    return result_of(place, writers, recovery).found(*problems, late)


def _pages_that_fail(port: int, writers: list[Writer]) -> list[str]:
    """Return pages that are not shown although nothing has to be stored for them."""
    one = writers[0]
    reader = Browser(port, one.browser.cookie)
    paths = ("/account", f"/attempts/{one.attempt_id}", "/healthz", "/readyz")
    statuses = {path: reader.open(path).status for path in paths}
    return [f"{path} answered {status}" for path, status in statuses.items() if status != 200]


def _fill(filler: Path) -> None:
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


@contextmanager
def _mounted(folder: Path, megabytes: int) -> Iterator[None]:
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        raise PermissionError(made.stderr.decode())
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def _place_on(place: Place, folder: Path) -> Iterator[Place]:
    """Make another place, whose tables are on the disk that is mounted at a folder."""
    if place.is_sqlite:
        small = make_place("sqlite", f"sqlite:///{folder / 'small.db'}", place.folder)
        yield small
        small.runtime.database.engine.dispose()
        return
    owner = pwd.getpwnam(SERVER_USER)
    os.chown(folder, owner.pw_uid, owner.pw_gid)
    place.folder.chmod(0o711)
    name = f"small_{uuid4().hex[:8]}"
    server = create_engine(place.url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE TABLESPACE {name} LOCATION '{folder}'"))
        url = create_database(make_url(place.url), name)
        connection.execute(text(f"ALTER DATABASE {name} SET TABLESPACE {name}"))
        small = make_place("postgresql", url.render_as_string(hide_password=False), place.folder)
        try:
            yield small
        finally:
            small.runtime.database.engine.dispose()
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
            connection.execute(text(f"DROP TABLESPACE {name}"))
    server.dispose()
