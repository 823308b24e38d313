"""A new student reads the lesson whole, takes its quiz on two devices and sees why."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from quizapp.core.assignments import Preset
from quizapp.services.assignments import Rules
from tests.browser.conftest import Visitor, sign_in
from tests.browser.lesson import Reader, the_lesson
from tests.browser.school import SchoolClass, make_class, right_value
from tests.browser.steps import answer, given, heading, press, question, wait_until_saved

WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])


@WITH_AND_WITHOUT
def test_a_new_student_reads_the_lesson_in_its_eight_screens(visitor: Visitor, *, javascript: bool) -> None:
    made = make_class(visitor.server, rules=Rules())

    with visitor.opens(javascript=javascript) as page:
        sign_in(page, made.student.name, made.student.secret)

        one_next_thing = page.get_by_role("region", name="Who says so?")
        expect(one_next_thing).to_contain_text("25 minutes")
        one_next_thing.get_by_role("link", name="Start").click()
        press(page, "Start")
        expect(page.get_by_role("alert")).to_contain_text("Choose your case")
        reader = Reader(page)
        reader.start()

        for number in range(1, 9):
            expect(heading(page, the_lesson().screen(number).title)).to_be_visible()
            expect(page.locator(".screens__words")).to_contain_text(f"Screen {number} of 8")
            reader.answer_all(number)
            SEEN_AFTER.get(number, lambda _: None)(page)
            if number == 5:
                opens_its_card(page, page.locator(".screen a.tag").first, javascript=javascript)
            reader.go_on(number)

        expect(heading(page, "Home")).to_be_visible()
        expect(page.get_by_role("region", name="What is done")).to_contain_text("Who says so?")
        page.get_by_role("link", name="Progress").click()
        expect(heading(page, "What I can show")).to_be_visible()
        expect(page.locator(".ability").first).to_contain_text("In lessons and practice")


def kept_guess(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("Your guess is kept")


def printed_page(page: Page) -> None:
    expect(page.get_by_role("heading", name="The page that you print")).to_be_visible()
    expect(page.locator(".ip-mini figcaption")).to_have_text(
        ["Believe everything", "Doubt everything", "Yours"]
    )
    counts = page.locator(".ip-mini.is-yours dd")
    expect(counts).to_have_text(["0", "0"])


def sure_in_words(page: Page) -> None:
    expect(page.get_by_text("You were sure 2 times; 2 of those were right.")).to_be_visible()


def both_guesses(page: Page) -> None:
    for title in ("Your first guess", "Now"):
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


SEEN_AFTER = {1: kept_guess, 4: printed_page, 6: sure_in_words, 7: both_guesses}
"""What a screen shows once its questions are answered."""


@WITH_AND_WITHOUT
def test_a_student_takes_the_quiz_on_two_devices_and_sees_why(visitor: Visitor, *, javascript: bool) -> None:
    made = make_class(visitor.server, rules=Rules(preset=Preset.PRACTICE))

    with visitor.opens(javascript=javascript) as phone:
        attempt_id = start_quiz(phone, made)
        asked = {one.slot: one for one in made.asked(attempt_id)}
        for slot in (1, 2, 3):
            answer(question(phone, slot), asked[slot].type, right_value(asked[slot]), asked[slot].name)
        save(phone, javascript=javascript)
        first_given = {slot: given(question(phone, slot), asked[slot].name) for slot in (1, 2, 3)}

    with visitor.opens(width=320, theme="dark", javascript=javascript) as laptop:
        sign_in(laptop, made.student.name, made.student.secret)
        laptop.get_by_role("region", name="Who says so?").get_by_role("link", name="Continue").click()
        for slot in (1, 2, 3):
            assert given(question(laptop, slot), asked[slot].name) == first_given[slot]
        for slot in (4, 5, 6):
            answer(question(laptop, slot), asked[slot].type, right_value(asked[slot]), asked[slot].name)
        hand_in(laptop)
        expect(laptop.locator(".receipt__code strong")).to_have_text(re.compile(r"\w{4}"))
        laptop.get_by_role("link", name="See the result").click()

        sum_of_points = laptop.locator(".result-sum")
        expect(sum_of_points).to_have_text("7 of 9 points so far: 1 answer waits for your teacher")
        expect(question(laptop, 1)).to_contain_text("The right answer")
        opens_its_card(
            laptop, question(laptop, 1).locator(".feedback__tags a.tag").first, javascript=javascript
        )
        laptop.get_by_role("link", name="Progress").click()
        expect(laptop.get_by_role("main")).to_contain_text("In quizzes")


def start_quiz(page: Page, made: SchoolClass) -> int:
    """Go from the home page to the questions, and return the attempt's id."""
    sign_in(page, made.student.name, made.student.secret)
    page.get_by_role("region", name="What is due").get_by_role("link", name="Who says so?").last.click()
    expect(page.locator(".lead")).to_contain_text("6 questions · about 12 min · 2 tries, best counts")
    press(page, "Start")
    expect(page.get_by_role("alert")).to_contain_text("Choose your case")
    page.get_by_label("A, a report from a war").check()
    press(page, "Start")
    expect(question(page, 6)).to_be_visible()
    return int(page.url.rpartition("/")[2])


def save(page: Page, *, javascript: bool) -> None:
    """Wait for the script to save, or press the button that does."""
    if javascript:
        wait_until_saved(page)
        expect(question(page, 1).locator("[data-save-text]")).to_have_text(
            re.compile(r"^Saved \d\d:\d\d:\d\d$")
        )
        expect(page.get_by_role("link", name="Question 1 answered")).to_be_visible()
    else:
        page.get_by_role("button", name="Save and stay").last.click()
        expect(page.get_by_text("Saved: 3 changes.")).to_be_visible()


def hand_in(page: Page) -> None:
    """Go to the summary and press the one Submit."""
    press(page, "Go to summary")
    expect(heading(page, "Before you hand in")).to_be_visible()
    expect(page.get_by_text("6 of 6 questions answered")).to_be_visible()
    press(page, "Submit")
    expect(heading(page, "Handed in")).to_be_visible()


def opens_its_card(page: Page, tag: Locator, *, javascript: bool) -> None:
    """Follow a tag: beside the text with script, to the line or the card itself without."""
    address = str(tag.get_attribute("href"))
    before = page.url
    tag.click()
    if javascript:
        panel = page.get_by_role("dialog", name="The page, retold")
        expect(panel.locator("[data-panel-body]")).not_to_be_empty()
        expect(panel.get_by_role("link", name="Open the whole page")).to_have_attribute(
            "href", re.compile(f"{re.escape(address)}$")
        )
        press(panel, "Close")
        expect(panel).to_be_hidden()
        expect(tag).to_be_focused()
    else:
        expect(page).to_have_url(re.compile(f"{re.escape(address)}$"))
        expect(page.locator("#" + address.rpartition("#")[2])).to_be_in_viewport()
        page.goto(before)
