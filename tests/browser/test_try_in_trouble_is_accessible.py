"""axe on what a try shows when something is in its way, and on the page where a teacher enters a file."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from quizapp.core.assignments import Preset
from quizapp.services.access.attempts import TryPlace
from quizapp.services.assignments import Rules
from quizapp.services.try_deeds import end_attempt, extend_attempt
from tests.browser.at_the_quiz import PRACTICE, look_again, news_of, state_of, write
from tests.browser.conftest import Visitor
from tests.browser.school import SchoolClass, make_class
from tests.browser.steps import press, wait_until_saved
from tests.browser.test_pages_are_accessible import each_look, inspecting

LIMITED = Rules(preset=Preset.PRACTICE, limit_minutes=20)


@each_look
def test_a_try_in_trouble(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server, rules=LIMITED)
    attempt_id = made.start()
    written = written_in(made, attempt_id)
    place = TryPlace(made.classroom_id, made.quiz_id, attempt_id)
    runtime, teacher = made.server.runtime, made.teacher.actor
    with inspecting(visitor, width, theme, made.student) as inspector:
        page = inspector.page
        page.goto(f"/attempts/{attempt_id}")
        wait_until_saved(page)
        extend_attempt(runtime, teacher, place=place, minutes=5, reason="A late bus.", seen=0)
        look_again(page)
        expect(news_of(page)).to_be_visible()
        page.context.set_offline(True)
        write(page, written, "typed offline")
        expect(page.get_by_role("button", name="Keep my answers as a file")).to_be_visible()
        inspector.look("offline, with a file to keep and more time")
        press(page, "Go to summary")
        press(page, "Submit")
        expect(page.get_by_text("Handing in waits for the network")).to_be_visible()
        inspector.look("a submit that waits")
        page.get_by_role("link", name="Back to the questions").click()
        page.context.set_offline(False)
        wait_until_saved(page)

        cookies = page.context.cookies()
        page.context.clear_cookies()
        write(page, written, "typed signed out")
        panel = page.get_by_role("region", name="Sign in again")
        panel.get_by_label("Password or PIN").fill("000000")
        press(panel, "Sign in")
        expect(panel.get_by_role("alert")).to_contain_text("do not belong together")
        inspector.look("signing in on the page")
        page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as they came

        page.route("**/responses", lambda route: route.abort())
        write(page, written, "never sent")
        end_attempt(runtime, teacher, place=place, reason="The lesson is over.", seen=1)
        look_again(page)
        expect(state_of(page)).to_contain_text("Not saved in time")
        inspector.look("closed with an answer that was not sent")


@each_look
def test_entering_a_students_file(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server, rules=PRACTICE)
    attempt_id = made.start()
    address = f"/classes/{made.classroom_id}/assignments/{made.quiz_id}/tries/{attempt_id}/student-file"
    with inspecting(visitor, width, theme, made.teacher) as inspector:
        page = inspector.page
        inspector.open(address)
        choose(page, b"not a file of ours")
        inspector.look("a file that can't be read")
        choose(page, file_of(attempt_id, written_in(made, attempt_id)))
        expect(page.get_by_text("What would be entered")).to_be_visible()
        inspector.look("a file beside what is stored")
        press(page, "Enter these answers")
        inspector.look("a file without a reason")
        end_attempt(
            made.server.runtime,
            made.teacher.actor,
            place=TryPlace(made.classroom_id, made.quiz_id, attempt_id),
            reason="The lesson is over.",
            seen=0,
        )
        inspector.open(address)
        expect(page.get_by_text("Reopen it first")).to_be_visible()


def choose(page: Page, body: bytes) -> None:
    """Choose a file and have it compared."""
    field = page.get_by_label("The student's file")
    field.set_input_files([{"name": "answers-of-try.json", "mimeType": "application/json", "buffer": body}])
    press(page, "Compare")


def file_of(attempt_id: int, written: int) -> bytes:
    """Return a file with one written answer."""
    answer = {"slot": written, "lease": 1, "seq": 1, "fields": {f"q{written}": ["In the file."]}}
    kept = {"format": "second-source-unsent-answers", "v": 1, "attempt": attempt_id}
    return json.dumps({**kept, "kept_at": "2026-11-22T10:00:00Z", "answers": [answer]}).encode()


def written_in(made: SchoolClass, attempt_id: int) -> int:
    """Return the number of the written question."""
    return next(one.slot for one in made.asked(attempt_id) if one.type.name == "short_construct")
