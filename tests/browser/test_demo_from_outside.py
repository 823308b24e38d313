"""The demo school before anybody signs in: its doors, and one exercise, with and without a script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from quizapp.core.demo import SCHOOL, SIGN_INS
from quizapp.core.permissions import OPERATOR
from quizapp.services.accounts import create_person, create_school
from tests.browser.conftest import Visitor
from tests.browser.steps import choose, named, send
from tests.browser.test_pages_are_accessible import each_look, inspecting
from tests.support.server import start_server


@pytest.fixture(scope="module")
def demo_visitor(tmp_path_factory: pytest.TempPathFactory, chromium: Browser) -> Iterator[Visitor]:
    """Somebody at the sign-in page of a demo school with nobody but the people behind its doors."""
    folder = tmp_path_factory.mktemp("demo")
    server = start_server(f"sqlite:///{folder / 'school.db'}", folder, mode="demo")
    school_id = create_school(server.runtime, OPERATOR, name=SCHOOL, time_zone="Europe/London", is_demo=True)
    for one in SIGN_INS:
        create_person(
            server.runtime,
            OPERATOR,
            school_id=school_id,
            display_name=one.user_name,
            role=one.role,
            secret=one.secret,
        )
    yield Visitor(server, chromium)
    server.stop()


def judge_every_line(page: Page) -> None:
    """Give each line of the page the same verdict, and print."""
    for radio in page.locator("input[type=radio][value=claimed]").all():
        choose(radio)
    send(page, named(page, "Print my page"))


@each_look
def test_the_pages_before_a_sign_in(demo_visitor: Visitor, width: int, theme: str) -> None:
    with inspecting(demo_visitor, width, theme) as inspector:
        inspector.open("/sign-in", "/try")
        send(inspector.page, named(inspector.page, "Print my page"))
        inspector.look("nothing judged")
        judge_every_line(inspector.page)
        inspector.look("printed")


@each_look
def test_the_page_behind_the_authors_door(demo_visitor: Visitor, width: int, theme: str) -> None:
    with inspecting(demo_visitor, width, theme) as inspector:
        inspector.page.goto("/sign-in")
        send(inspector.page, named(inspector.page, "As an author"))
        inspector.look("the content")


def test_an_exercise_is_tried_without_a_script(demo_visitor: Visitor) -> None:
    with demo_visitor.opens(javascript=False) as page:
        page.goto("/sign-in")
        page.get_by_role("link", name="Try one exercise, no sign-in").click()
        judge_every_line(page)

        expect(page.get_by_text("Partly right")).to_be_visible()
        expect(page.get_by_role("link", name="To the doors of the demo school")).to_be_visible()
