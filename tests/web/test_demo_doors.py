"""The doors of the demo school open there and nowhere else."""

from __future__ import annotations

import pytest
from flask import Flask

from quizapp.core.demo import SIGN_INS
from quizapp.core.permissions import Role
from tests.builders.world import World
from tests.support.visitor import TOKEN

STUDENT = next(one for one in SIGN_INS if one.role is Role.STUDENT)


def token_of(page: str) -> str:
    found = TOKEN.search(page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("is_demo", [True, False])
def test_one_click_leads_into_a_demo_school_and_no_other(app: Flask, world: World, is_demo: bool) -> None:
    world.student(STUDENT.user_name, school_id=world.school(is_demo=is_demo))
    client = app.test_client()
    page = client.get("/sign-in").text

    answer = client.post("/demo/student", data={"csrf_token": token_of(page)})

    assert ("As a student" in page) is is_demo
    assert answer.status_code == (302 if is_demo else 404)
    assert (STUDENT.user_name in client.get("/account").text) is is_demo


def test_a_door_without_anybody_behind_it_is_not_there(app: Flask, world: World) -> None:
    world.student(STUDENT.user_name, school_id=world.school(is_demo=True))
    client = app.test_client()
    page = client.get("/sign-in").text

    assert "As a teacher" not in page
    assert client.post("/demo/teacher", data={"csrf_token": token_of(page)}).status_code == 404
