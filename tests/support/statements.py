"""Counting what is sent to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

FRAME = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
"""What ends and begins units of work; in tests these are savepoints."""


@contextmanager
def count_statements(source: Engine | Connection) -> Iterator[list[str]]:
    """Collect every statement that is sent while the block runs, units of work apart."""
    sent: list[str] = []

    def note(*args: object) -> None:
        statement = str(args[2])
        if not statement.startswith(FRAME):
            sent.append(statement)

    event.listen(source, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(source, "before_cursor_execute", note)
