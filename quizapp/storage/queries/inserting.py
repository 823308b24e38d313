"""``INSERT … ON CONFLICT`` on both engines, and JSON's own null."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import JSON, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

Insert = postgresql.Insert | sqlite.Insert


def table_of(entity: type[DeclarativeBase]) -> Table:
    """Return the table of a class, for statements that bypass the unit of work."""
    return cast("Table", entity.__table__)


def dialect_of(session: Session) -> str:
    """Return the name of the engine's dialect, by which prepared statements are kept."""
    return session.get_bind().dialect.name


def insert_into(dialect: str, entity: type[DeclarativeBase]) -> Insert:
    """Return an insert that may say what happens on conflict."""
    table = table_of(entity)
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def as_json(value: Any) -> Any:
    """Return a value for a JSON column that is never NULL: a blank answer is JSON's null."""
    return JSON.NULL if value is None else value
