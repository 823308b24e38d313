"""What a school may set for itself: one typed registry, each setting with its default.

A setting knows how it stands in the database (as JSON) and what it means. A value that a later release stored, or
that somebody edited by hand, falls back to the default rather than breaking every page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Weekday(IntEnum):
    """A day of the week, numbered as `datetime.date.weekday` numbers it."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


@dataclass(frozen=True, slots=True)
class SchoolSetting(Generic[T]):
    """One setting: the key in the table, what holds before a school sets it, and the way to JSON and back.

    ``parse`` raises ValueError for what is no value of this setting.
    """

    key: str
    default: T
    to_json: Callable[[T], Any]
    parse: Callable[[Any], T]

    def read(self, stored: Any) -> T:
        """Return what a stored value means; the default where it means nothing."""
        try:
            return self.parse(stored)
        except (TypeError, ValueError):
            return self.default


def _weekdays(stored: Any) -> frozenset[Weekday]:
    days = frozenset(Weekday(number) for number in stored)
    if not days:
        raise ValueError("a school teaches on one day of the week at least")
    return days


def _numbers(days: Iterable[Weekday]) -> list[int]:
    return sorted(int(day) for day in days)


TEACHING_DAYS: SchoolSetting[frozenset[Weekday]] = SchoolSetting(
    key="teaching_days",
    default=frozenset(day for day in Weekday if day <= Weekday.FRIDAY),
    to_json=_numbers,
    parse=_weekdays,
)
"""On which days the school teaches. Days without lessons don't count as idle."""


class Cases(StrEnum):
    """Which cases of the lessons may be used in a school."""

    BOTH = "both"
    FICTIONAL_ONLY = "fictional_only"


CASES: SchoolSetting[Cases] = SchoolSetting(key="cases", default=Cases.BOTH, to_json=str, parse=Cases)
"""With *fictional only*, students meet the made-up case of every lesson and never the article."""

ALL_SETTINGS: tuple[SchoolSetting[Any], ...] = (TEACHING_DAYS, CASES)
