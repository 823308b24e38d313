"""A student's window on an open try, and what is done in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page

from quizapp.core.assignments import Preset
from quizapp.services.assignments import Rules
from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import SchoolClass
from tests.browser.steps import question

PRACTICE = Rules(preset=Preset.PRACTICE)


@contextmanager
def sitting(
    visitor: Visitor, made: SchoolClass, *, javascript: bool = True, width: int = 1280
) -> Iterator[tuple[Page, int]]:
    """The student's window on an open try, and the number of its written question."""
    attempt_id = made.start()
    written = next(one.slot for one in made.asked(attempt_id) if one.type.name == "short_construct")
    with visitor.opens(javascript=javascript, width=width) as page:
        sign_in(page, made.student.name, made.student.secret)
        page.goto(f"/attempts/{attempt_id}")
        yield page, written


def attempt_of(page: Page) -> int:
    """Return the id of the try that the page shows."""
    return int(page.locator("form[data-attempt]").get_attribute("data-attempt") or 0)


def state_of(page: Page) -> Locator:
    """Return the save state of the whole page."""
    return page.locator("[data-page-state]")


def news_of(page: Page) -> Locator:
    """Return where the page tells what a teacher has changed."""
    return page.locator("[data-attempt-news]")


def text_of(page: Page, number: int) -> str:
    """Return what stands in a written question."""
    return question(page, number).locator("textarea").input_value()


def write(page: Page, number: int, text: str) -> None:
    """Write into a written question."""
    question(page, number).locator("textarea").fill(text)


def saved_text(page: Page, number: int) -> str:
    """Return what the server gives a new window."""
    other = page.context.new_page()
    other.goto(page.url)
    text = text_of(other, number)
    other.close()
    return text


def look_again(page: Page) -> None:
    """Look at the page again after another window: it asks the server at once instead of in some seconds."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
