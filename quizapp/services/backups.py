"""Backups: the whole database in one file, of one instant, and back into an empty one.

These are no use cases. A backup must not come from the replica of the reports, which may lag behind what was
acknowledged; a restore is one transaction over the schema and every row. The operator runs both.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, Engine

from quizapp import __version__
from quizapp.core.backups import SHORTEST_PASSPHRASE, TableShape, UnusableBackup
from quizapp.core.permissions import OPERATOR
from quizapp.exchange.backups.archive import ArchiveReader, Digest, Progress, reading_archive, writing_archive
from quizapp.exchange.backups.lines import to_line
from quizapp.exchange.backups.manifest import KeptTable, Manifest
from quizapp.exchange.backups.sealed import is_sealed
from quizapp.services.invariants import Finding, broken_invariants
from quizapp.services.passwords import CHEAPEST, Passwords
from quizapp.services.runtime import Runtime
from quizapp.storage.clock import system_clock
from quizapp.storage.copying import (
    continue_ids,
    drop_tables,
    load,
    one_state,
    revision_of,
    rows_of,
    shapes,
    tables_with_rows,
)
from quizapp.storage.schema import RowsLost, head_revision, migrate, rebuilding, revisions
from quizapp.storage.triggers import create_triggers
from quizapp.storage.unit_of_work import ConnectionDatabase, DatabaseError

NOTHING_RESTORED = "Nothing was restored."


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored, and the promises about attempts that the backed-up data broke already."""

    manifest: Manifest
    broken: tuple[Finding, ...]


def make_backup(
    engine: Engine,
    destination: Path,
    *,
    passphrase: str = "",
    made_at: datetime,
    replaces: bool = False,
    on_progress: Progress,
) -> Manifest:
    """Write the whole database as it is at one instant, read the file back, and only then give it its name.

    Raises:
        UnusableBackup: the file is there already, the passphrase is short, or the database is empty.
    """
    if passphrase and len(passphrase) < SHORTEST_PASSPHRASE:
        raise UnusableBackup(
            f"a passphrase has at least {SHORTEST_PASSPHRASE} characters: a sentence is good"
        )
    with _appearing_whole(destination, replaces=replaces) as file:
        with (
            one_state(engine) as connection,
            writing_archive(file, passphrase, on_progress) as archive,
        ):
            revision = revision_of(connection)
            if revision is None:
                raise UnusableBackup("the database is empty: there is nothing to back up")
            for shape in shapes(connection):
                archive.add_table(shape, rows_of(connection, shape))
            archive.finish(
                Manifest(
                    version=__version__,
                    revision=revision,
                    engine="sqlite" if engine.dialect.name == "sqlite" else "postgresql",
                    made_at=made_at,
                    tables=tuple(archive.tables),
                )
            )
        file.flush()
        with reading_archive(file, passphrase, _silent) as written:
            return written.verify()


def check_backup(source: Path, *, passphrase: str = "", on_progress: Progress) -> Manifest:
    """Read a backup from beginning to end without a database.

    Raises:
        UnusableBackup: it is not whole, or the passphrase is wrong.
    """
    with _opened(source) as file, reading_archive(file, passphrase, on_progress) as archive:
        return archive.verify()


def is_sealed_backup(source: Path) -> bool:
    """Say whether a passphrase is needed to read this file.

    Raises:
        UnusableBackup: there is no such file, or it can't be read.
    """
    with _opened(source) as file:
        return is_sealed(file)


