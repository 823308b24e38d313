"""What goes wrong around a try: two windows, a lost connection, a session that ended. No answer is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quizapp.core.permissions import Role
from quizapp.services.accounts import reinstate, suspend
from quizapp.services.assignments import Rules
from quizapp.services.sign_in import sign_out_everywhere
from tests.browser.at_the_quiz import PRACTICE, saved_text, sitting, write
from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import SchoolClass, make_class, make_person
from tests.browser.steps import heading, press, question, wait_until_saved


@pytest.fixture
def made(visitor: Visitor) -> SchoolClass:
    """A class whose student may take the quiz."""
    return make_class(visitor.server, rules=PRACTICE)


@pytest.mark.parametrize(
    ("kept", "left"), [("Keep what I typed here", "typed second"), ("Keep what is saved", "typed first")]
)
def test_a_window_that_was_left_open_shows_both_texts_and_asks(
    visitor: Visitor, made: SchoolClass, kept: str, left: str
) -> None:
    with sitting(visitor, made) as (page, written):
        newer = page.context.new_page()
        newer.goto(page.url)
        write(newer, written, "typed first")
        wait_until_saved(newer)

        write(page, written, "typed second")
        asked = question(page, written).get_by_role("alert")
        expect(asked).to_contain_text(
            re.compile(r"You answered this in another window at \d\d:\d\d:\d\d\. Keep which\?")
        )
        expect(asked).to_contain_text("typed first")
        expect(asked).to_contain_text("typed second")
        press(page, kept)

        expect(asked).to_have_count(0)
        wait_until_saved(page)
        expect(question(page, written).locator("textarea")).to_have_value(left)
        assert saved_text(page, written) == left


def test_of_five_tabs_each_that_is_behind_asks_and_the_choice_is_what_stays(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, written):
        tabs = [page, *(page.context.new_page() for _ in range(4))]
        for tab in tabs[1:]:
            tab.goto(page.url)
        write(tabs[4], written, "from the fifth tab")
        wait_until_saved(tabs[4])

        for tab in tabs[:4]:
            write(tab, written, f"from tab {tabs.index(tab)}")
        for tab in tabs[:4]:
            expect(question(tab, written).get_by_role("alert")).to_contain_text("from the fifth tab")
        press(tabs[2], "Keep what I typed here")
        wait_until_saved(tabs[2])

        assert saved_text(page, written) == "from tab 2"
        write(tabs[4], written, "again from the fifth")
        expect(question(tabs[4], written).get_by_role("alert")).to_contain_text("from tab 2")
        assert saved_text(page, written) == "from tab 2"


def test_without_script_the_conflict_page_shows_both_texts_and_asks(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made, javascript=False) as (page, written):
        newer = page.context.new_page()
        newer.goto(page.url)
        write(newer, written, "typed first")
        newer.get_by_role("button", name="Save and stay").last.click()

        write(page, written, "typed second")
        page.get_by_role("button", name="Save and stay").last.click()
        asked = question(page, written).locator(".conflict")
        expect(asked).to_contain_text("typed first")
        expect(asked).to_contain_text("typed second")
        asked.get_by_label("What you typed here").check()
        page.get_by_role("button", name="Save and stay").last.click()

        expect(page.get_by_text("Saved: 1 change.")).to_be_visible()
        assert saved_text(page, written) == "typed second"


def test_start_pressed_twice_begins_one_try(visitor: Visitor, made: SchoolClass) -> None:
    with visitor.opens() as page:
        sign_in(page, made.student.name, made.student.secret)
        page.goto(f"/assignments/{made.quiz_id}")
        page.get_by_label("A, a report from a war").check()
        page.get_by_role("button", name="Start").dblclick(no_wait_after=True)

        expect(question(page, 1)).to_be_visible()
        expect(page.get_by_text("Try 1", exact=True)).to_be_visible()
        page.goto(f"/assignments/{made.quiz_id}")
        page.get_by_text("All the rules").click()
        expect(page.locator(".rules")).to_contain_text("1 left")


def test_submit_pressed_twice_gives_one_receipt_and_going_back_leads_to_it(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, written):
        write(page, written, "The page says so, and nobody else.")
        press(page, "Go to summary")
        page.get_by_role("button", name="Submit").dblclick(no_wait_after=True)
        expect(heading(page, "Handed in")).to_be_visible()
        code = page.locator(".receipt__code strong").inner_text()

        page.go_back()
        expect(heading(page, "Handed in")).to_be_visible()
        expect(page.locator(".receipt__code strong")).to_have_text(code)


def test_without_script_submitting_again_gives_the_same_receipt(visitor: Visitor, made: SchoolClass) -> None:
    with sitting(visitor, made, javascript=False) as (page, _):
        press(page, "Go to summary")
        other = page.context.new_page()
        other.goto(page.url)
        press(page, "Submit")
        code = page.locator(".receipt__code strong").inner_text()

        press(other, "Submit")
        expect(other.locator(".receipt__code strong")).to_have_text(code)
        other.go_back()
        expect(other.locator(".receipt__code strong")).to_have_text(code)


def test_what_is_typed_without_a_connection_is_delivered_when_it_is_back(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        page.context.set_offline(True)
        write(page, written, "typed in a tunnel")
        expect(page.locator("[data-page-state]")).to_contain_text("You are offline.")
        expect(page.get_by_role("link", name=f"Question {written} not saved")).to_be_visible()

        page.context.set_offline(False)

        wait_until_saved(page)
        assert saved_text(page, written) == "typed in a tunnel"


def test_a_reload_without_a_connection_loses_nothing(visitor: Visitor, made: SchoolClass) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        page.route("**/responses", lambda route: route.abort())
        write(page, written, "not sent before the reload")
        expect(page.locator("[data-page-state]")).to_contain_text("You are offline.")
        page.reload()
        expect(question(page, written).locator("textarea")).to_have_value("not sent before the reload")
        page.unroute("**/responses")

        wait_until_saved(page)
        assert saved_text(page, written) == "not sent before the reload"


def test_a_session_that_ended_meanwhile_is_told_in_the_page_and_loses_nothing(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        sign_out_everywhere(made.server.runtime, made.student.actor)
        write(page, written, "typed after the end of the session")
        expect(page.locator("[data-page-state]")).to_have_text(
            "You are signed out. Your answers stay on this page."
        )

        with page.context.expect_page() as opened:
            page.get_by_role("link", name="Sign in in a new tab").click()
        sign_in(opened.value, made.student.name, made.student.secret)
        expect(heading(opened.value, "Home")).to_be_visible()
        page.bring_to_front()

        wait_until_saved(page)
        assert saved_text(page, written) == "typed after the end of the session"


def test_who_is_suspended_in_the_middle_is_out_and_loses_nothing(visitor: Visitor, made: SchoolClass) -> None:
    admin = make_person(visitor.server, Role.ADMIN, "Ada Stern").actor
    runtime, student_id = visitor.server.runtime, made.student.actor.user_id
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        attempt = page.url
        suspend(runtime, admin, user_id=student_id, reason="The account was shared.")

        write(page, written, "typed in the meantime")
        expect(page.locator("[data-page-state]")).to_contain_text("You are signed out")
        sign_in(page, made.student.name, made.student.secret)
        expect(page.get_by_role("alert")).to_contain_text("This account is suspended.")

        reinstate(runtime, admin, user_id=student_id)
        sign_in(page, made.student.name, made.student.secret)
        expect(heading(page, "Home")).to_be_visible()
        page.goto(attempt)
        wait_until_saved(page)
        assert saved_text(page, written) == "typed in the meantime"


def test_the_clock_counts_can_be_hidden_and_is_shown_again(visitor: Visitor) -> None:
    made = make_class(visitor.server, rules=Rules(limit_minutes=20))
    with sitting(visitor, made) as (page, _):
        face = page.locator("[data-timer-face]")
        expect(face).to_have_text(re.compile(r"^(20:00|19:\d\d) left$"))
        before = face.inner_text()
        expect(face).not_to_have_text(before)

        press(page, "Hide clock")
        expect(face).to_be_hidden()
        press(page, "Show clock")
        expect(face).to_be_visible()
