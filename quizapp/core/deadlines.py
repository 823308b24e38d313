"""When an attempt ends. The server's clock decides; the result is stored with the attempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

GRACE = timedelta(seconds=60)
"""Hidden allowance for the network: a save that left the page in time is still taken."""

NO_ACCOMMODATION_PERCENT = 100


class Factor(IntEnum):
    """Time factors in percent; an untimed student has no limit at all."""

    NORMAL = 100
    QUARTER_MORE = 125
    HALF_MORE = 150
    DOUBLE = 200


@dataclass(frozen=True, slots=True)
class TimeRules:
    """What the end of one student's attempt follows from.

    ``limit_seconds`` is the assignment's, before the factor; ``own_closes_at`` a date of this student's own.
    """

    limit_seconds: int | None
    closes_at: datetime | None
    factor_percent: int = NO_ACCOMMODATION_PERCENT
    is_untimed: bool = False
    own_closes_at: datetime | None = None


def own_limit(rules: TimeRules) -> timedelta | None:
    """Return the student's own time limit, or None without one."""
    if rules.limit_seconds is None or rules.is_untimed:
        return None
    return timedelta(seconds=-(-rules.limit_seconds * rules.factor_percent // 100))


def own_closes(rules: TimeRules) -> datetime | None:
    """Return the instant after which this student can't work any more, or None.

    Closes + (factor − 1) × limit; untimed: Closes + limit; no limit: Closes; a date of the student's own
    replaces it.
    """
    if rules.own_closes_at is not None:
        return rules.own_closes_at
    if rules.closes_at is None or rules.limit_seconds is None:
        return rules.closes_at
    if rules.is_untimed:
        return rules.closes_at + timedelta(seconds=rules.limit_seconds)
    extra = -(-rules.limit_seconds * (rules.factor_percent - 100) // 100)
    return rules.closes_at + timedelta(seconds=extra)


def deadline(started_at: datetime, rules: TimeRules) -> datetime | None:
    """Return the earlier of start + own limit and own Closes, or None when nothing ends the attempt."""
    limit = own_limit(rules)
    ends = [end for end in (own_closes(rules), started_at + limit if limit else None) if end is not None]
    return min(ends) if ends else None


def is_overdue(deadline_at: datetime | None, now: datetime) -> bool:
    """Say whether the deadline has passed; the hidden grace does not count here."""
    return deadline_at is not None and now > deadline_at


def is_past_grace(deadline_at: datetime | None, now: datetime) -> bool:
    """Say whether nothing more is taken, grace included."""
    return deadline_at is not None and now > deadline_at + GRACE
