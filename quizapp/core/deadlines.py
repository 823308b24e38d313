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

    ``limit_seconds`` is the assignment's, before the factor; ``own_closes_at`` a date of this student's own;
    ``put_away_at`` when the whole class was archived, which ends everything for everybody.
    """

    limit_seconds: int | None
    closes_at: datetime | None
    factor_percent: int = NO_ACCOMMODATION_PERCENT
    is_untimed: bool = False
    own_closes_at: datetime | None = None
    put_away_at: datetime | None = None


def own_limit(rules: TimeRules) -> timedelta | None:
    """Return the student's own time limit, or None without one."""
    if rules.limit_seconds is None or rules.is_untimed:
        return None
    return timedelta(seconds=-(-rules.limit_seconds * rules.factor_percent // 100))


def own_closes(rules: TimeRules) -> datetime | None:
    """Return the instant after which this student can't work any more, or None.

    Closes + (factor − 1) × limit; untimed: Closes + limit; no limit: Closes; a date of the student's own
    replaces it. The class that is archived before ends it then.
    """
    ends = [end for end in (_closes_of_own(rules), rules.put_away_at) if end is not None]
    return min(ends, default=None)


def _closes_of_own(rules: TimeRules) -> datetime | None:
    if rules.own_closes_at is not None:
        return rules.own_closes_at
    if rules.closes_at is None or rules.limit_seconds is None:
        return rules.closes_at
    if rules.is_untimed:
        return rules.closes_at + timedelta(seconds=rules.limit_seconds)
    extra = -(-rules.limit_seconds * (rules.factor_percent - 100) // 100)
    return rules.closes_at + timedelta(seconds=extra)


def deadline(started_at: datetime, rules: TimeRules, extra_seconds: int = 0) -> datetime | None:
    """Return the earlier of start + own limit and own Closes, or None when nothing ends the attempt.

    ``extra_seconds`` (0 or more) were given to this one attempt by a teacher. They stand on top of both, past Closes
    too, and stay on top whatever is changed about dates, limit or accommodation afterwards.
    Never before the start: a quiz may be closed, in the past even, while somebody works at it. Nothing outlasts the
    class that is archived.
    """
    limit = own_limit(rules)
    ends = [end for end in (own_closes(rules), started_at + limit if limit else None) if end is not None]
    if not ends:
        return None
    end = max(started_at, min(ends)) + timedelta(seconds=extra_seconds)
    return end if rules.put_away_at is None else min(end, max(started_at, rules.put_away_at))


def extended(extra_seconds: int, deadline_at: datetime, now: datetime, more_seconds: int) -> int:
    """Return the extra seconds of an attempt that gets ``more_seconds``, counted from its deadline.

    Counted from now where the deadline has just passed, so that nobody is given time that is over.
    """
    return extra_seconds + more_seconds + _whole_seconds(now - deadline_at)


def reopened(rules_end_at: datetime, now: datetime, work_seconds: int) -> int:
    """Return the extra seconds of an attempt that is opened again with ``work_seconds`` to work.

    ``rules_end_at`` is the deadline without any extra. Where the rules leave more time than that, they decide:
    opening again never takes time away.
    """
    return _whole_seconds(now + timedelta(seconds=work_seconds) - rules_end_at)


def own_share(seconds: int, rules: TimeRules) -> int:
    """Return what one student gets of seconds that everybody is given: whoever has more time, more of these too."""
    return seconds if rules.is_untimed else -(-seconds * rules.factor_percent // 100)


def _whole_seconds(span: timedelta) -> int:
    """Return a span in whole seconds, rounded up; 0 for one that is negative."""
    return max(0, -(-span // timedelta(seconds=1)))


def is_overdue(deadline_at: datetime | None, now: datetime) -> bool:
    """Say whether the deadline has passed; the hidden grace does not count here."""
    return deadline_at is not None and now > deadline_at


def is_past_grace(deadline_at: datetime | None, now: datetime) -> bool:
    """Say whether nothing more is taken, grace included."""
    return deadline_at is not None and now > deadline_at + GRACE
