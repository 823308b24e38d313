"""Every exercise type on its page of the gallery: without script, by keyboard alone, on a phone, under axe.

What is filled in comes from the type: its own correct value, and the fields that its form posts for it. A type
that asks something uncounted before its form opens has an answer to that in ``UNCOUNTED``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from quizapp.content.samples import sample_key, sample_of
from quizapp.core.questions import Move
from quizapp.core.scoring import rule_in_words, score
from quizapp.question_types.registry import AnyType, question_types
from quizapp.services.gallery import SEED
from tests.browser.conftest import Visitor
from tests.browser.steps import send
from tests.browser.test_keyboard import outline
from tests.browser.test_pages_are_accessible import each_look, inspecting
from tests.question_types.pages import Form, rendered

MOST_STOPS = 150

UNCOUNTED: Mapping[str, Mapping[str, str]] = {"contact_sheet": {"before": "crowd"}}

FOCUSED = """
(form) => {
    const one = document.activeElement;
    if (!form.contains(one)) return null;
    return {
        kind: one.dataset.move ? "move" : one.type || one.localName,
        name: one.name ?? "",
        value: one.value ?? "",
        key: keyOf(one),
    };
}
"""
KEY_OF = """
window.keyOf = (one) => [one.localName, one.name, one.type === "radio" ? "" : one.type === "checkbox" || one.localName === "button" ? one.value : "", one.getAttribute("aria-label")].join("|");
"""
CONTROLS = """
(form) => [...form.elements]
    .filter((one) => !one.matches("fieldset, :disabled, [type=hidden]") && one.checkVisibility())
    .map(keyOf)
"""


@dataclass(frozen=True)
class Sample:
    """A type's sample with its right answer, and the fields that post it."""

    kind: AnyType
    settings: Any
    right: Any

    @property
    def name(self) -> str:
        """The name of its question on the page, which is also the prefix of its fields."""
        return sample_key(self.kind)

    @property
    def address(self) -> str:
        """Where it stands; the keyboard starts there, as behind any link into a page."""
        return f"/gallery/{self.kind.name}#{self.name}-number"

    @property
    def fields(self) -> Mapping[str, list[str]]:
        """What the form holds when the right answer stands in it."""
        view = self.kind.student_view(self.settings, self.right, seed=SEED)
        return Form(rendered(self.kind.name, "question", view, name=self.name)).fields

    def form(self, page: Page) -> Locator:
        """Return the form on the page."""
        return page.locator(f'form[data-worked="{self.name}"]')

    def is_wanted(self, name: str, value: str) -> bool:
        """Say whether the right answer holds this choice."""
        return value in self.fields.get(name, [])


def all_samples() -> list[Sample]:
    settings = {kind: sample_of(kind).settings for kind in question_types().values()}
    return [Sample(kind, one, right_value(kind, one)) for kind, one in settings.items()]


def right_value(kind: AnyType, settings: Any) -> Any:
    """Return the right answer with what the form asks before it opens."""
    correct = kind.correct_value(settings)
    return {**UNCOUNTED[kind.name], **correct} if kind.name in UNCOUNTED else correct


every_type = pytest.mark.parametrize("sample", all_samples(), ids=lambda sample: sample.kind.name)


@every_type
def test_a_type_is_answered_without_script(visitor: Visitor, sample: Sample) -> None:
    with visitor.opens(javascript=False) as page:
        page.goto(sample.address)
        form = sample.form(page)
        for name, values in sample.fields.items():
            controls = form.locator(f'[name="{name}"]')
            if controls.first.get_attribute("type") == "hidden":
                continue
            if not controls.first.is_visible():
                send(page, form.locator("[name=draw]").last)  # its own button for the next step
            for value in values:
                fill(controls, value)
        send(page, form.get_by_role("button", name="Check", exact=True))

        assert_right(page, sample)


