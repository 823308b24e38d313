"""A table on its way out: what every file that leaves the product is made from.

Names and titles are typed by people, and a spreadsheet takes a text that begins like a formula for one. So the one
place through which every cell goes puts an apostrophe before it; numbers stay numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

Value = str | int | Decimal | None

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """A head and rows of the same length. None is an empty cell."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.head):
                raise ValueError(f"a row of {len(row)} cells under a head of {len(self.head)}")


def neutral(value: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula.

    >>> neutral("=1+1"), neutral("李娜"), neutral(7)
    ("'=1+1", '李娜', 7)
    """
    if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA):
        return "'" + value
    return value


def neutral_rows(table: Table) -> Iterator[tuple[Value, ...]]:
    """Return head and rows, ready to be written."""
    for row in (table.head, *table.rows):
        yield tuple(neutral(value) for value in row)
