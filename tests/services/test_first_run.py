"""The first run: a signed link, for a day, until there is a school."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import NOBODY, Role
from quizapp.core.settings import CASES, TEACHING_DAYS, Cases, Weekday
from quizapp.services.first_run import (
    LINK_LASTS,
    NewAdmin,
    NewSchool,
    has_school,
    is_good_token,
    new_link_token,
    set_up_school,
)
from quizapp.services.runtime import reading
from quizapp.services.settings import setting_of
from quizapp.services.sign_in import find_session
from quizapp.storage.tables import AuditEntry, FirstRun
from tests.conftest import NOON

KEY = "a secret of the tests that is long enough"
SCHOOL = NewSchool(
    "Hill Street School",
    "Europe/Kyiv",
    "en",
    frozenset({Weekday.SUNDAY, Weekday.MONDAY}),
    Cases.FICTIONAL_ONLY,
)
ADMIN = NewAdmin("Ada Quist", "", "a long sentence")


@reading
def settings_of(work, actor):
    return setting_of(work, actor.school_id, TEACHING_DAYS), setting_of(work, actor.school_id, CASES)


def test_a_link_is_good_for_a_day_and_for_its_key_only():
    token = new_link_token(KEY, NOON)

    assert is_good_token([KEY], token, NOON + LINK_LASTS)
    assert is_good_token(["a newer key", KEY], token, NOON)
    assert not is_good_token([KEY], token, NOON + LINK_LASTS + timedelta(seconds=1))
    assert not is_good_token(["another key"], token, NOON)
    assert new_link_token(KEY, NOON) != token


@pytest.mark.parametrize("token", ["", ".", "a", "6543.abc", "ü.ü", "6543.abc." + "0" * 64])
def test_what_nobody_signed_is_no_link(token):
    assert not is_good_token([KEY], token, NOON)


def test_a_later_end_breaks_the_signature():
    ends, rest = new_link_token(KEY, NOON).split(".", 1)

    assert not is_good_token([KEY], f"{int(ends, 16) + 1:x}.{rest}", NOON)


def test_the_first_run_makes_school_and_administrator_and_signs_in(runtime, connection):
    assert not has_school(runtime, NOBODY)

    token = set_up_school(runtime, NOBODY, school=SCHOOL, admin=ADMIN, device="Tests")

    who = find_session(runtime, NOBODY, token=token)
    assert who is not None
    assert (who.role, who.display_name, who.school_name) == (Role.ADMIN, "Ada Quist", "Hill Street School")
    assert (who.time_zone, who.is_demo) == ("Europe/Kyiv", False)
    assert settings_of(runtime, who.actor()) == (SCHOOL.teaching_days, Cases.FICTIONAL_ONLY)
    assert has_school(runtime, NOBODY)
    actions = set(connection.scalars(select(AuditEntry.action)))
    assert {"school.created", "person.created", "setting.changed"} <= actions
    assert connection.scalars(select(FirstRun.id)).all() == [1]


def test_it_works_once(runtime):
    set_up_school(runtime, NOBODY, school=SCHOOL, admin=ADMIN, device="Tests")

    with pytest.raises(NotFound):
        set_up_school(runtime, NOBODY, school=SCHOOL, admin=ADMIN, device="Tests")


def test_a_school_made_otherwise_ends_it_as_well(world, runtime):
    world.school()

    with pytest.raises(NotFound):
        set_up_school(runtime, NOBODY, school=SCHOOL, admin=ADMIN, device="Tests")


@pytest.mark.parametrize(
    ("school", "admin", "field"),
    [
        (replace(SCHOOL, name="  "), ADMIN, "school_name"),
        (replace(SCHOOL, time_zone="Mars/Olympus"), ADMIN, "time_zone"),
        (SCHOOL, replace(ADMIN, display_name=""), "display_name"),
        (SCHOOL, replace(ADMIN, password="short"), "password"),
    ],
)
def test_what_cannot_be_taken_is_refused_at_its_field_and_nothing_is_made(runtime, school, admin, field):
    with pytest.raises(Refusal) as refused:
        set_up_school(runtime, NOBODY, school=school, admin=admin, device="Tests")

    assert refused.value.field == field
    assert not has_school(runtime, NOBODY)
