"""Writing and reading the zip of a backup, a line at a time and never a whole table."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any

from quizapp.core.backups import TableShape, UnusableBackup
from quizapp.exchange.backups.lines import LONGEST_LINE, from_line, to_line
from quizapp.exchange.backups.manifest import MANIFEST, KeptColumn, KeptTable, Manifest, read_manifest
from quizapp.exchange.backups.sealed import DAMAGED, SealedReader, SealedWriter, is_sealed

LONGEST_MANIFEST = 2 * 1024 * 1024
HIGHEST_RATIO = 200
"""Rows that are all alike pack 1 to 100 or so; a bomb packs 1 to 1,000."""

UNPACKED_IN_ANY_CASE = 16 * 1024 * 1024
TELL_EVERY = 20_000

Progress = Callable[[str, int], None]
"""Is called with a table and how many of its rows are done."""


class Digest:
    """Counts lines and hashes them, so that the same rows are known again anywhere."""

    def __init__(self) -> None:
        self.rows = 0
        self.bytes = 0
        self._hash = hashlib.sha256()

    def add(self, line: bytes) -> None:
        """Count a line in."""
        self.rows += 1
        self.bytes += len(line)
        self._hash.update(line)

    def agrees_with(self, table: KeptTable) -> bool:
        """Say whether these lines are the table's, all of them and nothing else."""
        return (self.rows, self.bytes, self.sha256) == (table.rows, table.bytes, table.sha256)

    @property
    def sha256(self) -> str:
        """The hash of all lines so far."""
        return self._hash.hexdigest()


class ArchiveWriter:
    """A backup that is being written: its tables one after the other, its manifest last."""

    def __init__(self, archive: zipfile.ZipFile, on_progress: Progress) -> None:
        self._zip = archive
        self._tell = on_progress
        self.tables: list[KeptTable] = []

    def add_table(self, shape: TableShape, rows: Iterable[Sequence[Any]]) -> None:
        """Write a table."""
        digest = Digest()
        with self._zip.open(f"tables/{shape.name}.jsonl", "w", force_zip64=True) as member:
            for row in rows:
                line = to_line(shape.columns, row)
                member.write(line)
                digest.add(line)
                if digest.rows % TELL_EVERY == 0:
                    self._tell(shape.name, digest.rows)
        self._tell(shape.name, digest.rows)
        columns = tuple(KeptColumn(name=column.name, kind=column.kind) for column in shape.columns)
        self.tables.append(
            KeptTable(
                name=shape.name,
                columns=columns,
                key=shape.key,
                rows=digest.rows,
                bytes=digest.bytes,
                sha256=digest.sha256,
            )
        )

    def finish(self, manifest: Manifest) -> None:
        """Write what the backup says about itself."""
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))


@contextmanager
def writing_archive(file: IO[bytes], passphrase: str, on_progress: Progress) -> Iterator[ArchiveWriter]:
    """Open ``file`` to write a backup to; sealed when there is a passphrase."""
    if not passphrase:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            yield ArchiveWriter(archive, on_progress)
        return
    sealed = SealedWriter(file, passphrase)
    try:
        with zipfile.ZipFile(sealed, "w", zipfile.ZIP_DEFLATED) as archive:
            yield ArchiveWriter(archive, on_progress)
        sealed.close()
    finally:
        sealed.abandon()


class ArchiveReader:
    """A backup that is being read. Nothing in it is believed before it was counted and hashed."""

    def __init__(self, archive: zipfile.ZipFile, packed_bytes: int, on_progress: Progress) -> None:
        self._zip = archive
        self._tell = on_progress
        with _damage_told():
            infos = {info.filename: info for info in archive.infolist()}
            if MANIFEST not in infos or infos[MANIFEST].file_size > LONGEST_MANIFEST:
                raise UnusableBackup("this is no backup of Second Source: it has no manifest")
            self.manifest = read_manifest(archive.read(MANIFEST))
        expected = {MANIFEST, *(table.member for table in self.manifest.tables)}
        is_ours = all(info.compress_type == zipfile.ZIP_DEFLATED for info in infos.values())
        if set(infos) != expected or len(archive.infolist()) != len(expected) or not is_ours:
            raise UnusableBackup("the backup has files that its manifest does not name, or lacks some")
        unpacked = sum(table.bytes for table in self.manifest.tables)
        if unpacked > max(UNPACKED_IN_ANY_CASE, packed_bytes * HIGHEST_RATIO):
            raise UnusableBackup("the backup would unpack to far more than its size: it was not made by us")

    def rows(self, table: KeptTable) -> Iterator[list[Any]]:
        """Read a table; it ends well only when every line was there and is the one that was written.

        Raises:
            UnusableBackup: it isn't.
        """
        digest = Digest()
        columns = table.shape.columns
        with _damage_told(), self._zip.open(table.member) as member:
            while line := member.readline(LONGEST_LINE):
                digest.add(line)
                if digest.bytes > table.bytes:
                    break
                yield from_line(columns, line)
                if digest.rows % TELL_EVERY == 0:
                    self._tell(table.name, digest.rows)
        if not digest.agrees_with(table):
            raise UnusableBackup(DAMAGED)
        self._tell(table.name, digest.rows)

    def verify(self) -> Manifest:
        """Read everything once.

        Raises:
            UnusableBackup: something is not as it was written.
        """
        for table in self.manifest.tables:
            for _ in self.rows(table):
                pass
        return self.manifest


@contextmanager
def reading_archive(file: IO[bytes], passphrase: str, on_progress: Progress) -> Iterator[ArchiveReader]:
    """Open a backup.

    Raises:
        UnusableBackup: the passphrase is missing or wrong, or this is no backup.
    """
    sealed = is_sealed(file)
    if sealed and not passphrase:
        raise UnusableBackup("the backup is sealed: give its passphrase")
    size = file.seek(0, io.SEEK_END)
    source: IO[bytes] = io.BufferedReader(SealedReader(file, passphrase)) if sealed else file
    with _damage_told():
        archive = zipfile.ZipFile(source)
    with archive:
        yield ArchiveReader(archive, size, on_progress)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Say the many things that Python says about a damaged file in one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise UnusableBackup(DAMAGED) from error
