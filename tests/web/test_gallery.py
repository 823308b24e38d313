"""The gallery: every type in every state, and answers to its worked questions."""

from __future__ import annotations

import pytest
from flask import Flask

from quizapp.question_types.registry import question_types
from tests.builders.world import World

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
