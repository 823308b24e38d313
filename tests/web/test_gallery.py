"""The gallery: every type in every state, and answers to its worked questions."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.content.samples import sample_key
from quizapp.question_types.registry import question_types
from tests.builders.world import World
from tests.support.visitor import TOKEN

pytestmark = pytest.mark.usefixtures("a_school")

STATES = ("empty", "answered", "closed", "invalid", "right", "why", "withheld", "print")


@pytest.fixture
def a_school(world: World) -> None:
    """Without one every page leads to the first run."""
    world.teacher()


def test_the_gallery_lists_every_type(app: Flask) -> None:
    page = app.test_client().get("/gallery/").text

    assert [name for name in question_types() if f"/gallery/{name}" not in page] == []


@pytest.mark.parametrize("name", question_types())
def test_a_type_is_shown_in_every_state(app: Flask, name: str) -> None:
    answer = app.test_client().get(f"/gallery/{name}")

    assert answer.status_code == 200
    assert [state for state in STATES if f'id="state-{state}"' not in answer.text] == []


def test_a_type_that_does_not_exist_is_not_found(app: Flask) -> None:
    assert app.test_client().get("/gallery/crossword").status_code == 404


def tried(app: Flask, name: str, which: str, answer: str = "") -> TestResponse:
    """Press *Check* with one field."""
    client = app.test_client()
    token = TOKEN.search(client.get(f"/gallery/{name}").text)[1]
    return client.post(f"/gallery/{name}/{which}", data={"csrf_token": token, which: answer})


@pytest.mark.parametrize("name", question_types())
def test_the_sample_of_a_type_can_be_tried_and_every_id_stands_on_the_page_once(
    app: Flask, name: str
) -> None:
    answer = tried(app, name, sample_key(question_types()[name]))

    ids = Counter(re.findall(r'\sid="([^"]+)"', answer.text))
    assert answer.status_code == 200
    assert "<code data-value>null</code>" in answer.text
    assert [one for one, times in ids.items() if times > 1] == []


def test_what_is_no_answer_to_the_sample_is_named(app: Flask) -> None:
    answer = tried(app, "single_choice", "single-choice-sample", answer="z")

    assert answer.status_code == 422
    assert "is not one of the choices" in answer.text


def test_a_question_that_the_gallery_does_not_have_is_not_found(app: Flask) -> None:
    assert tried(app, "order", "order-middle").status_code == 404
