"""The contact sheet by keyboard alone, without JavaScript, and past its limit of two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from quizapp.core.permissions import Role
from tests.browser.conftest import STAFF_PASSWORD, Visitor, make_staff, sign_in
from tests.browser.steps import send
from tests.support.server import Server

NAME = "contact-sheet-near"
ANSWER = {
    "before": "evenings",
    "after": "learning",
    "chosen": ["hall", "field"],
    "belief.hall": "crowd",
    "belief.field": "always",
}
MOST_STOPS = 60


@pytest.fixture(scope="module")
def teacher(server: Server) -> str:
    """Somebody who may see the pictures: they are for people of a school."""
    return make_staff(server, Role.TEACHER, "Tamsin Reed")


@contextmanager
def gallery(visitor: Visitor, teacher: str, **how: Any) -> Iterator[Page]:
    """Open the type's page."""
    with visitor.opens(**how) as page:
        sign_in(page, teacher, STAFF_PASSWORD)
        page.goto("/gallery/contact_sheet")
        yield page


def worked(page: Page) -> Locator:
    return page.locator(f"[data-worked={NAME}]")


def value(page: Page) -> Any:
    return json.loads(page.locator("[data-value]").inner_text())


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what the selector names in the worked question has the focus."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(
            "selector => document.activeElement.matches(selector)", f"[data-worked={NAME}] {selector}"
        ):
            return
    raise AssertionError(f"Tab never came to {selector}")


def choose_belief(page: Page, frame: str, belief: str) -> None:
    """Go down the list that has the focus until the belief is chosen."""
    tab_to(page, f"select[name='{NAME}.belief.{frame}']")
    field = worked(page).locator(f"select[name='{NAME}.belief.{frame}']")
    for _ in range(5):
        if field.input_value() == belief:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the list has no {belief}")


def test_the_sheet_is_decided_with_the_keyboard_alone(visitor: Visitor, teacher: str) -> None:
    with gallery(visitor, teacher) as page:
        reel = worked(page).locator("[data-reel]").first
        expect(worked(page).locator("[data-stage=sheet]")).to_be_hidden()

        tab_to(page, "[data-next]")
        page.keyboard.press("Enter")
        expect(reel.locator("[data-place]")).to_have_text("Frame 2 of 6")
        expect(reel.locator("[data-told]")).to_have_text(
            "Frame 2 of 6. A steward puts a wristband on a guest, who smiles. "
            "Sound: A click. A voice wishes a good evening."
        )
        for _ in range(6):
            page.keyboard.press("Space")
        expect(reel.locator("[data-place]")).to_have_text("Frame 6 of 6")

        tab_to(page, f"input[name='{NAME}.before']")
        page.keyboard.press("Space")
        expect(worked(page).locator("[data-said]")).to_have_text("The contact sheet is open below.")
        tab_to(page, "input[value=hall]")
        page.keyboard.press("Space")
        choose_belief(page, "hall", "crowd")
        tab_to(page, "input[value=field]")
        page.keyboard.press("Space")
        expect(worked(page).locator("[data-said]")).to_have_text(
            "Both frames are put in. The reel stands below."
        )
        choose_belief(page, "field", "always")
        again = worked(page).locator("[data-reel]").last
        expect(again.locator("[data-place]")).to_have_text("Frame 1 of 8")
        expect(worked(page).locator("[data-old]")).to_have_text(
            "Your answer before: Evenings among the guests"
        )
        tab_to(page, f"input[name='{NAME}.after']")
        page.keyboard.press("ArrowDown")
        tab_to(page, "button[type=submit]")
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert value(page) == ANSWER
        expect(page.locator("[data-rule]")).to_have_text("4 of 4 right")


def test_the_sheet_is_decided_without_javascript(visitor: Visitor, teacher: str) -> None:
    with gallery(visitor, teacher, javascript=False, width=320) as page:
        form = worked(page)
        expect(form.locator(".frame:visible")).to_have_count(18)

        for when in ("before", "after"):
            form.locator(f"input[name='{NAME}.{when}'][value={ANSWER[when]}]").check()
        for frame in ANSWER["chosen"]:
            form.locator(f"input[value={frame}]").check()
            form.locator(f"select[name='{NAME}.belief.{frame}']").select_option(ANSWER[f"belief.{frame}"])
        send(page, form.get_by_role("button", name="Check"))

        assert value(page) == ANSWER
        expect(worked(page).locator("[data-reel]").last.get_by_text("Put in by you")).to_have_count(2)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_third_frame_is_not_taken(visitor: Visitor, teacher: str, *, javascript: bool) -> None:
    with gallery(visitor, teacher, javascript=javascript) as page:
        form = worked(page)
        form.locator(f"input[name='{NAME}.before']").first.check()
        for frame in ("hall", "sling"):
            form.locator(f"input[value={frame}]").check()
        form.locator("input[value=form]").click()

        if javascript:
            expect(form.locator("[data-said]")).to_have_text(
                "Two frames are chosen. Clear one before you choose another."
            )
            expect(form.locator("input[value=form]")).not_to_be_checked()
            return
        send(page, form.get_by_role("button", name="Check"))
        expect(form.locator(".problems")).to_have_text(
            "You chose 3 frames. Keep the two that would change most."
        )
        expect(form.locator("input[type=checkbox]:checked")).to_have_count(3)


def test_what_was_given_comes_back_to_the_page_with_script(visitor: Visitor, teacher: str) -> None:
    with gallery(visitor, teacher) as page:
        answered = page.locator("#state-answered")
        expect(answered.locator("[data-stage=again]")).to_be_visible()
        expect(answered.locator("[data-reel]").last.locator("[data-place]")).to_have_text("Frame 1 of 8")

        # On paper nothing waits behind a button.
        page.emulate_media(media="print")
        expect(page.locator("#state-print [data-reel]").first.locator(".frame:visible")).to_have_count(6)
        expect(page.locator("#state-print [data-stage=sheet]")).to_be_visible()
