"""Static files: compressed for whoever takes it, whole for the rest, kept for ever."""

from __future__ import annotations

import brotli
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from quizapp.content.roots import shipped

STYLES = "css/base.css"


@pytest.fixture
def content() -> bytes:
    return bytes(shipped("static").joinpath(STYLES).read_bytes())


def ask(app: Flask, **headers: str) -> TestResponse:
    return app.test_client().get(app.config["STATIC_PREFIX"] + STYLES, headers=headers, buffered=True)


def test_text_travels_compressed_to_who_takes_it(app: Flask, content: bytes) -> None:
    answer = ask(app, **{"Accept-Encoding": "gzip, br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(content) / 2
    assert brotli.decompress(answer.data) == content


def test_text_travels_as_it_is_to_who_does_not(app: Flask, content: bytes) -> None:
    answer = ask(app)

    assert "Content-Encoding" not in answer.headers
    assert answer.data == content


def test_a_part_is_a_part_of_the_file_itself(app: Flask, content: bytes) -> None:
    answer = ask(app, **{"Accept-Encoding": "br", "Range": "bytes=0-9"})

    assert answer.status_code == 206
    assert answer.data == content[:10]


def test_files_are_kept_for_ever_and_never_sent_twice(app: Flask) -> None:
    first = ask(app, **{"Accept-Encoding": "br"})
    again = ask(app, **{"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]})

    assert "immutable" in first.headers["Cache-Control"]
    assert again.status_code == 304


def test_a_page_of_the_release_before_still_gets_its_files(app: Flask, content: bytes) -> None:
    client = app.test_client()

    led = client.get(f"/static/{'0' * 16}/{STYLES}")
    answer = client.get(led.location, buffered=True)

    assert (led.status_code, led.headers["Cache-Control"]) == (307, "no-store")
    assert answer.data == content
    assert client.get(f"/static/{'0' * 16}/js/of-no-release.js").status_code == 404


def test_no_other_site_may_read_our_files(app: Flask) -> None:
    assert "Access-Control-Allow-Origin" not in ask(app).headers
