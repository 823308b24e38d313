"""Login cards: one a student, good until they expire, are revoked or replaced."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import NOBODY
from quizapp.services.accounts import suspend
from quizapp.services.login_cards import (
    CARD_LASTS,
    card_holder,
    class_cards,
    issue_cards,
    revoke_card,
    sign_in_with_card,
)
from quizapp.services.sign_in import find_session
from quizapp.storage.tables import LoginCard
from tests.support.statements import count_statements


@pytest.fixture
def teacher(world):
    return world.teacher()


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


@pytest.fixture
def ana(world, classroom):
    return world.student("Ana Silva", classroom=classroom)


def issue(runtime, teacher, classroom, *students):
    ids = [student.id for student in students]
    return issue_cards(runtime, teacher.actor, classroom_id=classroom, student_ids=ids)


def signs_in(runtime, code):
    try:
        token = sign_in_with_card(runtime, NOBODY, code=code, device="Tablet")
    except Refusal:
        return None
    return find_session(runtime, NOBODY, token=token).user_id


def test_a_card_signs_its_student_in_as_often_as_it_is_shown(runtime, teacher, classroom, ana, connection):
    (card,) = issue(runtime, teacher, classroom, ana)

    assert card_holder(runtime, NOBODY, code=card.code) == "Ana Silva"
    assert signs_in(runtime, card.code) == signs_in(runtime, card.code) == ana.id
    assert card.code.encode() not in connection.scalars(select(LoginCard.code_hash)).one()


def test_a_new_card_takes_the_place_of_the_old_one(runtime, teacher, classroom, ana):
    (old,), (new,) = issue(runtime, teacher, classroom, ana), issue(runtime, teacher, classroom, ana)

    assert signs_in(runtime, old.code) is None
    assert signs_in(runtime, new.code) == ana.id


def test_a_card_expires_and_can_be_revoked(world, runtime, teacher, classroom, ana, clock):
    ben = world.student("Ben", classroom=classroom)
    first, second = issue(runtime, teacher, classroom, ana, ben)

    revoke_card(runtime, teacher.actor, classroom_id=classroom, student_id=ana.id)
    revoke_card(runtime, teacher.actor, classroom_id=classroom, student_id=ana.id)
    assert signs_in(runtime, first.code) is None
    clock.move(days=CARD_LASTS.days)
    assert signs_in(runtime, second.code) is None

    lines = class_cards(runtime, teacher.actor, classroom_id=classroom).lines
    assert [line.expires_at for line in lines] == [None, None]


def test_unknown_expired_and_revoked_cards_read_alike(runtime, teacher, classroom, ana):
    (card,) = issue(runtime, teacher, classroom, ana)
    revoke_card(runtime, teacher.actor, classroom_id=classroom, student_id=ana.id)
    with pytest.raises(Refusal) as revoked:
        card_holder(runtime, NOBODY, code=card.code)
    with pytest.raises(Refusal) as unknown:
        card_holder(runtime, NOBODY, code="CCCCCCCCCCCCCCCC")

    assert revoked.value.message == unknown.value.message


def test_a_suspended_student_stays_out_with_a_card(world, runtime, teacher, classroom, ana):
    (card,) = issue(runtime, teacher, classroom, ana)

    suspend(runtime, world.admin().actor, user_id=ana.id, reason="Shared")

    assert signs_in(runtime, card.code) is None


def test_only_the_own_teachers_make_and_revoke_cards(world, runtime, teacher, classroom, ana):
    stranger, elsewhere = world.teacher(), world.student()
    with pytest.raises(NotFound):
        issue(runtime, stranger, classroom, ana)
    with pytest.raises(NotFound):
        issue(runtime, teacher, classroom, ana, elsewhere)
    with pytest.raises(NotFound):
        revoke_card(runtime, teacher.actor, classroom_id=classroom, student_id=elsewhere.id)
    with pytest.raises(NotFound):
        class_cards(runtime, ana.actor, classroom_id=classroom)


def test_nobody_ticked_is_said(runtime, teacher, classroom):
    with pytest.raises(Refusal) as refused:
        issue(runtime, teacher, classroom)

    assert refused.value.field == "students"


def test_the_list_takes_two_statements_however_long(world, runtime, teacher, classroom, ana, connection):
    for _ in range(4):
        world.student(classroom=classroom)

    with count_statements(connection) as sent:
        class_cards(runtime, teacher.actor, classroom_id=classroom)

    assert len(sent) == 2
