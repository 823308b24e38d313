"""What people do on pages: the steps that several journeys share."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

from quizapp.core.questions import Move
from quizapp.question_types.registry import AnyType

ALL_SAVED = re.compile(r"^\s*(Saved \d\d:\d\d:\d\d|Nothing to save yet)\s*$")


def press(page: Page | Locator, name: str) -> None:
    """Press the button of that name."""
    page.get_by_role("button", name=name, exact=True).click()


def send(page: Page, button: Locator) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def named(page: Page, name: str) -> Locator:
    """Return the button of that name; of several the last, which people find at the end of a form."""
    return page.get_by_role("button", name=name, exact=True).last


def heading(page: Page, name: str) -> Locator:
    """Return the title of the page, which must be this one."""
    return page.get_by_role("heading", level=1, name=name, exact=True)


def answer(form: Locator, kind: AnyType, value: Any, name: str) -> None:
    """Give an answer with the controls of a question, as a hand would."""
    match kind.move:
        case Move.DECIDE_EACH:
            for line, choice in value.items():
                _choose(form, f"{name}.{line}", choice)
        case Move.FIND_THEM:
            for option in value:
                _choose(form, name, option)
        case Move.PICK_ONE:
            _choose(form, name, value)
        case Move.WRITE:
            form.locator(f'[name="{name}"]').fill(value)
        case Move.PUT_IN_ORDER:
            _put_in_order(form, value, name)


def _choose(form: Locator, name: str, value: str) -> None:
    choose(form.locator(f'input[name="{name}"][value="{value}"]'))


def choose(button: Locator) -> None:
    """Choose a button, or on a phone the entry of the list that stands for it."""
    if button.is_visible():
        button.check()
        return
    line = button.locator("xpath=ancestor::fieldset[1]")
    line.get_by_role("combobox").select_option(button.get_attribute("value"))


def _put_in_order(form: Locator, wanted: Sequence[str], name: str) -> None:
    fields = [form.locator(f'select[name="{name}.{element}"]') for element in wanted]
    if fields[0].is_visible():
        for place, field in enumerate(fields, 1):
            field.select_option(str(place))
        return
    items = form.locator(".order-list__item")
    names = [f"{name}.{element}" for element in wanted]
    for place, field_name in enumerate(names):
        while (now := _order_of(items).index(field_name)) > place:
            items.nth(now).get_by_role("button", name="Move up").click()
    keep = form.get_by_role("button", name="Keep this order")
    if keep.is_visible():
        keep.click()


def _order_of(items: Locator) -> list[str]:
    return [
        str(name) for name in items.evaluate_all("all => all.map(one => one.querySelector('select').name)")
    ]


def given(form: Locator, name: str) -> Mapping[str, list[str]]:
    """Return what stands in the controls of a question, as a form would post it."""
    fields: dict[str, list[str]] = form.evaluate(
        """(section, name) => {
            const fields = {};
            for (const [key, value] of new FormData(section.closest("form"))) {
                if (key === name || key.startsWith(name + ".")) (fields[key] ??= []).push(value);
            }
            return fields;
        }""",
        name,
    )
    return fields


def question(page: Page, number: int) -> Locator:
    """Return a question of a quiz by its number."""
    return page.locator(f"#question-{number}")


def wait_until_saved(page: Page) -> None:
    """Wait for the server's word that nothing is open."""
    expect(page.locator("[data-page-state]")).to_have_text(ALL_SAVED)
