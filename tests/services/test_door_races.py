"""At the door at the same moment: one name for two phones, one button pressed twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from quizapp.core.errors import Refusal
from quizapp.services.door import open_door
from quizapp.services.login_cards import issue_cards
from quizapp.storage.tables import ClassDoor, DoorClaim, LoginCard
from tests.services.at_the_door import Phone, code_of

AT_ONCE = 8


def at_once(deed):
    """Do it eight times at once and return what came of each."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(deed, range(AT_ONCE)))


@pytest.fixture
def teacher(live_world):
    return live_world.teacher()


@pytest.fixture
def classroom(live_world, teacher):
    return live_world.classroom(teacher)


def count(runtime, table):
    with runtime.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_one_of_many_phones_gets_the_name_and_the_others_are_told(
    live_runtime, live_world, teacher, classroom
):
    student = live_world.student("Ana Silva", classroom=classroom, has_pin=False)
    open_door(live_runtime, teacher.actor, classroom_id=classroom)
    code = code_of(live_runtime, classroom)

    def claim(number):
        try:
            Phone(live_runtime, f"browser {number}", code).claim(student)
        except Refusal as refusal:
            return refusal.field
        return "mine"

    assert sorted(at_once(claim)) == ["mine", *["student_id"] * (AT_ONCE - 1)]
    assert count(live_runtime, DoorClaim) == 1


def test_a_door_opened_many_times_at_once_is_one_door(live_runtime, teacher, classroom):
    at_once(lambda _: open_door(live_runtime, teacher.actor, classroom_id=classroom))

    assert count(live_runtime, ClassDoor) == 1


def test_cards_made_many_times_at_once_are_one_card(live_runtime, live_world, teacher, classroom):
    student = live_world.student(classroom=classroom)

    at_once(
        lambda _: issue_cards(live_runtime, teacher.actor, classroom_id=classroom, student_ids=[student.id])
    )

    assert count(live_runtime, LoginCard) == 1
