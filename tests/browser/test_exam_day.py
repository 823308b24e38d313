"""A quiz while the class is in it: the live view follows, and a device says whether it is ready."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quizapp.services.assignments import Rules
from tests.browser.conftest import Visitor, sign_in
from tests.browser.school import SchoolClass, make_class
from tests.browser.steps import heading, named, press, send


@pytest.fixture
def made(visitor: Visitor) -> SchoolClass:
    """A class of two whose first student may take the quiz."""
    return make_class(visitor.server, rules=Rules(limit_minutes=40), names=["Ines Halloran", "Jon Berg"])


def live_of(made: SchoolClass) -> str:
    return f"/classes/{made.classroom_id}/assignments/{made.quiz_id}/live"


def right_answer(made: SchoolClass, attempt_id: int) -> dict[int, object]:
    first = made.asked(attempt_id)[0]
    return {first.slot: first.type.correct_value(first.settings)}


def test_the_live_view_follows_by_itself(visitor: Visitor, made: SchoolClass) -> None:
    with visitor.opens() as page:
        sign_in(page, made.teacher.name, made.teacher.secret)
        page.goto(live_of(made))
        expect(page.get_by_text("0 are in, 0 have handed in, 2 have not started.")).to_be_visible()

        attempt_id = made.start()
        made.save(attempt_id, right_answer(made, attempt_id))

        row = page.get_by_role("row", name=re.compile("Ines Halloran"))
        expect(row).to_contain_text("1 of ")
        expect(row).to_contain_text(re.compile(r"\d+ s ago"))
        expect(page.get_by_role("status").first).to_contain_text("1 is in")
        seconds = row.get_by_role("time")
        before = seconds.inner_text()
        expect(seconds).not_to_have_text(before)


def test_everybody_gets_minutes_and_the_end_for_all_without_script(
    visitor: Visitor, made: SchoolClass
) -> None:
    made.start()
    with visitor.opens(javascript=False) as page:
        sign_in(page, made.teacher.name, made.teacher.secret)
        page.goto(live_of(made))
        page.get_by_text("Give everybody more time").click()
        page.get_by_label("Reason").fill("The projector failed")
        send(page, named(page, "Give this time"))
        expect(page.get_by_text("Everybody who is in has 5 minutes more.")).to_be_visible()
        send(page, page.get_by_role("link", name="Look again"))

        send(page, page.get_by_role("link", name="End for all"))
        page.get_by_label("Reason").fill("The lesson is over")
        send(page, named(page, "End for all"))

        expect(page.get_by_text("1 try is handed in.")).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("Ines Halloran"))).to_contain_text("Handed in")


def test_a_device_that_is_fit_is_told_so(visitor: Visitor, made: SchoolClass) -> None:
    with visitor.opens(width=320) as page:
        sign_in(page, made.student.name, made.student.secret)
        page.goto(f"/assignments/{made.quiz_id}")
        send(page, page.get_by_role("link", name="Check this device before you start"))

        expect(page.get_by_text("This device is ready.")).to_be_visible()
        expect(page.get_by_text(re.compile(r"an answer is saved in about \d+ ms"))).to_be_visible()
        send(page, page.get_by_role("link", name="Back to the quiz"))

        expect(named(page, "Start")).to_be_visible()


def test_a_device_without_connection_or_with_a_wrong_clock_is_told_what_to_do(
    visitor: Visitor, made: SchoolClass
) -> None:
    with visitor.opens() as page:
        sign_in(page, made.student.name, made.student.secret)
        page.clock.install(time="2020-01-01T00:00:00Z")
        page.goto("/device-check")
        expect(page.get_by_text("trust the timer, not the clock of this device")).to_be_visible()

        page.route("**/device-check/clock", lambda route: route.abort())
        press(page, "Check again")

        expect(page.get_by_text("The server was not reached.")).to_be_visible()
        expect(heading(page, "Check this device")).to_be_visible()


def test_a_device_without_script_is_told_what_works_anyway(visitor: Visitor, made: SchoolClass) -> None:
    with visitor.opens(javascript=False) as page:
        sign_in(page, made.student.name, made.student.secret)
        page.goto("/device-check")

        expect(page.get_by_text("A quiz works all the same")).to_be_visible()
