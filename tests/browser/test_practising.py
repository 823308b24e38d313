"""Practising a skill in a browser: by keyboard and without a script."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import make_class
from tests.browser.steps import heading, named

ABILITY = "Say what a page is"
"""Its easy questions are answered by choosing, in one line or in several."""


def test_a_student_practises_by_keyboard_and_without_a_script(visitor: Visitor) -> None:
    made = make_class(visitor.server)
    with visitor.opens(width=320, javascript=False) as page:
        sign_in(page, made.student.name, made.student.secret)
        page.get_by_role("link", name="Lessons", exact=True).click()
        page.get_by_role("link", name="Practise a skill").press("Enter")
        page.get_by_role("link", name=ABILITY).press("Enter")
        expect(heading(page, ABILITY)).to_be_visible()

        choose_the_first_of_each(page.locator(".lesson-form"))
        send_by_keyboard(page, named(page, "Check"))

        expect(page).to_have_url(re.compile(r"/practise/s1/1#question-1$"))
        expect(page.locator(".feedback__head")).to_be_visible()
        page.get_by_role("link", name="Another one").press("Enter")
        expect(page.get_by_role("heading", name="Question 2", exact=True)).to_be_visible()
        page.go_back()
        expect(page.locator(".feedback__head")).to_be_visible()
        page.get_by_role("link", name="Enough for now").press("Enter")
        expect(heading(page, "Home")).to_be_visible()


def choose_the_first_of_each(form: Locator) -> None:
    """Choose an option in every line, or the only one that is asked for."""
    radios = form.get_by_role("radio")
    for name in dict.fromkeys(radios.evaluate_all("all => all.map(one => one.name)")):
        form.locator(f'input[name="{name}"]').first.press("Space")


def send_by_keyboard(page: Page, button: Locator) -> None:
    """Press a button with the Enter key, and wait for the page that answers."""
    with page.expect_navigation():
        button.press("Enter")
