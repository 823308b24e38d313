"""A try from the first page to the receipt with Tab, Space, arrows and Enter only."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from quizapp.core.assignments import Preset
from quizapp.core.questions import Move
from quizapp.services.asked import Asked
from quizapp.services.assignments import Rules
from tests.browser.conftest import Visitor
from tests.browser.school import make_class
from tests.browser.steps import given, heading, question, wait_until_saved

MOST_STOPS = 200
TEXT = "The page names nobody."


def test_a_quiz_is_taken_with_the_keyboard_alone(visitor: Visitor) -> None:
    made = make_class(visitor.server, rules=Rules(preset=Preset.PRACTICE))

    with visitor.opens() as page:
        page.goto("/sign-in")
        tab_to(page, "input[name=user_name]")
        page.keyboard.type(made.student.name)
        page.keyboard.press("Tab")
        page.keyboard.type(made.student.secret)
        page.keyboard.press("Enter")
        expect(heading(page, "Home")).to_be_visible()

        tab_to(page, f"a[href$='/assignments/{made.quiz_id}']")
        page.keyboard.press("Enter")
        expect(heading(page, "Who says so?")).to_be_visible()
        tab_to(page, "input[name=case]")
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(question(page, 6)).to_be_visible()

        asked = made.asked(int(page.url.rpartition("/")[2]))
        for one in asked:
            answer_by_keys(page, one)
        wait_until_saved(page)
        for one in asked:
            assert given(question(page, one.slot), one.name), f"question {one.slot} has no answer"

        tab_to(page, "button[name=go][value=summary]")
        page.keyboard.press("Enter")
        expect(heading(page, "Before you hand in")).to_be_focused()
        tab_to(page, "[data-submit] button")
        page.keyboard.press("Enter")
        expect(heading(page, "Handed in")).to_be_visible()
        expect(page.locator(".receipt")).to_contain_text("6 of 6")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on it, and see that the focus shows."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert outline(page) != "none", f"{selector} has the focus and does not show it"
            return
    raise AssertionError(f"Tab never came to {selector}")


def outline(page: Page) -> str:
    """Return how the focus is drawn around what has it, or around its label."""
    return str(
        page.evaluate(
            """() => {
                const focused = document.activeElement;
                const drawn = [focused, focused.closest("label")].filter(Boolean).map((one) => getComputedStyle(one).outlineStyle);
                return drawn.find((style) => style !== "none") ?? "none";
            }"""
        )
    )


def answer_by_keys(page: Page, asked: Asked) -> None:
    """Answer one question: Space and arrows on choices, letters in a text, Enter on the button of an order."""
    within = f"#question-{asked.slot} "
    match asked.type.move:
        case Move.PICK_ONE | Move.FIND_THEM:
            tab_to(page, f"{within}.choices input")
            page.keyboard.press("Space")
        case Move.DECIDE_EACH:
            for line in asked.type.part_ids(asked.settings):
                tab_to(page, f'{within}input[name="{asked.name}.{line}"]')
                page.keyboard.press("Space")
                page.keyboard.press("ArrowDown")
        case Move.PUT_IN_ORDER:
            tab_to(page, f"{within}[data-move=down]")
            page.keyboard.press("Enter")
            expect(page.locator(f"{within}[data-order-said]")).to_have_text(re.compile("^Place 2 of "))
        case Move.WRITE:
            tab_to(page, f"{within}textarea")
            page.keyboard.type(TEXT)
