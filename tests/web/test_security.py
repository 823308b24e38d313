"""Headers, cookies and limits that every page has."""

from __future__ import annotations

import pytest
from flask import Flask

from quizapp.core.permissions import NOBODY
from quizapp.services.environment import Mode, Settings
from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import find_session, sign_out_everywhere
from quizapp.web.app import create_app
from tests.builders.world import PIN, World
from tests.support.visitor import Visitor

SECRET = "kV2x-8Qz71mNpR4tW6yB9cE3gH5jL0sD"


@pytest.fixture
def production(runtime: Runtime) -> Flask:
    """The application as a school serves it."""
    settings = Settings(
        mode=Mode.PRODUCTION,
        database_url="sqlite://",
        secret_key=SECRET,
        pepper=SECRET,
        trusted_hosts=("quiz.example.org",),
    )
    app = create_app(settings, runtime)
    app.testing = True
    return app


def test_every_page_forbids_what_it_does_not_need(app: Flask) -> None:
    headers = app.test_client().get("/sign-in").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_nothing_is_kept_of_pages_behind_the_sign_in(app: Flask, world: World) -> None:
    visitor = Visitor(app, world, world.student())

    assert visitor.get("/account").headers["Cache-Control"] == "no-store"


def test_cookies_are_for_this_host_over_tls_only(production: Flask, world: World) -> None:
    world.student("Amina")
    client = production.test_client()
    page = client.get("/sign-in", base_url="https://quiz.example.org")

    cookie = page.headers["Set-Cookie"]

    assert cookie.startswith("__Host-session=")
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "max-age" in page.headers["Strict-Transport-Security"]


def test_a_forged_host_is_refused(production: Flask, world: World) -> None:
    world.school()
    client = production.test_client()

    assert client.get("/sign-in", base_url="https://evil.example.com").status_code == 400
    assert client.get("/sign-in", base_url="https://quiz.example.org").status_code == 200


def test_the_style_page_is_for_development_only(production: Flask) -> None:
    answer = production.test_client().get("/style", base_url="https://quiz.example.org")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example.com/", "//evil.example.com", "/\\evil.example.com", "/nowhere"]
)
def test_signing_in_leads_to_pages_of_ours_only(app: Flask, world: World, elsewhere: str) -> None:
    student = world.student("Amina")
    client = app.test_client()
    token = client.get("/sign-in").text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]

    answer = client.post(
        "/sign-in",
        data={
            "csrf_token": token,
            "school_id": student.actor.school_id,
            "user_name": "Amina",
            "secret": PIN,
            "next": elsewhere,
        },
    )

    assert answer.headers["Location"] == "/"


def test_a_post_without_its_token_is_refused_with_a_sentence(app: Flask, world: World) -> None:
    client = app.test_client()
    world.sign_in(client, world.student())

    answer = client.post("/sign-out")

    assert answer.status_code == 400
    assert "Load it again" in answer.text


def test_a_text_that_no_database_takes_is_refused(app: Flask, world: World) -> None:
    visitor = Visitor(app, world, world.teacher())

    answer = visitor.post("/classes/new", {"title": "10\0A"})

    assert answer.status_code == 400


def test_more_than_two_megabytes_are_refused(app: Flask, world: World) -> None:
    visitor = Visitor(app, world, world.teacher())

    answer = visitor.post("/classes/new", {"title": "x" * (2 * 1024 * 1024 + 1)})

    assert answer.status_code == 413


def test_a_copied_cookie_is_worth_nothing_after_signing_out_everywhere(
    app: Flask, runtime: Runtime, world: World
) -> None:
    student = world.student()
    visitor = Visitor(app, world, student)
    with visitor.client.session_transaction() as cookie:
        token = cookie["_user_id"]
    who = find_session(runtime, NOBODY, token=token)
    assert who is not None

    sign_out_everywhere(runtime, who.actor())

    assert visitor.get("/account").status_code == 302


def test_a_page_is_sent_compressed_to_who_asks_for_it(app: Flask, world: World) -> None:
    world.school()
    answer = app.test_client().get("/start", headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_the_health_pages_tell_a_live_from_a_ready_server(app: Flask) -> None:
    client = app.test_client()

    assert client.get("/healthz").json == {"state": "ok"}
    assert client.get("/readyz").json == {"state": "ready"}


def test_the_theme_is_kept_and_an_unknown_one_is_not(app: Flask, world: World) -> None:
    visitor = Visitor(app, world, world.student())

    visitor.post("/theme", {"theme": "dark"})
    assert 'data-theme="dark"' in visitor.get("/account").text

    visitor.post("/theme", {"theme": "<script>"})
    assert 'data-theme="auto"' in visitor.get("/account").text


@pytest.mark.parametrize(("hops", "status"), [(1, 200), (0, 400)])
def test_the_word_of_a_proxy_counts_only_where_one_is_set(
    runtime: Runtime, world: World, hops: int, status: int
) -> None:
    world.school()
    settings = Settings(
        mode=Mode.PRODUCTION,
        database_url="sqlite://",
        secret_key=SECRET,
        pepper=SECRET,
        trusted_hosts=("quiz.example.org",),
        proxy_hops=hops,
    )
    client = create_app(settings, runtime).test_client()

    answer = client.get(
        "/sign-in",
        base_url="http://10.0.0.7",
        headers={"X-Forwarded-Host": "quiz.example.org", "X-Forwarded-Proto": "https"},
    )

    assert answer.status_code == status


def test_an_id_that_no_database_can_hold_leads_nowhere(app: Flask, world: World) -> None:
    visitor = Visitor(app, world, world.admin())

    assert visitor.get(f"/people/{2**63}").status_code == 404
    assert visitor.get(f"/people/{2**63 - 1}").status_code == 404
