"""Pictures of lessons are sent to those who are signed in, and can do no harm when opened by themselves."""

from __future__ import annotations

import hashlib

from flask import Flask

from quizapp.storage.tables import Asset
from tests.builders.world import World

PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"
HASH = hashlib.sha256(PICTURE).hexdigest()


def test_a_picture_is_sent_with_its_type_and_may_be_kept(app: Flask, world: World) -> None:
    world.add(Asset(sha256=HASH, media_type="image/svg+xml", bytes=PICTURE, created_at=world.now))
    client = app.test_client()
    world.sign_in(client, world.student())

    answer = client.get(f"/assets/{HASH}")

    assert answer.data == PICTURE
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_an_unknown_picture_is_not_found(app: Flask, world: World) -> None:
    client = app.test_client()
    world.sign_in(client, world.student())

    assert client.get(f"/assets/{'0' * 64}").status_code == 404
