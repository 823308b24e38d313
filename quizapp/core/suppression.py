"""Figures about few students are hidden, and so much beside them that none can be worked out.

A table of counts has a row for each class and, under each column, the column's total. A count that rests on one to
four students is hidden. It could still be found by subtracting what is shown from the total, so further counts are
hidden, the smallest that will do, until for every hidden count there is another table that shows the same and
differs in it. Where no further count helps, and where the
total itself is about few, the total is hidden as well.

The reader is taken to know everything that can be known without names: which counts are hidden, that each of them
is at least 1 (a zero is shown unless its whole row is closed), and what a row must obey, for example that nobody
finishes what was not begun and how many students there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

FEWEST = 5
"""Figures about fewer students than this are hidden."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, and how many students stand behind it; a count above 0 has at least one.

    ``is_closed``: it is about a group of few students, so it is hidden even where it is 0.
    """

    value: int
    students: int
    is_closed: bool = False

    @property
    def is_small(self) -> bool:
        """Few students stand behind it, or it is closed."""
        return self.is_closed or is_few(self.students)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not shown: counts by (row, column), and totals by column."""

    cells: AbstractSet[tuple[int, int]]
    totals: AbstractSet[int]


Fits = Callable[[int, Sequence[int]], bool]
"""Says whether a row, by its number, could hold these values as far as a reader knows.

For every count there must be a run of neighbouring columns that holds it and can be one more or one less.
"""


def is_few(students: int) -> bool:
    """Say whether a figure about so many students is hidden; nobody is not few."""
    return 0 < students < FEWEST


def leaves_out_few(whole: AbstractSet[int], selected: AbstractSet[int]) -> bool:
    """Say whether a selection of students differs from the whole by so few that subtraction would show them."""
    return is_few(len(whole - selected))


def hide(rows: Sequence[Sequence[Cell]], fits: Fits = lambda _row, _values: True) -> Hidden:
    """Return what must not be shown of a table of counts with its totals."""
    table = _Table(rows, fits)
    table.hidden = {(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.is_small}
    table.totals = {
        c for c, column in enumerate(zip(*rows, strict=True)) if is_few(sum(one.students for one in column))
    }
    while (bare := table.bare_cell()) is not None:
        table.cover(bare)
    return Hidden(frozenset(table.hidden), frozenset(table.totals))


class _Table:
    """A table with what is hidden in it so far.

    A hidden count is covered when it can be one more or one less in another table that shows the same: neighbouring
    counts of its row move with it where the row asks for that, and another row moves the other way, so
    that the totals stay. Where a total is hidden, no other row need move.
    """

    def __init__(self, rows: Sequence[Sequence[Cell]], fits: Fits) -> None:
        self.values = [[cell.value for cell in row] for row in rows]
        # A shown zero is known, so whatever else is hidden is at least 1.
        self.least = [[0 if cell.is_closed else 1 for cell in row] for row in rows]
        self.fits = fits
        self.hidden: set[tuple[int, int]] = set()
        self.totals: set[int] = set()

    def bare_cell(self) -> tuple[int, int] | None:
        """Return a hidden count that is not covered, the first in reading order."""
        return next((place for place in sorted(self.hidden) if not self._is_covered(place)), None)

    def cover(self, bare: tuple[int, int]) -> None:
        """Hide what covers a count: the least that will do in another row, else the totals above it."""
        row, column = bare
        for columns in self._runs(row, column):
            for other in sorted(range(len(self.values)), key=lambda r: (self.values[r][column], r)):
                if other != row and self._is_exchange(row, other, columns):
                    self.hidden.update((r, c) for r in (row, other) for c in columns)
                    return
        for columns in self._runs(row, column):
            if self._moves_alone(row, columns):
                self.hidden.update((row, c) for c in columns)
                self.totals.update(columns)
                return
        raise AssertionError("a count could be neither more nor less")

    def _is_covered(self, place: tuple[int, int]) -> bool:
        row, column = place
        for columns in self._runs(row, column):
            if not self._is_hidden(row, columns):
                continue
            if self.totals.issuperset(columns) and self._moves_alone(row, columns):
                return True
            others = (r for r in range(len(self.values)) if r != row and self._is_hidden(r, columns))
            if any(self._is_exchange(row, other, columns) for other in others):
                return True
        return False

    def _runs(self, row: int, column: int) -> Iterator[tuple[int, ...]]:
        """Yield the runs of neighbouring columns that hold a column, the shortest first; zeros stay as they are."""
        width = len(self.values[row])
        for length in range(1, width + 1):
            for start in range(max(0, column - length + 1), min(column, width - length) + 1):
                yield tuple(c for c in range(start, start + length) if self._is_unknown(row, c))

    def _is_unknown(self, row: int, column: int) -> bool:
        """Say whether a count may be hidden: a zero that is shown may not."""
        return self.values[row][column] >= self.least[row][column]

    def _is_hidden(self, row: int, columns: Sequence[int]) -> bool:
        return all((row, column) in self.hidden for column in columns)

    def _moves_alone(self, row: int, columns: Sequence[int]) -> bool:
        return self._holds(row, columns, 1) or self._holds(row, columns, -1)

    def _is_exchange(self, row: int, other: int, columns: Sequence[int]) -> bool:
        if not all(self._is_unknown(other, column) for column in columns):
            return False
        return any(self._holds(row, columns, by) and self._holds(other, columns, -by) for by in (1, -1))

    def _holds(self, row: int, columns: Sequence[int], change: int) -> bool:
        values = list(self.values[row])
        for column in columns:
            values[column] += change
        return all(values[c] >= self.least[row][c] for c in columns) and self.fits(row, values)
