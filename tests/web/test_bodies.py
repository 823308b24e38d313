"""What a browser sends is taken to its end, so that the connection is good for what it sends next."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask

from tests.builders.world import World
from tests.support.visitor import Visitor

SAVE = b'{"v": 1, "lease": 1, "responses": []}'


@pytest.mark.parametrize(
    ("path", "status"),
    [("/attempts/1/responses", 400), ("/nowhere", 404), ("/healthz", 405)],
)
def test_a_refused_body_is_read_to_its_end(app: Flask, path: str, status: int) -> None:
    sent = BytesIO(SAVE)

    answer = app.test_client().post(
        path, input_stream=sent, content_length=len(SAVE), content_type="application/json"
    )

    assert answer.status_code == status
    assert sent.tell() == len(SAVE)
    assert "Connection" not in answer.headers


def test_a_body_of_somebody_who_is_signed_out_is_read_to_its_end(app: Flask, world: World) -> None:
    visitor = Visitor(app, world, world.student())
    token = visitor.token
    visitor.post("/sign-out")
    sent = BytesIO(SAVE)

    visitor.client.post(
        "/attempts/1/responses",
        input_stream=sent,
        content_length=len(SAVE),
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert sent.tell() == len(SAVE)


def test_a_body_that_is_too_large_is_left_and_the_connection_ends(app: Flask) -> None:
    size = 2 * 1024 * 1024 + 1
    sent = BytesIO(bytes(size))

    answer = app.test_client().post("/nowhere", input_stream=sent, content_length=size)

    assert answer.headers["Connection"] == "close"
    assert sent.tell() == 0