@every_type
def test_a_type_is_answered_with_the_keyboard_alone(visitor: Visitor, sample: Sample) -> None:
    with visitor.opens() as page:
        page.add_init_script(KEY_OF)
        page.goto(sample.address)
        form = sample.form(page)
        reached = walk(page, form, sample)

        assert sorted(set(form.evaluate(CONTROLS)) - reached) == []
        page.keyboard.press("Tab")
        assert form.evaluate(FOCUSED) is None, "the focus can't leave the question"
        page.keyboard.press("Shift+Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert_right(page, sample)


@each_look
@every_type
def test_every_state_of_a_type_is_accessible_and_narrow(
    visitor: Visitor, sample: Sample, width: int, theme: str
) -> None:
    with inspecting(visitor, width, theme) as inspector:
        inspector.open(f"/gallery/{sample.kind.name}")


def assert_right(page: Page, sample: Sample) -> None:
    """See the right value, and what the rule of its move says of it."""
    assert json.loads(page.locator("[data-value]").inner_text()) == sample.right
    if sample.kind.move is Move.WRITE:
        return
    decisions = sample.kind.decisions(sample.settings, sample.right)
    rule = rule_in_words(sample.kind.move, decisions, score(sample.kind.move, decisions))
    assert page.locator("[data-rule]").inner_text() == str(rule)


# --- without script ---------------------------------------------------------------------------------------------


def fill(controls: Locator, value: str) -> None:
    """Put a value into the control of a field, or choose it among those that share the field."""
    match controls.first.evaluate("(one) => one.type"):
        case "radio" | "checkbox":
            controls.and_(controls.page.locator(f'[value="{value}"]')).check()
        case "select-one":
            controls.select_option(value)
        case "textarea" | "text":
            controls.fill(value)


# --- by keyboard ------------------------------------------------------------------------------------------------


def walk(page: Page, form: Locator, sample: Sample) -> set[str]:
    """Go with Tab from the heading to *Check*, answer on the way, and return the controls that had the focus."""
    reached: set[str] = set()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = form.evaluate(FOCUSED)
        if focused is None:
            assert not reached, "the focus left the question before its end"
            continue
        assert outline(page) != "none", f"{focused['key']} has the focus and does not show it"
        reached.add(focused["key"])
        if focused["kind"] == "submit" and page.evaluate("document.activeElement.matches('.is-primary')"):
            return reached
        answer(page, form, sample, focused)
    raise AssertionError("Tab never came to the end of the question")


def answer(page: Page, form: Locator, sample: Sample, focused: Mapping[str, str]) -> None:
    """Do with the keys of the control in focus what the right answer asks for."""
    match focused["kind"]:
        case "radio" if wanted := sample.fields.get(focused["name"]):
            page.keyboard.press("Space")
            press_until(page, "ArrowDown", wanted[0])
        case "checkbox" if sample.is_wanted(focused["name"], focused["value"]):
            page.keyboard.press("Space")
        case "select-one" if wanted := sample.fields.get(focused["name"]):
            choose(page, wanted[0])
        case "textarea":
            page.keyboard.type(sample.right)
        case "move":
            put_in_place(page, form, sample)


def press_until(page: Page, key: str, value: str) -> None:
    """Press a key until the control in focus has this value."""
    for _ in range(MOST_STOPS):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} never came to {value}")


def choose(page: Page, value: str) -> None:
    """Choose from a list by the first letters of its line, and with the arrows where several begin with them."""
    text = page.evaluate(
        "(value) => [...document.activeElement.options].find((one) => one.value === value).text", value
    )
    page.keyboard.type(text.split()[0])
    is_below = page.evaluate(
        "(value) => document.activeElement.selectedIndex < [...document.activeElement.options].findIndex((one) => one.value === value)",
        value,
    )
    press_until(page, "ArrowDown" if is_below else "ArrowUp", value)


def put_in_place(page: Page, form: Locator, sample: Sample) -> None:
    """Press *Up* on the element in focus until no element that belongs below stands above it."""
    items = form.locator("li:has([data-move])")
    order = items.evaluate_all("(all) => all.map((one) => one.querySelector('select').name.split('.')[1])")
    place = items.evaluate_all("(all) => all.findIndex((one) => one.contains(document.activeElement))")
    if page.evaluate("document.activeElement.dataset.move") == "up":
        ranks = [sample.right.index(element) for element in order]
        for _ in [rank for rank in ranks[:place] if rank > ranks[place]]:
            page.keyboard.press("Enter")
