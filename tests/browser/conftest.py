"""A real Chromium on the production server, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from quizapp.core.permissions import OPERATOR, Role
from quizapp.services.accounts import create_person, create_school
from tests.support.server import Server, start_server

STAFF_PASSWORD = "a password of the tests"

# What does not come within ten seconds does not come.
PATIENCE_MS = 10_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server on SQLite with the shipped content."""
    folder = tmp_path_factory.mktemp("server")
    started = start_server(f"sqlite:///{folder / 'school.db'}", folder)
    create_school(started.runtime, OPERATOR, name="Hill Street School", time_zone="Europe/London")
    yield started
    started.stop()


@dataclass
class Visitor:
    """Somebody at a browser of the own."""

    server: Server
    browser: Browser

    @contextmanager
    def opens(
        self, *, width: int = 1280, theme: str = "light", javascript: bool = True, is_inspected: bool = False
    ) -> Iterator[Page]:
        """Open a new browser window; no request may leave the server, and no script may fail.

        Who inspects pages with axe lets it measure with styles of its own, which our policy forbids.
        """
        context: BrowserContext = self.browser.new_context(
            base_url=self.server.url,
            viewport={"width": width, "height": 900},
            color_scheme=theme,  # type: ignore[arg-type]  # a literal for the tests
            reduced_motion="reduce",  # nothing is measured half way through a movement
            java_script_enabled=javascript,
            bypass_csp=is_inspected,
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        elsewhere: list[str] = []
        errors: list[str] = []
        page.on(
            "request",
            lambda request: (
                elsewhere.append(request.url)
                if not request.url.startswith((self.server.url, "data:"))
                else None
            ),
        )
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                errors.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        try:
            yield page
            assert elsewhere == []
            assert errors == []
        finally:
            context.close()


@pytest.fixture
def visitor(server: Server, chromium: Browser) -> Visitor:
    """Opens windows at the server."""
    return Visitor(server, chromium)


def make_staff(server: Server, role: Role, name: str) -> str:
    """Make a teacher or an administrator and return the name to sign in with."""
    return create_person(
        server.runtime,
        OPERATOR,
        school_id=1,
        display_name=name,
        role=role,
        secret=STAFF_PASSWORD,
    ).user_name


def sign_in(page: Page, name: str, secret: str) -> None:
    """Sign in as a person would."""
    page.goto("/sign-in")
    page.get_by_label("Your name or user name").fill(name)
    page.get_by_label("Password or PIN").fill(secret)
    page.get_by_role("button", name="Sign in", exact=True).click()