def restore_backup(engine: Engine, source: Path, *, passphrase: str = "", on_progress: Progress) -> Restored:
    """Put a backup into an empty database and bring it to this release's schema, all in one transaction.

    Every table is counted and hashed twice: in the file before anything is touched, and in the database.

    Raises:
        UnusableBackup: the database is not empty, or the backup is not whole or of a newer release. The database
            is as it was.
    """
    with engine.connect() as connection:
        _refuse_unless_empty(connection)
    with _opened(source) as file, reading_archive(file, passphrase, on_progress) as archive:
        _refuse_unknown_revision(archive.manifest)
        archive.verify()
        try:
            with rebuilding(engine) as connection:
                _refuse_unless_empty(connection)
                broken = _fill(connection, archive)
        except (DatabaseError, RowsLost) as error:
            reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
            raise UnusableBackup(f"the database refuses the backup ({reason}). {NOTHING_RESTORED}") from error
        return Restored(archive.manifest, broken)


def _fill(connection: Connection, archive: ArchiveReader) -> tuple[Finding, ...]:
    drop_tables(connection)
    migrate(connection, archive.manifest.revision)
    kept = {table.name: table for table in archive.manifest.tables}
    there = shapes(connection)
    if {_unordered(shape) for shape in there} != {_unordered(table.shape) for table in kept.values()}:
        raise UnusableBackup(f"the backup does not have the tables of its release. {NOTHING_RESTORED}")
    for shape in there:
        table = kept[shape.name]
        load(connection, table.shape, archive.rows(table))
        _compare(connection, table)
        continue_ids(connection, table.shape)
    migrate(connection)
    create_triggers(connection)
    # A promise that the school's data broke before is told and hinders nothing: the school needs its data back.
    runtime = Runtime(ConnectionDatabase(connection), system_clock, Passwords("", CHEAPEST))
    return tuple(finding for finding in broken_invariants(runtime, OPERATOR) if finding.broken)


def _unordered(shape: TableShape) -> tuple[str, frozenset[object], frozenset[str]]:
    return shape.name, frozenset(shape.columns), frozenset(shape.key)


def _compare(connection: Connection, table: KeptTable) -> None:
    """Read a table back from the database.

    Raises:
        UnusableBackup: it is not what the backup holds.
    """
    digest = Digest()
    for row in rows_of(connection, table.shape):
        digest.add(to_line(table.shape.columns, row))
    if not digest.agrees_with(table):
        raise UnusableBackup(f"{table.name} reads otherwise in this database. {NOTHING_RESTORED}")


def _refuse_unless_empty(connection: Connection) -> None:
    if held := tables_with_rows(connection):
        raise UnusableBackup(
            f"the database is not empty ({len(held)} tables, the first is {held[0]}): "
            "restore into a new one and point QUIZAPP_DATABASE_URL at it"
        )


def _refuse_unknown_revision(manifest: Manifest) -> None:
    if manifest.revision in revisions():
        return
    newer = manifest.revision > head_revision()
    raise UnusableBackup(
        f"the backup has schema {manifest.revision}, made by release {manifest.version}; this release knows "
        f"schemas {revisions()[0]} to {head_revision()}: "
        + ("install the newer release and restore with it" if newer else "take the release that made it")
    )


@contextmanager
def _opened(source: Path) -> Iterator[IO[bytes]]:
    try:
        file = source.open("rb")
    except OSError as error:
        raise UnusableBackup(f"{source} can't be read ({error.strerror})") from None
    with file:
        yield file


@contextmanager
def _appearing_whole(destination: Path, *, replaces: bool) -> Iterator[IO[bytes]]:
    """Open a file beside ``destination`` that only its owner reads, and rename it when all went well."""
    if destination.exists() and not replaces:
        raise UnusableBackup(f"{destination} is there already: choose another name, or say --force")
    beside = destination.with_name(f".{destination.name}.{secrets.token_hex(4)}.part")
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    except OSError as error:
        raise UnusableBackup(f"{destination} can't be written ({error.strerror})") from None
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            os.fsync(file.fileno())
        if destination.exists() and not replaces:
            raise UnusableBackup(f"{destination} has appeared in the meantime: choose another name")
        beside.replace(destination)
    except OSError as error:
        raise UnusableBackup(f"{destination} can't be written ({error.strerror})") from error
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _silent(_table: str, _rows: int) -> None:
    """Say nothing."""
