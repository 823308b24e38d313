"""Times as people say them, in the time zone of their school, and the instants that they mean.

Twice a year a clock is changed: some local times are skipped, some come twice. Neither is guessed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def instants_of(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the instants, in UTC, at which the clocks of the zone show this time.

    One as a rule, none in the hour that is skipped, two in the hour that comes twice.

    Args:
        local: without a zone of its own.
        zone: where the clock hangs.
    """
    found = []
    for fold in (0, 1):
        instant = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if instant.astimezone(zone).replace(tzinfo=None, fold=0) == local and instant not in found:
            found.append(instant)
    return tuple(found)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a day, in UTC; where midnight is skipped, the moment of the change."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
