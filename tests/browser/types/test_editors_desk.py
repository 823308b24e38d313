"""The editor's desk by keyboard alone, without JavaScript, and after a change of mind."""

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

NAME = "editors-desk-near"
ANSWER = {
    "step-1": "county",
    "step-1.reason": "paper-stays",
    "step-2": "send-questions",
    "step-2.reason": "be-heard",
    "step-3": "works-there",
    "step-3.reason": "few-drivers",
}
MOST_STOPS = 60
MOST_CHOICES = 4


@pytest.fixture(scope="module", autouse=True)
def a_school_with_somebody(server: Server) -> None:
    """Without anybody every page leads to the first run."""
    make_staff(server, Role.TEACHER, "Ines Holm")


@contextmanager
def gallery(visitor: Visitor, **how: Any) -> Iterator[Page]:
    """Open the type's page."""
    with visitor.opens(**how) as page:
        page.goto("/gallery/editors_desk")
        yield page


def worked(page: Page) -> Locator:
    return page.locator(f"[data-worked={NAME}]")


def node(page: Page, node_id: str) -> Locator:
    return worked(page).locator(f"[data-node={node_id}]")


def radio(page: Page, part: str, choice: str) -> Locator:
    return worked(page).locator(f"input[name='{NAME}.{part}'][value={choice}]")


def words(page: Page) -> list[str]:
    return worked(page).locator("[data-least]:not([hidden])").all_inner_texts()


def value(page: Page) -> Any:
    return json.loads(page.locator("[data-value]").inner_text())


def choose_by_keys(page: Page, part: str, choice: str) -> None:
    """Go to a group of choices with Tab and through it with the arrows."""
    group = f"[data-worked={NAME}] input[name='{NAME}.{part}']"
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("group => document.activeElement.matches(group)", group):
            break
    else:
        raise AssertionError(f"Tab never came to {part}")
    page.keyboard.press("Space")
    for _ in range(MOST_CHOICES):
        if radio(page, part, choice).is_checked():
            expect(radio(page, part, choice)).to_be_focused()
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows never came to {choice}")


def test_a_way_is_gone_with_the_keyboard_alone(visitor: Visitor) -> None:
    with gallery(visitor) as page:
        expect(node(page, "unheard")).to_be_hidden()

        for part, choice in ANSWER.items():
            choose_by_keys(page, part, choice)
        assert words(page) == ["no one exposed", "not blamed unheard"]
        expect(worked(page).get_by_role("status")).to_contain_text("This was the last step.")
        page.keyboard.press("Tab")
        expect(worked(page).get_by_role("button", name="Check")).to_be_focused()
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert value(page) == ANSWER
        expect(page.locator("[data-rule]")).to_have_text("6 of 6 right")


def test_a_way_is_gone_without_javascript(visitor: Visitor) -> None:
    with gallery(visitor, javascript=False, width=320) as page:
        for part, choice in ANSWER.items():
            if not radio(page, part, choice).is_visible():
                send(page, worked(page).get_by_role("button", name="Go on"))
            radio(page, part, choice).check()
        send(page, worked(page).get_by_role("button", name="Check"))

        assert value(page) == ANSWER
        expect(page.locator("[data-rule]")).to_have_text("6 of 6 right")


def test_a_choice_opens_the_next_step_and_moves_the_meters(visitor: Visitor) -> None:
    with gallery(visitor) as page:
        radio(page, "step-1", "print-tonight").check()

        expect(node(page, "out")).to_be_visible()
        expect(node(page, "unheard")).to_be_hidden()
        expect(worked(page).get_by_role("status")).to_contain_text("Step 2 is open below.")
        expect(radio(page, "step-1", "print-tonight")).to_be_focused()
        assert words(page) == ["no one exposed", "blamed unheard"]


def test_a_change_of_mind_takes_out_what_does_not_follow(visitor: Visitor) -> None:
    with gallery(visitor) as page:
        radio(page, "step-1", "print-tonight").check()
        radio(page, "step-2", "stand-firm").check()

        radio(page, "step-1", "county").check()

        expect(worked(page).get_by_role("status")).to_contain_text("The steps below were taken out")
        expect(node(page, "out")).to_be_hidden()
        assert words(page) == ["no one exposed", "not blamed unheard"]
        send(page, worked(page).get_by_role("button", name="Check"))
        assert value(page) == {"step-1": "county"}


def test_a_change_of_mind_is_told_without_javascript(visitor: Visitor) -> None:
    with gallery(visitor, javascript=False) as page:
        radio(page, "step-1", "print-tonight").check()
        send(page, worked(page).get_by_role("button", name="Go on"))
        radio(page, "step-2", "stand-firm").check()

        radio(page, "step-1", "county").check()
        send(page, worked(page).get_by_role("button", name="Go on"))

        expect(worked(page)).to_contain_text("Step 2 was taken out")
        expect(node(page, "unheard")).to_be_visible()
        expect(node(page, "out")).to_be_hidden()
