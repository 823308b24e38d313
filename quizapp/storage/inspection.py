"""What a database is: engine, driver, size, and whether the rules that it should keep by itself are there."""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from sqlalchemy import Connection, Engine, UniqueConstraint, inspect, text

from quizapp.storage.engine import WAL_IS_SAFE_FROM, is_sqlite, sqlite_driver
from quizapp.storage.tables import Base


@dataclass(frozen=True, slots=True)
class DatabaseFacts:
    """What stands under the school. ``journal_mode`` is SQLite's; ``advice`` is empty where there is none."""

    product: str
    version: str
    driver: str
    size_bytes: int
    journal_mode: str = ""
    advice: str = ""


def database_facts(engine: Engine) -> DatabaseFacts:
    """Return what the database says about itself."""
    with engine.connect() as connection:
        if not is_sqlite(connection):
            return DatabaseFacts(
                product="PostgreSQL",
                version=str(connection.scalar(text("SHOW server_version"))),
                driver=f"psycopg {psycopg.__version__}",
                size_bytes=int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0),
            )
        driver = sqlite_driver()
        pages, page_size = (
            int(connection.scalar(text(f"PRAGMA {name}")) or 0) for name in ("page_count", "page_size")
        )
        return DatabaseFacts(
            product="SQLite",
            version=".".join(map(str, driver.version)),
            driver=driver.module.__name__.partition(".")[0],
            size_bytes=pages * page_size,
            journal_mode=str(connection.scalar(text("PRAGMA journal_mode"))),
            advice=""
            if driver.version >= WAL_IS_SAFE_FROM
            else "older than 3.51.3, so without the write-ahead log: slower, and safe",
        )


def missing_indexes(connection: Connection) -> list[str]:
    """Return the names of the indexes and uniqueness rules that the tables describe and the database lacks."""
    inspector = inspect(connection)
    there: set[str | None] = set()
    for table in Base.metadata.tables:
        there.update(index["name"] for index in inspector.get_indexes(table))
        there.update(rule["name"] for rule in inspector.get_unique_constraints(table))
    wanted = {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes}
    wanted |= {
        str(rule.name)
        for table in Base.metadata.tables.values()
        for rule in table.constraints
        if isinstance(rule, UniqueConstraint)
    }
    return sorted(wanted - there)


def dangling_references(connection: Connection) -> list[str]:
    """Return the tables of rows that refer to nothing, one entry a row; PostgreSQL makes none possible."""
    if not is_sqlite(connection):
        return []
    return [str(row[0]) for row in connection.execute(text("PRAGMA foreign_key_check"))]
