"""A password or PIN that somebody else made opens one page only: the one where an own one is chosen."""

from __future__ import annotations

import pytest

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import NOBODY, OPERATOR, Role
from quizapp.services.accounts import create_person, reset_secret
from quizapp.services.login_cards import issue_cards, sign_in_with_card
from quizapp.services.own_secrets import choose_own_secret
from quizapp.services.rosters import add_to_roster
from quizapp.services.sign_in import find_session, sign_in

OWN = {Role.STUDENT: "730518", Role.TEACHER: "a sentence of my own", Role.ADMIN: "a sentence of my own"}
TOO_WEAK = {Role.STUDENT: "123456", Role.TEACHER: "short", Role.ADMIN: "short"}
STAFF = (Role.TEACHER, Role.ADMIN)


def enter(world, made, secret=None):
    """Sign in as somebody and return who that is."""
    token = sign_in(
        world.runtime,
        NOBODY,
        school_id=world.school_id,
        user_name=made.user_name,
        secret=secret or made.secret,
        device="Tests",
    )
    return find_session(world.runtime, NOBODY, token=token)


@pytest.fixture(params=[Role.STUDENT, Role.TEACHER, Role.ADMIN])
def reset(request, world, runtime):
    """The role of somebody whose secret an administrator replaced, and what was handed over."""
    person = world.person(request.param)
    return request.param, reset_secret(runtime, world.admin().actor, user_id=person.id)


def test_a_replaced_secret_is_temporary_until_an_own_one_is_chosen(world, runtime, reset):
    role, made = reset
    who, elsewhere = enter(world, made), enter(world, made)
    assert who.must_change_password

    choose_own_secret(runtime, who.actor(), new=OWN[role])

    assert not enter(world, made, OWN[role]).must_change_password
    with pytest.raises(Refusal):
        enter(world, made)
    assert elsewhere.session_id != who.session_id


def test_the_temporary_secret_can_not_be_chosen_and_neither_can_a_weak_one(world, runtime, reset):
    role, made = reset
    who = enter(world, made)

    for secret in (made.secret, TOO_WEAK[role]):
        with pytest.raises(Refusal) as refused:
            choose_own_secret(runtime, who.actor(), new=secret)
        assert refused.value.field == "new"

    assert enter(world, made).must_change_password


def test_every_other_session_ends_and_this_one_goes_on(world, runtime, reset):
    role, made = reset
    tokens = [
        sign_in(
            runtime, NOBODY, school_id=world.school_id, user_name=made.user_name, secret=made.secret,
            device="Tests",
        )
        for _ in range(2)
    ]  # fmt: skip

    choose_own_secret(runtime, find_session(runtime, NOBODY, token=tokens[0]).actor(), new=OWN[role])

    assert find_session(runtime, NOBODY, token=tokens[0])
    assert find_session(runtime, NOBODY, token=tokens[1]) is None


def test_a_teachers_reset_is_temporary_too(world, runtime):
    teacher = world.teacher()
    student = world.student(classroom=world.classroom(teacher))

    made = reset_secret(runtime, teacher.actor, user_id=student.id)

    assert enter(world, made).must_change_password


@pytest.mark.parametrize("role", STAFF)
def test_what_an_administrator_gave_to_staff_is_temporary(world, runtime, role):
    admin = world.admin()

    made_up = create_person(runtime, admin.actor, display_name="Mr Ames", role=role)
    typed = create_person(
        runtime, admin.actor, display_name="Ms Bell", role=role, secret="typed by the office"
    )

    assert enter(world, made_up).must_change_password
    assert enter(world, typed).must_change_password


def test_what_an_operator_typed_is_the_own_one_and_what_was_made_up_is_not(world, runtime):
    school = world.school_id

    typed = create_person(
        runtime, OPERATOR, school_id=school, display_name="Ada", role=Role.ADMIN, secret="a long sentence"
    )
    made_up = create_person(runtime, OPERATOR, school_id=school, display_name="Ben", role=Role.ADMIN)

    assert not enter(world, typed).must_change_password
    assert enter(world, made_up).must_change_password


def test_a_printed_pin_and_a_card_may_stay(world, runtime):
    teacher = world.teacher()
    classroom = world.classroom(teacher)

    card = add_to_roster(runtime, teacher.actor, classroom_id=classroom, text="Ana Silva").cards[0]
    who = enter(world, card, card.pin)
    (printed,) = issue_cards(runtime, teacher.actor, classroom_id=classroom, student_ids=[who.user_id])
    by_card = sign_in_with_card(runtime, NOBODY, code=printed.code, device="Tests")

    assert not who.must_change_password
    assert not find_session(runtime, NOBODY, token=by_card).must_change_password


def test_whoever_has_an_own_secret_has_nothing_to_choose(world, runtime):
    with pytest.raises(NotFound):
        choose_own_secret(runtime, world.teacher().actor, new="a sentence of my own")
