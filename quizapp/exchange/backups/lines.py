"""A row as one line of JSON, and back. The same row gives the same line, whichever engine it comes from."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from quizapp.core.backups import Column, Kind

LONGEST_LINE = 64 * 1024 * 1024
"""An image of 1 MB is the longest that the product writes; what is longer is no line of ours."""

EXACT_FLOATS = 10**16
"""From here on PostgreSQL gives a number of JSON back as an integer, and SQLite as a float."""


def to_line(columns: Sequence[Column], row: Sequence[Any]) -> bytes:
    """Return the row as a JSON array, ended by a line feed."""
    values = [
        None if value is None else _TO_JSON[column.kind](value)
        for column, value in zip(columns, row, strict=True)
    ]
    try:
        return _as_text(values, is_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half a surrogate pair is no UTF-8. It is written as an escape, so that one odd value spoils no backup.
        return _as_text(values, is_ascii=True).encode() + b"\n"


def from_line(columns: Sequence[Column], line: bytes) -> list[Any]:
    """Return the row of a line.

    Raises:
        ValueError: the line is no row of these columns.
    """
    values = json.loads(line)
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError(f"a row has {len(columns)} values")
    return [
        None if value is None else _FROM_JSON[column.kind](value)
        for column, value in zip(columns, values, strict=True)
    ]


def _as_text(values: list[Any], *, is_ascii: bool) -> str:
    return json.dumps(values, ensure_ascii=is_ascii, sort_keys=True, separators=(",", ":"))


def _same_on_both(value: Any) -> Any:
    """Return a JSON value with its floats as both engines give them back."""
    if isinstance(value, float) and value.is_integer():
        return int(value) if abs(value) >= EXACT_FLOATS else value + 0.0  # -0.0 + 0.0 is 0.0
    if isinstance(value, list):
        return [_same_on_both(one) for one in value]
    if isinstance(value, dict):
        return {key: _same_on_both(one) for key, one in value.items()}
    return value


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _of(kind: type) -> Callable[[Any], Any]:
    def checked(value: Any) -> Any:
        if type(value) is not kind:  # a bool is an int, and must not pass for one
            raise ValueError(f"{value!r:.40} is no {kind.__name__}")
        return value

    return checked


def _to_instant(value: Any) -> datetime:
    instant = datetime.fromisoformat(_of(str)(value))
    if instant.tzinfo is None:
        raise ValueError("an instant has a zone")
    return instant


def _as_it_is(value: Any) -> Any:
    return value


_TO_JSON: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: int,
    Kind.TEXT: str,
    Kind.BOOLEAN: bool,
    Kind.INSTANT: _instant,
    Kind.BYTES: lambda value: base64.b64encode(value).decode(),
    Kind.JSON: _same_on_both,
}

_FROM_JSON: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: _of(int),
    Kind.TEXT: _of(str),
    Kind.BOOLEAN: _of(bool),
    Kind.INSTANT: _to_instant,
    Kind.BYTES: lambda value: base64.b64decode(_of(str)(value), validate=True),
    Kind.JSON: _as_it_is,
}
