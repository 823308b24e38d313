"""Without a connection in the middle of a quiz: answering goes on, and nothing is lost on any way out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from quizapp.services.sign_in import sign_out_everywhere
from tests.browser.at_the_quiz import (
    PRACTICE,
    attempt_of,
    look_again,
    news_of,
    saved_text,
    sitting,
    state_of,
    text_of,
    write,
)
from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import SchoolClass, make_class
from tests.browser.steps import heading, press, question, wait_until_saved

SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")


@pytest.fixture
def made(visitor: Visitor) -> SchoolClass:
    """A class whose student may take the quiz."""
    return make_class(visitor.server, rules=PRACTICE)


def test_saved_is_the_servers_word_with_its_time_also_after_a_reload(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, written):
        expect(state_of(page)).to_contain_text("Nothing to save yet")
        write(page, written, "one")
        expect(state_of(page)).to_contain_text("Not saved yet: 1 answer waiting")
        expect(question(page, written)).to_contain_text("Not saved yet")
        expect(state_of(page)).to_contain_text(SAVED)
        expect(question(page, written)).to_contain_text(SAVED)
        said = state_of(page).inner_text()

        page.route("**/leases", lambda route: route.abort())
        page.reload()
        expect(state_of(page)).to_contain_text(said.strip())
        write(page, written, "two")
        expect(state_of(page)).to_contain_text("Not saved yet: 1 answer waiting")
        page.reload()
        expect(state_of(page)).to_contain_text("Not saved yet: 1 answer waiting")
        expect(question(page, written)).to_contain_text("Not saved yet")


def test_offline_one_answers_on_and_walks_about_and_all_is_delivered(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made, width=320) as (page, written):
        wait_until_saved(page)
        page.context.set_offline(True)
        expect(state_of(page)).to_contain_text("You are offline.")
        expect(page.locator("[data-page-help]")).to_contain_text(
            "to load the page again you need the network"
        )

        write(page, written, "typed in a tunnel")
        page.get_by_role("link", name=re.compile("^Question 1 ")).click()
        question(page, 1).locator("input[type=radio]").first.check()
        expect(page).to_have_url(re.compile("#question-1$"))
        expect(state_of(page)).to_contain_text("You are offline. Not saved yet: 2 answers waiting")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320

        page.context.set_offline(False)
        wait_until_saved(page)
        expect(page.locator("[data-page-help]")).to_be_hidden()
        assert saved_text(page, written) == "typed in a tunnel"


def test_the_browser_asks_before_it_leaves_a_page_whose_answers_wait(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        page.context.set_offline(True)
        question(page, written).locator("textarea").click()
        page.keyboard.type("typed in a tunnel")
        expect(state_of(page)).to_contain_text("Not saved yet")
        page.close(run_before_unload=True)
        expect(state_of(page)).to_contain_text("Not saved yet")
        assert asked == ["beforeunload"]


def test_leaving_sends_what_waits_with_a_request_that_outlives_the_page(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        attempt = page.url
        write(page, written, "typed and gone")
        page.goto("/home")
        expect(heading(page, "Home")).to_be_visible()

        other = page.context.new_page()
        other.goto(attempt)
        expect(question(other, written).locator("textarea")).to_have_value("typed and gone")


def test_submit_without_a_connection_waits_and_says_so(visitor: Visitor, made: SchoolClass) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        page.context.set_offline(True)
        write(page, written, "handed in from a tunnel")
        press(page, "Go to summary")
        expect(heading(page, "Before you hand in")).to_be_focused()
        press(page, "Submit")
        expect(page.get_by_text("Handing in waits for the network")).to_be_visible()
        expect(state_of(page)).to_contain_text("You are offline.")

        page.context.set_offline(False)
        expect(heading(page, "Handed in")).to_be_visible()
        expect(page.locator(".receipt")).to_contain_text("1 of")


def test_a_submit_that_waits_can_be_taken_back(visitor: Visitor, made: SchoolClass) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        page.context.set_offline(True)
        press(page, "Go to summary")
        press(page, "Submit")
        expect(page.get_by_text("Handing in waits for the network")).to_be_visible()
        page.get_by_role("link", name="Back to the questions").click()

        page.context.set_offline(False)
        write(page, written, "not yet")
        wait_until_saved(page)
        expect(question(page, written)).to_be_visible()


def test_answers_that_wait_are_kept_as_a_file_that_the_teacher_enters(
    visitor: Visitor, made: SchoolClass, tmp_path: Path
) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        keep = page.get_by_role("button", name="Keep my answers as a file")
        expect(keep).to_be_hidden()
        page.context.set_offline(True)
        expect(keep).to_be_hidden()
        write(page, written, "carried on a stick")
        with page.expect_download() as download:
            keep.click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        attempt_id = attempt_of(page)

        assert file.name == f"answers-of-try-{attempt_id}.json"
        kept = json.loads(file.read_text(encoding="utf-8"))
        assert [(one["slot"], one["fields"]) for one in kept["answers"]] == [
            (written, {f"q{written}": ["carried on a stick"]})
        ]
        with visitor.opens() as desk:
            sign_in(desk, made.teacher.name, made.teacher.secret)
            desk.goto(
                f"/classes/{made.classroom_id}/assignments/{made.quiz_id}/tries/{attempt_id}/student-file"
            )
            desk.get_by_label("The student's file").set_input_files(file)
            press(desk, "Compare")
            desk.get_by_label("Reason").fill("No network in room 12.")
            press(desk, "Enter these answers")
            expect(desk.get_by_text("Entered: 1 answer.")).to_be_visible()

        page.context.set_offline(False)
        wait_until_saved(page)
        assert saved_text(page, written) == "carried on a stick"


def test_signed_out_in_the_middle_one_signs_in_on_the_page(visitor: Visitor, made: SchoolClass) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        page.context.clear_cookies()
        write(page, written, "typed without a session")
        panel = page.get_by_role("region", name="Sign in again")
        expect(panel).to_be_visible()
        expect(question(page, written).locator("textarea")).to_be_focused()

        page.get_by_role("link", name="Sign in here").click()
        expect(panel.get_by_label("Your name or user name")).to_have_value(made.student.name)
        expect(panel.get_by_label("Password or PIN")).to_be_focused()
        page.keyboard.type("000000")
        page.keyboard.press("Enter")
        expect(panel.get_by_role("alert")).to_contain_text("do not belong together")
        page.keyboard.type(made.student.secret)
        page.keyboard.press("Enter")

        wait_until_saved(page)
        expect(panel).to_be_hidden()
        expect(question(page, written).locator("textarea")).to_be_focused()
        assert saved_text(page, written) == "typed without a session"


def test_another_persons_sign_in_wipes_what_waits(visitor: Visitor, made: SchoolClass) -> None:
    other = make_class(visitor.server, names=("Somebody Else",)).student
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        sign_out_everywhere(made.server.runtime, made.student.actor)
        write(page, written, "not theirs to see")
        panel = page.get_by_role("region", name="Sign in again")
        panel.get_by_label("Your name or user name").fill(other.name)
        panel.get_by_label("Password or PIN").fill(other.secret)
        press(panel, "Sign in")

        expect(heading(page, "Home")).to_be_visible()
        assert page.evaluate("Object.keys(sessionStorage)") == []


def test_signing_out_with_unsent_answers_asks_first(visitor: Visitor, made: SchoolClass) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        page.route("**/responses", lambda route: route.abort())
        write(page, written, "not to be forgotten")
        press(page, "Sign out")
        expect(news_of(page)).to_contain_text("Some answers are not sent yet")
        assert text_of(page, written) == "not to be forgotten"

        page.unroute("**/responses")
        press(page, "Sign out")
        expect(heading(page, "Sign in")).to_be_visible()


def test_a_page_of_another_release_says_so_and_keeps_its_answers(visitor: Visitor, made: SchoolClass) -> None:
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        page.route(
            "**/responses",
            lambda route: route.continue_(
                post_data=(route.request.post_data or "").replace('"v":1', '"v":99')
            ),
        )
        write(page, written, "from the future")
        expect(state_of(page)).to_contain_text("This page is of another release than the server.")
        page.unroute("**/responses")
        press(page, "Load the page again")

        wait_until_saved(page)
        assert saved_text(page, written) == "from the future"


def test_a_lost_connection_is_seen_without_typing_and_found_again(
    visitor: Visitor, made: SchoolClass
) -> None:
    with sitting(visitor, made) as (page, _):
        wait_until_saved(page)
        page.route("**/state", lambda route: route.abort())
        look_again(page)
        expect(state_of(page)).to_contain_text("You are offline.")

        page.unroute("**/state")
        look_again(page)
        wait_until_saved(page)
