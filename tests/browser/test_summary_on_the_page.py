"""The summary stands on the page of the try, and behaves like a page of its own."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from quizapp.services.assignments import Dates
from quizapp.storage.clock import system_clock
from tests.browser.at_the_quiz import PRACTICE, sitting, text_of, write
from tests.browser.conftest import Visitor
from tests.browser.school import make_class
from tests.browser.steps import heading, press, question, wait_until_saved


def test_back_leads_from_the_summary_to_the_questions_and_forward_again(visitor: Visitor) -> None:
    with sitting(visitor, make_class(visitor.server, rules=PRACTICE)) as (page, written):
        write(page, written, "the baker says so")
        wait_until_saved(page)
        address = page.url
        press(page, "Go to summary")
        expect(heading(page, "Before you hand in")).to_be_focused()

        page.go_back()

        expect(question(page, written)).to_be_visible()
        assert page.url == address
        assert text_of(page, written) == "the baker says so"

        page.go_forward()

        expect(heading(page, "Before you hand in")).to_be_visible()


def test_a_try_that_ends_next_week_counts_days_and_not_seconds(visitor: Visitor) -> None:
    dates = Dates(closes_at=system_clock() + timedelta(days=5, hours=1))
    made = make_class(visitor.server, rules=PRACTICE, dates=dates)

    with sitting(visitor, made, width=320) as (page, _):
        expect(page.locator("[data-timer-face]")).to_have_text("5 days left")
