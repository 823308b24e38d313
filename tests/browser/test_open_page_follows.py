"""What a teacher changes is seen by the open page within ten seconds, and the clock is nobody's to set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from quizapp.core.assignments import Preset
from quizapp.services.access.attempts import TryPlace
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.assignments import Dates, Rules, change_assignment
from quizapp.services.exam_day import end_for_all
from quizapp.services.try_deeds import end_attempt, reopen_attempt, void_attempt
from quizapp.storage.clock import system_clock
from quizapp.storage.tables import Attempt
from tests.browser.at_the_quiz import attempt_of, look_again, news_of, saved_text, sitting, state_of, write
from tests.browser.conftest import Visitor
from tests.browser.school import SchoolClass, make_class
from tests.browser.steps import heading, press, wait_until_saved

TIMED = Rules(preset=Preset.PRACTICE, limit_minutes=20)

JUMPS = """() => {
    const real = Date.now;
    Date.now = () => real() + 86_400_000;
    window.Date = class extends Date { constructor(...all) { all.length ? super(...all) : super(Date.now()); } };
}"""


@contextmanager
def timed(visitor: Visitor) -> Iterator[tuple[SchoolClass, Page, int]]:
    """A student in a quiz of twenty minutes."""
    made = make_class(visitor.server, rules=TIMED)
    with sitting(visitor, made) as (page, written):
        wait_until_saved(page)
        yield made, page, written


def give(made: SchoolClass, limit_minutes: int | None, dates: Dates | None = None) -> None:
    """Change the time of the quiz, as its teacher does."""
    change_assignment(
        made.server.runtime,
        made.teacher.actor,
        classroom_id=made.classroom_id,
        assignment_id=made.quiz_id,
        dates=dates or Dates(),
        limit_minutes=limit_minutes,
        attempts_allowed=2,
    )


def test_more_time_is_seen_within_ten_seconds_by_itself(visitor: Visitor) -> None:
    with timed(visitor) as (made, page, _):
        give(made, 45)

        expect(news_of(page)).to_contain_text(
            re.compile(r"You have more time: this try ends at \d\d:\d\d now\.")
        )
        expect(page.locator("[data-timer-face]")).to_have_text(re.compile(r"^4[45]:\d\d left$"))


def test_less_time_warns_and_no_limit_takes_the_clock_away_and_a_new_one_brings_it_back(
    visitor: Visitor,
) -> None:
    with timed(visitor) as (made, page, _):
        give(made, 5)
        look_again(page)
        warning = page.get_by_role("alert").filter(has_text="You have less time")
        expect(warning).to_be_visible()
        expect(page.locator("[data-timer-face]")).to_have_text(re.compile(r"^(5:00|4:\d\d) left$"))

        give(made, None)
        look_again(page)
        expect(news_of(page)).to_contain_text("This try has no time limit any more.")
        expect(page.locator("[data-timer]")).to_be_hidden()

        give(made, 30)
        look_again(page)
        expect(news_of(page)).to_contain_text("This try has an end now")
        expect(page.locator("[data-timer-face]")).to_be_visible()


def test_an_accommodation_is_followed_at_once(visitor: Visitor) -> None:
    with timed(visitor) as (made, page, _):
        set_accommodation(
            made.server.runtime,
            made.teacher.actor,
            student_id=made.student.actor.user_id,
            allowance=Allowance(is_untimed=True, hides_clock=True),
        )
        look_again(page)

        expect(page.locator("[data-timer]")).to_be_hidden()
        expect(news_of(page)).to_contain_text("no time limit any more")


def test_a_voided_try_leads_to_its_receipt_in_words(visitor: Visitor) -> None:
    with timed(visitor) as (made, page, _):
        place = TryPlace(made.classroom_id, made.quiz_id, attempt_of(page))
        void_attempt(
            made.server.runtime, made.teacher.actor, place=place, reason="Taken by a friend.", seen=0
        )
        look_again(page)

        expect(page).to_have_url(re.compile("/receipt$"))
        expect(page.get_by_text("It does not count.")).to_be_visible()


def test_when_the_teacher_ends_it_what_was_not_sent_is_told_and_goes_in_when_it_is_opened_again(
    visitor: Visitor,
) -> None:
    with timed(visitor) as (made, page, written):
        runtime, teacher = made.server.runtime, made.teacher.actor
        place = TryPlace(made.classroom_id, made.quiz_id, attempt_of(page))
        page.route("**/responses", lambda route: route.abort())
        write(page, written, "not sent in time")
        expect(state_of(page)).to_contain_text("You are offline.")
        end_attempt(runtime, teacher, place=place, reason="The lesson is over.", seen=0)
        look_again(page)
        expect(state_of(page)).to_contain_text("Not saved in time: 1 answer")
        expect(page.get_by_role("button", name="Keep my answers as a file")).to_be_visible()
        expect(page.get_by_role("link", name="Go to the receipt")).to_be_visible()

        reopen_attempt(runtime, teacher, place=place, minutes=10, reason="The network was down.", seen=1)
        page.unroute("**/responses")
        look_again(page)
        expect(news_of(page)).to_contain_text("Your teacher has opened this try again.")
        wait_until_saved(page)
        assert saved_text(page, written) == "not sent in time"


def test_ended_for_all_with_everything_saved_leads_to_the_receipt(visitor: Visitor) -> None:
    with timed(visitor) as (made, page, written):
        write(page, written, "saved")
        wait_until_saved(page)
        end_for_all(
            made.server.runtime,
            made.teacher.actor,
            classroom_id=made.classroom_id,
            assignment_id=made.quiz_id,
            reason="The lesson is over.",
        )
        look_again(page)

        expect(page.get_by_text("Your teacher ended the quiz")).to_be_visible()


def test_a_jump_of_the_computers_clock_changes_nothing(visitor: Visitor) -> None:
    with timed(visitor) as (_, page, written):
        face = page.locator("[data-timer-face]")
        page.evaluate(JUMPS)
        write(page, written, "typed on another day")
        wait_until_saved(page)

        expect(face).to_have_text(re.compile(r"^(20:00|19:\d\d) left$"))
        expect(page.get_by_text("Time is up")).to_have_count(0)


@pytest.mark.parametrize(("seconds", "said"), [(601, "10 minutes"), (301, "5 minutes"), (61, "1 minute")])
def test_the_last_minutes_are_announced_politely(visitor: Visitor, seconds: int, said: str) -> None:
    with timed(visitor) as (made, page, _):
        with made.server.runtime.database.writing() as session:
            attempt = session.get_one(Attempt, attempt_of(page))
            attempt.deadline_at = system_clock() + timedelta(seconds=seconds + 1)
        press(page, "Hide clock")
        look_again(page)

        expect(page.locator("[data-timer] [role=status]")).to_have_text(f"{said} left")


def test_a_hidden_clock_stays_hidden_on_this_device(visitor: Visitor) -> None:
    with timed(visitor) as (_, page, _written):
        press(page, "Hide clock")
        page.reload()

        expect(page.locator("[data-timer-face]")).to_be_hidden()
        press(page, "Show clock")
        page.reload()
        expect(page.locator("[data-timer-face]")).to_be_visible()


def test_when_the_time_is_over_the_page_hands_in_what_stands_on_it(visitor: Visitor) -> None:
    with timed(visitor) as (made, page, written):
        with made.server.runtime.database.writing() as session:
            session.get_one(Attempt, attempt_of(page)).deadline_at = system_clock() + timedelta(seconds=2)
        look_again(page)
        write(page, written, "typed in the last second")

        expect(heading(page, "Handed in")).to_be_visible()
        expect(page.locator(".receipt")).to_contain_text("1 of")


def test_retries_end_with_the_deadline_and_its_grace_and_the_page_says_what_to_do(visitor: Visitor) -> None:
    with timed(visitor) as (_, page, written):
        page.clock.install()
        page.reload()
        wait_until_saved(page)
        page.context.set_offline(True)
        write(page, written, "the network never came back")
        page.clock.fast_forward("20:30")
        expect(state_of(page)).to_contain_text("You are offline. Not saved yet: 1 answer waiting")

        page.clock.fast_forward("01:00")
        expect(state_of(page)).to_contain_text("Not saved in time: 1 answer")
        expect(page.locator("[data-page-help]")).to_contain_text("ask your teacher")
        expect(page.get_by_role("button", name="Keep my answers as a file")).to_be_visible()
