"""Reading every row of a database in one state, and putting rows into an empty one.

The shapes come from the database and not from the mapping, so that a database at an older revision is copied too.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import JSON as GENERIC_JSON
from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnClause,
    Connection,
    DateTime,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    String,
    TableClause,
    Text,
    column,
    func,
    insert,
    inspect,
    select,
    table,
    text,
)
from sqlalchemy.types import TypeEngine

from quizapp.core.backups import Column, Kind, TableShape
from quizapp.storage.engine import is_sqlite, make_engine, sqlite_driver
from quizapp.storage.schema import row_counts
from quizapp.storage.tables.base import JSON, UtcDateTime
from quizapp.storage.triggers import drop_triggers

NOT_COPIED = frozenset({"alembic_version"})

AT_ONCE, AT_ONCE_WITH_BYTES = 1_000, 20
"""Rows in memory; an image has up to 1 MB."""

# In this order: a JSONB is a JSON, and every kind of integer an Integer.
_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (GENERIC_JSON, Kind.JSON),
    (Boolean, Kind.BOOLEAN),
    (DateTime, Kind.INSTANT),
    (LargeBinary, Kind.BYTES),
    (Integer, Kind.INTEGER),
    (String, Kind.TEXT),
)

_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.INTEGER: BigInteger(),
    Kind.TEXT: Text(),
    Kind.BOOLEAN: Boolean(),
    Kind.INSTANT: UtcDateTime(),
    Kind.BYTES: LargeBinary(),
    Kind.JSON: JSON,
}


@contextmanager
def one_state(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees what was committed at one instant, while others go on writing.

    Without the write-ahead log a reader on SQLite would hold up every commit until it ends. There the pages are
    copied first, by SQLite's own online backup; copying the file instead loses rows that were committed.
    """
    if not is_sqlite(engine):
        steady = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with steady.connect() as connection, connection.begin():
            yield connection
        return
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal":
            yield connection
            return
    with tempfile.TemporaryDirectory(prefix="quizapp-backup-") as folder:
        copy = Path(folder) / "copy.db"
        with (
            closing(engine.raw_connection()) as source,
            closing(sqlite_driver().module.connect(copy)) as target,
        ):
            source.driver_connection.backup(target)  # type: ignore[union-attr]  # one that was just opened
        copied = make_engine(f"sqlite:///{copy}")
        with copied.connect() as connection:
            yield connection
        copied.dispose()


def shapes(connection: Connection) -> tuple[TableShape, ...]:
    """Return the tables to copy, each after those that it references.

    Raises:
        TypeError: a column has a type that no backup knows; such a migration must not be released.
    """
    seen = inspect(connection)
    names = [name for name, _ in seen.get_sorted_table_and_fkc_names() if name and name not in NOT_COPIED]
    return tuple(
        TableShape(
            name,
            tuple(Column(one["name"], _kind(name, one["type"])) for one in seen.get_columns(name)),
            tuple(seen.get_pk_constraint(name)["constrained_columns"]),
        )
        for name in names
    )


def rows_of(connection: Connection, shape: TableShape) -> Iterator[Sequence[Any]]:
    """Read a table in the order of its key, which is the same on both engines, a few rows at a time."""
    columns = _columns(shape)
    keys = [
        # A database may sort by a language; code points are the same everywhere.
        columns[name].collate("C")
        if columns[name].type is _TYPES[Kind.TEXT] and not is_sqlite(connection)
        else columns[name]
        for name in shape.key
    ]
    wanted = select(*columns.values()).select_from(_table(shape)).order_by(*keys)
    yield from connection.execute(wanted, execution_options={"yield_per": _at_once(shape)})


def load(connection: Connection, shape: TableShape, rows: Iterable[Sequence[Any]]) -> None:
    """Put rows into a table."""
    names = [one.name for one in shape.columns]
    into = insert(_table(shape))
    waiting = iter(rows)
    while batch := list(itertools.islice(waiting, _at_once(shape))):
        connection.execute(into, [dict(zip(names, row, strict=True)) for row in batch])


def continue_ids(connection: Connection, shape: TableShape) -> None:
    """Let a table's next id follow the highest that it has. SQLite does so by itself."""
    if is_sqlite(connection) or shape.key != ("id",):
        return
    sequence = connection.scalar(select(func.pg_get_serial_sequence(shape.name, "id")))
    highest = connection.scalar(select(func.max(column("id"))).select_from(_table(shape)))
    if sequence and highest:
        connection.execute(select(func.setval(sequence, highest)))


def tables_with_rows(connection: Connection) -> list[str]:
    """Return the tables that hold anything; a table of somebody else's counts even when it is empty."""
    counts = row_counts(connection)
    is_ours = "alembic_version" in counts
    return sorted(name for name, rows in counts.items() if name not in NOT_COPIED and (rows or not is_ours))


def drop_tables(connection: Connection) -> None:
    """Drop every table of a database that holds nothing."""
    drop_triggers(connection)
    there = MetaData()
    there.reflect(connection)
    there.drop_all(connection)


def revision_of(connection: Connection) -> str | None:
    """Return the schema's revision as this transaction sees it, None where there is no schema."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _kind(name: str, found: TypeEngine[Any]) -> Kind:
    for known, kind in _KINDS:
        if isinstance(found, known):
            return kind
    raise TypeError(f"{name} has a column of type {found!r}, which no backup knows")


def _columns(shape: TableShape) -> dict[str, ColumnClause[Any]]:
    return {one.name: column(one.name, _TYPES[one.kind]) for one in shape.columns}


def _table(shape: TableShape) -> TableClause:
    return table(shape.name, *_columns(shape).values())


def _at_once(shape: TableShape) -> int:
    has_bytes = any(one.kind is Kind.BYTES for one in shape.columns)
    return AT_ONCE_WITH_BYTES if has_bytes else AT_ONCE
