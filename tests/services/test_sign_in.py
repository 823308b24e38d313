"""Signing in, waiting after wrong tries, and sessions that end when they should."""

from __future__ import annotations

import pytest

from quizapp.core.errors import Refusal
from quizapp.core.permissions import NOBODY
from quizapp.services.accounts import change_own_secret, reset_secret, suspend
from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import (
    find_session,
    note_session_seen,
    open_sessions,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from tests.builders.world import PASSWORD, PIN, A, World
from tests.conftest import FixedClock


def enter(runtime: Runtime, person: A, secret: str, name: str | None = None) -> str:
    return sign_in(
        runtime,
        NOBODY,
        school_id=person.actor.school_id,
        user_name=name or person.user_name,
        secret=secret,
        device="Tests",
    )


def is_in(runtime: Runtime, token: str) -> bool:
    return find_session(runtime, NOBODY, token=token) is not None


def test_a_student_signs_in_with_the_pin(runtime: Runtime, world: World) -> None:
    student = world.student("Amina Farouk")

    who = find_session(runtime, NOBODY, token=enter(runtime, student, PIN))

    assert who is not None
    assert who.display_name == "Amina Farouk"


def test_a_teacher_signs_in_with_the_password(runtime: Runtime, world: World) -> None:
    teacher = world.teacher()

    assert is_in(runtime, enter(runtime, teacher, PASSWORD))


@pytest.mark.parametrize("typed", ["  amina   FAROUK ", "Ａmina Farouk"])
def test_spaces_case_and_width_of_a_name_do_not_matter(runtime: Runtime, world: World, typed: str) -> None:
    student = world.student("Amina Farouk")

    assert is_in(runtime, enter(runtime, student, PIN, name=typed))


def test_an_unknown_name_reads_like_a_wrong_pin(runtime: Runtime, world: World) -> None:
    student = world.student()

    with pytest.raises(Refusal) as wrong:
        enter(runtime, student, "000001")
    with pytest.raises(Refusal) as unknown:
        enter(runtime, student, PIN, name="Nobody Here")

    assert wrong.value.message == unknown.value.message
    assert wrong.value.field == unknown.value.field == "secret"


def test_five_wrong_tries_make_the_account_wait(runtime: Runtime, world: World, clock: FixedClock) -> None:
    student = world.student()
    for _ in range(5):
        with pytest.raises(Refusal):
            enter(runtime, student, "000001")

    with pytest.raises(Refusal, match="Too many wrong tries"):
        enter(runtime, student, PIN)

    clock.move(seconds=31)
    assert is_in(runtime, enter(runtime, student, PIN))


def test_one_waiting_account_keeps_nobody_else_out(runtime: Runtime, world: World) -> None:
    student, classmate = world.student(), world.student()
    for _ in range(5):
        with pytest.raises(Refusal):
            enter(runtime, student, "000001")

    assert is_in(runtime, enter(runtime, classmate, PIN))


def test_signing_out_ends_this_session_only(runtime: Runtime, world: World) -> None:
    student = world.student()
    here, there = enter(runtime, student, PIN), enter(runtime, student, PIN)
    who = find_session(runtime, NOBODY, token=here)
    assert who is not None

    sign_out(runtime, who.actor())

    assert not is_in(runtime, here)
    assert is_in(runtime, there)


def test_sign_out_everywhere_ends_every_session(runtime: Runtime, world: World) -> None:
    student = world.student()
    here, there = enter(runtime, student, PIN), enter(runtime, student, PIN)
    who = find_session(runtime, NOBODY, token=here)
    assert who is not None
    assert len(open_sessions(runtime, who.actor())) == 2

    sign_out_everywhere(runtime, who.actor())

    assert not is_in(runtime, here)
    assert not is_in(runtime, there)


def test_a_new_pin_ends_the_other_sessions(runtime: Runtime, world: World) -> None:
    student = world.student()
    here, there = enter(runtime, student, PIN), enter(runtime, student, PIN)
    who = find_session(runtime, NOBODY, token=here)
    assert who is not None

    change_own_secret(runtime, who.actor(), current=PIN, new="730518")

    assert is_in(runtime, here)
    assert not is_in(runtime, there)
    assert is_in(runtime, enter(runtime, student, "730518"))


@pytest.mark.parametrize(
    ("current", "new", "field"),
    [("000001", "730518", "current"), (PIN, "12345", "new"), (PIN, "111111", "new")],
)
def test_a_bad_change_of_pin_is_refused_at_its_field(
    runtime: Runtime, world: World, current: str, new: str, field: str
) -> None:
    student = world.student()
    who = find_session(runtime, NOBODY, token=enter(runtime, student, PIN))
    assert who is not None

    with pytest.raises(Refusal) as refusal:
        change_own_secret(runtime, who.actor(), current=current, new=new)

    assert refusal.value.field == field


def test_a_suspended_account_is_out_at_the_next_request(runtime: Runtime, world: World) -> None:
    student, admin = world.student(), world.admin()
    token = enter(runtime, student, PIN)

    suspend(runtime, admin.actor, user_id=student.id, reason="lost device")

    assert not is_in(runtime, token)
    with pytest.raises(Refusal, match="suspended"):
        enter(runtime, student, PIN)


def test_a_reset_by_the_own_teacher_ends_sessions_and_gives_a_new_pin(runtime: Runtime, world: World) -> None:
    teacher = world.teacher()
    student = world.student(classroom=world.classroom(teacher))
    token = enter(runtime, student, PIN)

    fresh = reset_secret(runtime, teacher.actor, user_id=student.id)

    assert not is_in(runtime, token)
    assert is_in(runtime, enter(runtime, student, fresh.secret))


def test_an_unused_session_ends_and_a_used_one_lasts(
    runtime: Runtime, world: World, clock: FixedClock
) -> None:
    student = world.student()
    used, unused = enter(runtime, student, PIN), enter(runtime, student, PIN)
    clock.move(hours=11)
    who = find_session(runtime, NOBODY, token=used)
    assert who is not None

    note_session_seen(runtime, who.actor())
    clock.move(hours=2)

    assert is_in(runtime, used)
    assert not is_in(runtime, unused)


def test_the_database_never_holds_a_token(runtime: Runtime, world: World) -> None:
    token = enter(runtime, world.student(), PIN)

    with runtime.database.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT * FROM sessions").all()

    assert token not in str(stored)
