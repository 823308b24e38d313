"""After a reset every page leads to *Choose your own*, and sign-out stays possible."""

from __future__ import annotations

import pytest

from quizapp.core.permissions import Role
from quizapp.services.accounts import reset_secret
from tests.support.visitor import Visitor

HERE = "/account/own-secret"
OWN = {Role.STUDENT: "٧٣٠٥١٨", Role.TEACHER: "a sentence of my own", Role.ADMIN: "a sentence of my own"}
HEADINGS = {
    Role.STUDENT: "Choose your own PIN",
    Role.TEACHER: "Choose your own password",
    Role.ADMIN: "Choose your own password",
}
PAGES = {
    Role.STUDENT: ("/home", "/lessons", "/progress"),
    Role.TEACHER: ("/classes", "/grading", "/library"),
    Role.ADMIN: ("/reports", "/people", "/settings"),
}


class Newcomer(Visitor):
    """Somebody whose pages all lead to one, so the token is found there."""

    token_page = HERE


@pytest.fixture(params=[Role.STUDENT, Role.TEACHER, Role.ADMIN])
def role(request):
    return request.param


@pytest.fixture
def visitor(app, world, runtime, role):
    person = world.person(role)
    reset_secret(runtime, world.admin().actor, user_id=person.id)
    return Newcomer(app, world, person)


def test_every_page_leads_there_and_offers_no_other(visitor, role):
    answers = [visitor.get(page) for page in ("/", "/account", *PAGES[role])]
    page = visitor.get(HERE).text

    assert {(one.status_code, one.headers["Location"]) for one in answers} == {(302, HERE)}
    assert HEADINGS[role] in page
    assert "Sign out" in page
    assert PAGES[role][1] not in page


def test_a_form_of_another_page_stores_nothing(visitor):
    answer = visitor.post("/account/secret", {"current": "x", "new": "y"})

    assert (answer.status_code, answer.headers["Location"]) == (302, HERE)


def test_sign_out_stays_possible(visitor):
    visitor.post("/sign-out")

    assert visitor.get("/account").headers["Location"].startswith("/sign-in")


def test_an_own_secret_opens_the_rest(visitor, role):
    chosen = visitor.post(HERE, {"new": OWN[role], "again": OWN[role]})

    assert chosen.headers["Location"] == "/"
    assert [visitor.get(page).status_code for page in PAGES[role]] == [200, 200, 200]
    assert visitor.get(HERE).headers["Location"] == "/account"


def test_two_that_differ_are_refused_at_the_second(visitor, role):
    answer = visitor.post(HERE, {"new": OWN[role], "again": "something else"})

    assert answer.status_code == 422
    assert "These are not the same" in answer.text
    assert visitor.get("/").headers["Location"] == HERE
