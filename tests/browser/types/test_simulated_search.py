"""The simulated search by keyboard alone, without JavaScript, and without a connection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from quizapp.core.permissions import Role
from tests.browser.conftest import Visitor, make_staff
from tests.browser.steps import send
from tests.support.server import Server

NAME = "simulated-search-near"
OPENED = ["r2", "r1", "r4"]
ANSWER = {"verdict": "contradicted", "first": "r2", "second": "r4", "opened": OPENED}
RESULTS = ["r1", "r2", "r3", "r4", "r5", "r6"]
MOST_STOPS = 60


@pytest.fixture(scope="module", autouse=True)
def a_school_with_somebody(server: Server) -> None:
    """Without anybody every page leads to the first run."""
    make_staff(server, Role.TEACHER, "Runa Albright")


@contextmanager
def gallery(visitor: Visitor, **how: Any) -> Iterator[Page]:
    """Open the type's page."""
    with visitor.opens(**how) as page:
        page.goto("/gallery/simulated_search")
        yield page


def worked(page: Page) -> Locator:
    return page.locator(f"[data-worked={NAME}]")


def button(page: Page, result: str) -> Locator:
    return worked(page).locator(f"button[data-open={result}]")


def found(page: Page, result: str) -> Locator:
    return page.locator(f"#{NAME}-{result}-page")


def value(page: Page) -> Any:
    return json.loads(page.locator("[data-value]").inner_text())


def tab_to(page: Page, selector: str, *, backwards: bool = False) -> None:
    """Press Tab until what the selector names in the worked question has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if page.evaluate(
            "selector => document.activeElement.matches(selector)", f"[data-worked={NAME}] {selector}"
        ):
            return
    raise AssertionError(f"Tab never came to {selector}")


def choose_by_keys(page: Page, part: str, result: str) -> None:
    """Go down a list of results until this one is chosen."""
    tab_to(page, f"select[name='{NAME}.{part}']")
    for _ in range(RESULTS.index(result) + 1):
        page.keyboard.press("ArrowDown")


def check(page: Page) -> None:
    send(page, worked(page).get_by_role("button", name="Check"))


def test_a_search_is_read_with_the_keyboard_alone(visitor: Visitor) -> None:
    with gallery(visitor) as page:
        for before, result in zip([None, *OPENED], OPENED, strict=False):
            is_above = before is not None and result < before
            tab_to(page, f"button[data-open={result}]", backwards=is_above)
            page.keyboard.press("Enter")
            expect(button(page, result)).to_be_focused()
            expect(button(page, result)).to_have_attribute("aria-expanded", "true")
            expect(found(page, result)).to_be_visible()
        expect(worked(page).get_by_role("status")).to_have_text("Page 4 is open.")
        expect(found(page, "r2")).to_be_hidden()

        tab_to(page, f"input[name='{NAME}.verdict']")
        page.keyboard.press("Space")
        for _ in range(3):
            page.keyboard.press("ArrowDown")
        choose_by_keys(page, "first", "r2")
        choose_by_keys(page, "second", "r4")
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert value(page) == ANSWER
        expect(page.locator("[data-rule]")).to_have_text("4 of 4 right")


def test_a_search_is_read_without_javascript(visitor: Visitor) -> None:
    with gallery(visitor, javascript=False, width=320) as page:
        for result in OPENED:
            expect(found(page, result)).to_be_hidden()
            send(page, button(page, result))
            expect(found(page, result)).to_be_visible()
        worked(page).locator(f"input[name='{NAME}.verdict'][value=contradicted]").check()
        for part in ("first", "second"):
            worked(page).locator(f"select[name='{NAME}.{part}']").select_option(ANSWER[part])
        check(page)

        assert value(page) == ANSWER
        expect(page.locator("#tried .search__trail li")).to_have_count(len(OPENED))


def test_what_is_chosen_stays_when_a_page_is_opened_without_javascript(visitor: Visitor) -> None:
    with gallery(visitor, javascript=False) as page:
        worked(page).locator(f"select[name='{NAME}.first']").select_option("r2")

        send(page, button(page, "r3"))

        assert value(page) == {"first": "r2", "opened": ["r3"]}
        expect(worked(page).locator(f"select[name='{NAME}.first']")).to_have_value("r2")


def test_a_page_opens_and_closes_without_a_connection(visitor: Visitor) -> None:
    with gallery(visitor) as page:
        page.context.set_offline(True)

        button(page, "r3").click()
        expect(found(page, "r3")).to_be_visible()
        button(page, "r3").click()
        expect(found(page, "r3")).to_be_hidden()
        button(page, "r3").click()

        page.context.set_offline(False)
        check(page)
        assert value(page) == {"opened": ["r3", "r3"]}
