"""Figures over marks: totals that say of what, medians, and points as a teacher types them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from quizapp.core.scoring import POINT, percent

MOST_DIGITS = 9
"""Longer than any points that a quiz can give."""


@dataclass(frozen=True, slots=True)
class Total:
    """Points of all that could be had in so many marks. Only marks that are final are in it."""

    points: int
    of: int
    marks: int

    @property
    def percent(self) -> int | None:
        """The points in whole percent, or None without a mark."""
        return percent(self.points, self.of)


def total(marks: Iterable[tuple[int, int]]) -> Total:
    """Add marks, each (points, of) in ten-thousandths."""
    given = list(marks)
    return Total(sum(points for points, _ in given), sum(of for _, of in given), len(given))


def median_percent(percents: Iterable[int]) -> int | None:
    """Return the median of whole percents, halves rounded up, or None of none.

    >>> median_percent([50, 75]), median_percent([])
    (63, None)
    """
    ordered = sorted(percents)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle] + 1) // 2


def points_from_words(text: str) -> int:
    """Return the points that somebody typed, with a point or a comma, in ten-thousandths.

    Raises:
        ValueError: it is no number of points, is below zero, or has more than two decimals.

    >>> points_from_words("7,5")
    75000
    """
    typed = text.strip().replace(",", ".")
    if not typed or len(typed) > MOST_DIGITS or not set(typed) <= set("0123456789."):
        raise ValueError(text)
    try:
        amount = Decimal(typed) * 100
    except InvalidOperation:
        raise ValueError(text) from None
    if amount != int(amount):
        raise ValueError(text)
    return int(amount) * POINT // 100
