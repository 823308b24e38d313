"""What a backup knows of a database, in the words of neither engine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SHORTEST_PASSPHRASE = 12


class Kind(StrEnum):
    """What a column holds."""

    INTEGER = "integer"
    TEXT = "text"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    BYTES = "bytes"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table with its columns in their order; rows go by ``key``, which is the same on both engines."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


class UnusableBackup(Exception):
    """A backup can't be made, read or restored; the sentence says why and what to do."""
