"""Settings of a school in the database."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.core.settings import TEACHING_DAYS, Weekday
from quizapp.services.runtime import reading, use_case
from quizapp.services.settings import setting_of, store_setting
from quizapp.storage.tables import AuditEntry

SUNDAY_WEEK = frozenset(
    {Weekday.SUNDAY, Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY}
)


@reading
def days(work, actor):
    return setting_of(work, actor.school_id, TEACHING_DAYS)


@use_case
def teach_on(work, actor, value):
    store_setting(work, actor, actor.school_id, TEACHING_DAYS, value)


def test_a_school_sets_its_teaching_week(world, runtime):
    admin = world.admin().actor
    assert days(runtime, admin) == TEACHING_DAYS.default

    teach_on(runtime, admin, SUNDAY_WEEK)

    assert days(runtime, admin) == SUNDAY_WEEK


def test_another_school_keeps_its_own(world, runtime):
    teach_on(runtime, world.admin().actor, SUNDAY_WEEK)

    other = world.admin(school_id=world.school("Other school")).actor

    assert days(runtime, other) == TEACHING_DAYS.default


def test_a_change_is_recorded_and_the_same_value_again_is_none(world, runtime, connection):
    admin = world.admin().actor
    for _ in range(2):
        teach_on(runtime, admin, SUNDAY_WEEK)

    rows = connection.execute(
        select(AuditEntry.before, AuditEntry.after).where(AuditEntry.action == "setting.changed")
    ).all()
    assert [tuple(row) for row in rows] == [
        ({"teaching_days": [0, 1, 2, 3, 4]}, {"teaching_days": [0, 1, 2, 3, 6]})
    ]


def test_a_week_without_a_day_is_refused(world, runtime):
    with pytest.raises(ValueError, match="one day"):
        teach_on(runtime, world.admin().actor, frozenset())
