"""A teacher makes a class, assigns, allows more time, marks by the rubric and shows the results."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from quizapp.core.permissions import OPERATOR, Role
from quizapp.services.rehearsal import questions_of_attempt
from quizapp.storage.clock import system_clock
from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import make_person, right_value
from tests.browser.steps import answer, heading, press, question
from tests.support.server import Server

ARABIC = "فاطمة الزهراء"
LONG = "Maria Fernanda de los Ángeles Castellanos Villavicencio-Ruiz"
NAMES = ["Ada Lind", "", ARABIC, LONG, "ada lind", "Tom Quist"]
COMMENT = "You name the speaker and his interest. Now add what would settle it."


@pytest.mark.parametrize("javascript", [True, False], ids=["with-script", "without-script"])
def test_a_teacher_takes_a_class_from_names_to_marks(visitor: Visitor, *, javascript: bool) -> None:
    teacher = make_person(visitor.server, Role.TEACHER, "Ruth Moor")

    with visitor.opens(javascript=javascript) as desk:
        sign_in(desk, teacher.name, teacher.secret)
        make_the_class(desk)
        cards = paste_names(desk, f"ada.{teacher.actor.user_id}", javascript=javascript)
        allow_more_time(desk, "Ada Lind")
        assign_lesson_and_quiz(desk)

        name, pin = cards["Ada Lind"]
        with visitor.opens(javascript=javascript) as phone:
            sign_in(phone, name, pin)
            take_the_quiz(phone, visitor.server)

        see_who_did_what(desk)
        mark_by_the_rubric(desk)
        show_results(desk)

        with visitor.opens(width=320, javascript=javascript) as phone:
            sign_in(phone, name, pin)
            done = phone.get_by_role("region", name="What is done")
            expect(done).to_contain_text("new results")
            done.get_by_role("link", name="Results").click()
            expect(phone.locator(".result-sum")).to_contain_text("8.5 of 9 points")
            expect(phone.get_by_text(COMMENT)).to_be_visible()
            expect(phone.get_by_role("heading", name="What your teacher found")).to_be_visible()


def make_the_class(page: Page) -> None:
    expect(heading(page, "Make your first class")).to_be_visible()
    page.get_by_role("link", name="Make a class").click()
    press(page, "Make the class")
    expect(page.get_by_role("alert")).to_contain_text("Type a name for the class.")
    page.get_by_label("Name of the class").fill("10B")
    press(page, "Make the class")
    expect(heading(page, "Add students")).to_be_visible()


def paste_names(page: Page, other_name: str, *, javascript: bool) -> dict[str, tuple[str, str]]:
    """Paste a list with a slip, mend it, and return user name and PIN by shown name."""
    names = page.get_by_label("Names, one a line")
    names.fill("\n".join(NAMES))
    press(page, "Show what will happen")
    expect(page.get_by_role("alert")).to_contain_text("Line 5: Line 1 has this name too")
    expect(page.get_by_role("button", name="Add these students")).to_have_count(0)
    names.fill("\n".join([*NAMES[:4], f"ada lind; {other_name}", NAMES[5]]))
    press(page, "Look at it again")
    expect(page.get_by_text("5 new, 0 known, 0 already here")).to_be_visible()
    press(page, "Add these students")
    expect(heading(page, "Login cards")).to_be_visible()
    expect(page.get_by_role("button", name="Print the cards")).to_be_visible(visible=javascript)
    cards = page.locator(".login-card")
    expect(cards).to_have_count(5)
    told = [card.locator("bdi, .login-card__pin").all_inner_texts() for card in cards.all()]
    assert {ARABIC, LONG} <= {name for name, _, _ in told}
    page.get_by_role("link", name="To the class").click()
    return {name: (user_name, pin) for name, user_name, pin in told}


def allow_more_time(page: Page, name: str) -> None:
    """Set the time factor once, before anything is assigned."""
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("link", name="Set an accommodation").click()
    page.get_by_label("1.5 times").check()
    press(page, "Save")
    expect(page.get_by_text("Time: 1.5 times")).to_be_visible()
    page.get_by_role("link", name="10B").first.click()


def assign_lesson_and_quiz(page: Page) -> None:
    """Assign with dates in the wrong order first: the form comes back with everything in it."""
    page.get_by_role("link", name="Assign a lesson or quiz").first.click()
    tomorrow = system_clock() + timedelta(days=1)
    page.get_by_label("Lesson or quiz").select_option(label="Lesson: Who says so? (25 min)")
    page.get_by_label("Due").fill((tomorrow + timedelta(days=2)).strftime("%Y-%m-%dT18:00"))
    page.get_by_label("Closes").fill(tomorrow.strftime("%Y-%m-%dT18:00"))
    page.get_by_label("Homework").check()
    page.get_by_label("Tries").fill("1")
    page.get_by_label("Time limit in minutes").fill("20")
    press(page, "Assign")
    expect(page.get_by_role("alert")).to_contain_text("Due")
    expect(page.get_by_label("Time limit in minutes")).to_have_value("20")
    page.get_by_label("Due").fill(tomorrow.strftime("%Y-%m-%dT17:00"))
    press(page, "Assign")
    expect(page.get_by_text("Assigned. Students see it at once with its dates.")).to_be_visible()
    expect(page.locator("#assignments tbody tr")).to_have_count(2)


def take_the_quiz(page: Page, server: Server) -> None:
    """Hand in a right answer to everything; the window counts one and a half times the limit."""
    page.get_by_role("region", name="What is due").get_by_role("link", name="Who says so?").last.click()
    page.get_by_text("All the rules").click()
    expect(page.get_by_text("30 minutes from the start")).to_be_visible()
    page.get_by_label("A, a report from a war").check()
    press(page, "Start")
    expect(page.get_by_role("region", name="Time", exact=True)).to_be_visible()
    attempt_id = int(page.url.rpartition("/")[2])
    for one in questions_of_attempt(server.runtime, OPERATOR, attempt_id=attempt_id):
        answer(question(page, one.slot), one.type, right_value(one), one.name)
    press(page, "Go to summary")
    press(page, "Submit")
    page.get_by_role("link", name="See the result").click()
    expect(page.locator(".result-sum")).to_have_text("7 of 9 points so far: 1 answer waits for your teacher")


def see_who_did_what(page: Page) -> None:
    """Find who handed in and who has not begun."""
    page.reload()
    page.locator("#assignments tbody tr", has_text="Quiz").get_by_role("link", name="Who says so?").click()
    row = page.locator("#work tr", has_text="Ada Lind").first
    expect(row).to_contain_text("Handed in, waits for a mark")
    expect(row).to_contain_text("7 of 9")
    expect(page.locator("#work tr", has_text=ARABIC)).to_contain_text("Not started")
    expect(page.locator("#windows tr", has_text="Ada Lind").first).to_contain_text("30 min")


def mark_by_the_rubric(page: Page) -> None:
    """Mark without a name in sight; a level that was left out is asked for."""
    page.get_by_role("link", name="Mark 1 written answer").click()
    page.get_by_role("link", name="Mark Who says so?").click()
    expect(heading(page, "Answer 1 of 1")).to_be_visible()
    expect(page.get_by_text("Ada Lind")).to_have_count(0)
    page.get_by_label("Mastery 2").first.check()
    page.get_by_label("Comment for the student").fill(COMMENT)
    press(page, "Save and next ungraded")
    expect(page.get_by_role("alert")).to_contain_text("Choose a level")
    expect(page.get_by_label("Comment for the student")).to_have_value(COMMENT)
    page.get_by_label("Emerging 1").last.check()
    press(page, "Save and next ungraded")
    expect(heading(page, "All marked")).to_be_visible()


def show_results(page: Page) -> None:
    """Show the mark with its comment."""
    page.get_by_role("link", name="To the class, to show the results").click()
    expect(page.get_by_text("1 mark with its comment waits to be shown.")).to_be_visible()
    press(page, "Show results")
    expect(page.get_by_text("You showed the results on")).to_be_visible()
    expect(page.locator("#work tr", has_text="Ada Lind").first).to_contain_text("Graded")
