"""What a backup says about itself: of which schema, from when, and what each table must hold."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from quizapp.core.backups import Column, Kind, TableShape, UnusableBackup

MANIFEST = "manifest.json"
MOST_TABLES = 500
MOST_COLUMNS = 200
MOST_BYTES = 256 * 2**30
"""Unpacked. A school of 1,000 with ten years of answers needs about 2 GiB."""


def _plain(name: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name):
        raise ValueError("a name has small letters, digits and underscores")
    return name


Name = Annotated[str, AfterValidator(_plain)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeptColumn(_Strict):
    """A column."""

    name: Name
    kind: Kind


class KeptTable(_Strict):
    """A table: its shape, how many rows and bytes it has, and the hash of its lines."""

    name: Name
    columns: tuple[KeptColumn, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    key: tuple[Name, ...] = Field(min_length=1, max_length=MOST_COLUMNS)
    rows: int = Field(ge=0)
    bytes: int = Field(ge=0, le=MOST_BYTES)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def shape(self) -> TableShape:
        """The table as the storage knows it."""
        columns = tuple(Column(column.name, column.kind) for column in self.columns)
        return TableShape(self.name, columns, self.key)

    @property
    def member(self) -> str:
        """The name of its file in the zip."""
        return f"tables/{self.name}.jsonl"


class Manifest(_Strict):
    """The whole. ``revision`` is the schema's, ``version`` the product's."""

    format: Literal[1] = 1
    product: Literal["quizapp"] = "quizapp"
    version: str
    revision: str = Field(pattern=r"^[0-9]{4}$")
    engine: Literal["sqlite", "postgresql"]
    made_at: datetime
    tables: tuple[KeptTable, ...] = Field(max_length=MOST_TABLES)

    @property
    def rows(self) -> int:
        """All rows."""
        return sum(table.rows for table in self.tables)


def read_manifest(text: bytes) -> Manifest:
    """Return what a backup says about itself.

    Raises:
        UnusableBackup: it is no manifest that this release reads.
    """
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "its form"
        raise UnusableBackup(
            f"this release can't read the backup (its manifest, at {where}): was it made by a newer one?"
        ) from None
    names = [table.name for table in manifest.tables]
    if len(set(names)) != len(names) or sum(table.bytes for table in manifest.tables) > MOST_BYTES:
        raise UnusableBackup("the backup names a table twice, or is larger than any school's")
    return manifest
