"""Every page in every state: no finding of axe, and no scrolling sideways at 320 px.

Two looks on every run; `make axe` looks at all four.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from quizapp.core.assignments import Preset
from quizapp.core.deadlines import Factor
from quizapp.core.permissions import Role
from quizapp.core.questions import Case
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.accounts import reset_secret
from quizapp.services.assignments import Dates, Rules
from quizapp.services.door import open_door
from quizapp.services.door_list import live_list
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.storage.clock import system_clock
from tests.browser.conftest import Visitor, sign_in
from tests.browser.lesson import Reader, print_both_pages
from tests.browser.school import Person, SchoolClass, make_class, make_person
from tests.browser.steps import named, press, question, send, wait_until_saved
from tests.support.server import Server

EVERY_LOOK = [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")]
LOOKS = EVERY_LOOK if os.environ.get("QUIZAPP_TEST_LOOKS") == "all" else [(320, "light"), (1280, "dark")]
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passes is not written down: it is most of the time
}

ON_SOURCES = (
    "what-am-i-looking-at",
    "who-says-so",
    "back-to-the-original",
    "words-that-carry-weight",
    "interest-access-missing-voices",
    "how-sure-should-i-be",
)

each_look = pytest.mark.parametrize(
    ("width", "theme"), LOOKS, ids=[f"{width}-{theme}" for width, theme in LOOKS]
)


@dataclass
class Inspector:
    """Looks at pages in one window and collects what is wrong with them."""

    page: Page
    found: list[str] = field(default_factory=list)

    def open(self, *addresses: str) -> None:
        """Open pages and look at each."""
        for address in addresses:
            self.page.goto(address)
            self.look(address)

    def look(self, state: str) -> None:
        """Look at the page as it stands."""
        self.page.wait_for_load_state("load")
        result = Axe().run(self.page, options=WCAG)
        for violation in result.response["violations"]:
            for node in violation["nodes"]:
                self.found.append(f"{state}: {violation['id']}: {node['html'][:200]}")
        wide = self.page.evaluate("document.scrollingElement.scrollWidth")
        if wide > self.page.viewport_size["width"]:
            self.found.append(f"{state}: {wide} px wide")


@contextmanager
def inspecting(visitor: Visitor, width: int, theme: str, person: Person | None = None) -> Iterator[Inspector]:
    """Sign in, look at everything that the block opens, and fail with the whole list."""
    with visitor.opens(width=width, theme=theme, is_inspected=True) as page:
        if person:
            sign_in(page, person.name, person.secret)
        inspector = Inspector(page)
        yield inspector
    assert not inspector.found, "\n".join(inspector.found)


@pytest.fixture(scope="module")
def handed_in(server: Server) -> SchoolClass:
    """A class with one try handed in and the next one open, an accommodation, and a time limit."""
    rules = Rules(preset=Preset.PRACTICE, attempts_allowed=3, limit_minutes=40)
    made = make_class(server, rules=rules, names=["Ines Halloran", "فاطمة الزهراء", "M" * 60])
    allowance = Allowance(factor=Factor.HALF_MORE, note="Agreed with the family.")
    set_accommodation(
        server.runtime, made.teacher.actor, student_id=made.student.actor.user_id, allowance=allowance
    )
    made.hand_in()
    return made


@each_look
def test_pages_for_everybody(visitor: Visitor, width: int, theme: str) -> None:
    with inspecting(visitor, width, theme) as inspector:
        inspector.open("/sign-in", "/start", "/style", "/no-such-page", "/join", "/card")
        inspector.page.goto("/sign-in")
        send(inspector.page, named(inspector.page, "Sign in"))
        inspector.look("sign-in, refused")


@each_look
def test_pages_of_a_student(visitor: Visitor, handed_in: SchoolClass, width: int, theme: str) -> None:
    made = handed_in
    attempt_id = made.start()
    with inspecting(visitor, width, theme, made.student) as inspector:
        inspector.open(
            "/home", "/lessons", "/lessons/who-says-so", "/progress", "/page", "/words", "/account"
        )
        inspector.open(
            f"/assignments/{made.quiz_id}", f"/attempts/{attempt_id}", f"/attempts/{attempt_id}/summary"
        )
        inspector.open("/classes", "/assignments/99999")
        press_without_an_answer(inspector, "/account", "Change it")


@each_look
def test_pages_of_a_try(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server, rules=Rules(preset=Preset.PRACTICE))
    with inspecting(visitor, width, theme, made.student) as inspector:
        page = inspector.page
        press_without_an_answer(inspector, f"/assignments/{made.quiz_id}", "Start")
        page.get_by_label("A, a report from a war").check()
        send(page, named(page, "Start"))
        conflict_in_both_ways(inspector, made)
        press(page, "Go to summary")
        inspector.look("summary in the page")
        send(page, named(page, "Submit"))
        page.get_by_role("link", name="See the result").wait_for()
        inspector.look("receipt")
        send(page, page.get_by_role("link", name="See the result"))
        inspector.look("result, shown")
        page.locator(".feedback__tags a.tag").first.click()
        page.get_by_role("dialog").wait_for()
        inspector.look("card beside the result")
        inspector.open("/home", f"/assignments/{made.quiz_id}")


def conflict_in_both_ways(inspector: Inspector, made: SchoolClass) -> None:
    """Look at the choice between two answers, made by the script and by the server."""
    page = inspector.page
    attempt_id = int(page.url.rpartition("/")[2])
    slot = next(one.slot for one in made.asked(attempt_id) if one.type.name == "short_construct")
    page.route("**/save.js", lambda route: route.abort())
    page.reload()
    made.save(attempt_id, {slot: "typed in another window"})
    question(page, slot).locator("textarea").fill("typed here")
    send(page, named(page, "Save and stay"))
    page.get_by_text("Choose which to keep.").wait_for()
    inspector.look("conflict, by the server")
    page.unroute("**/save.js")
    page.goto(f"/attempts/{attempt_id}")
    wait_until_saved(page)
    made.save(attempt_id, {slot: "typed in another window again"})
    question(page, slot).locator("textarea").fill("typed here")
    question(page, slot).get_by_role("alert").wait_for()
    inspector.look("conflict, by the script")
    press(page, "Keep what I typed here")
    wait_until_saved(page)


@each_look
def test_a_result_that_is_withheld(visitor: Visitor, width: int, theme: str) -> None:
    now = system_clock()
    made = make_class(
        visitor.server, rules=Rules(preset=Preset.TEST), dates=Dates(closes_at=now + timedelta(days=2))
    )
    attempt_id = made.hand_in()
    with inspecting(visitor, width, theme, made.student) as inspector:
        inspector.open(f"/attempts/{attempt_id}/result", f"/attempts/{attempt_id}/receipt", "/home")


@each_look
def test_the_screens_of_a_lesson(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server, rules=Rules())
    with inspecting(visitor, width, theme, made.student) as inspector:
        reader = Reader(inspector.page)
        press_without_an_answer(inspector, "/lessons/who-says-so", "Start")
        reader.start()
        for number in range(1, 9):
            inspector.look(f"screen {number}")
            if reader.keys(number):
                send(inspector.page, inspector.page.locator(".lesson-form button[type=submit]").first)
                inspector.look(f"screen {number}, nothing answered")
            reader.answer_all(number)
            inspector.page.evaluate(
                "document.querySelectorAll('details.again').forEach(one => one.open = true)"
            )
            inspector.look(f"screen {number}, answered")
            reader.go_on(number)
        inspector.open("/lessons/who-says-so/print", "/lessons/who-says-so", "/progress", "/page")


@each_look
def test_an_earlier_page_beside_todays(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server, rules=Rules())
    print_both_pages(visitor.server, made)
    later = "/library/lessons/how-sure-should-i-be"
    with inspecting(visitor, width, theme, made.student) as inspector:
        inspector.open("/lessons/how-sure-should-i-be/4", "/lessons/how-sure-should-i-be/print")
    with inspecting(visitor, width, theme, made.teacher) as inspector:
        inspector.open(later, f"{later}/print?keys=yes")


@each_look
@pytest.mark.parametrize("case", list(Case))
def test_the_lessons_on_sources(visitor: Visitor, width: int, theme: str, case: Case) -> None:
    student = make_class(visitor.server, rules=Rules()).student
    with inspecting(visitor, width, theme, student) as inspector:
        for slug in ON_SOURCES:
            start_lesson(visitor.server.runtime, student.actor, slug=slug, case=case)
            inspector.open(*(f"/lessons/{slug}/{number}" for number in (2, 3, 4, 6, 8)))


@each_look
def test_the_folder(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server, rules=Rules())
    runtime, student = visitor.server.runtime, made.student.actor
    with inspecting(visitor, width, theme, made.student) as inspector:
        inspector.open("/folder")
        for slug in ON_SOURCES[:2]:
            start_lesson(runtime, student, slug=slug, case=Case.B)
            leave_screen(runtime, student, slug=slug, number=7)
        inspector.open("/home", "/folder")
        press_without_an_answer(inspector, "/folder/d2", "Check")
        for line in inspector.page.locator(".lesson-form fieldset fieldset").all():
            line.get_by_role("radio").first.check()
        send(inspector.page, named(inspector.page, "Check"))
        inspector.look("a document, judged")
        inspector.open("/folder")
    with inspecting(visitor, width, theme, made.teacher) as inspector:
        inspector.open("/library/folder")


@each_look
def test_practice_in_every_state(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server)
    start_lesson(visitor.server.runtime, made.student.actor, slug="who-says-so", case=Case.A, screen=8)
    with inspecting(visitor, width, theme, made.student) as inspector:
        page = inspector.page
        inspector.open("/practise", "/lessons/who-says-so/8", "/practise/a1")
        press_without_an_answer(inspector, "/practise/s1", "Check")
        for _ in range(2):
            page.locator(".lesson-form").get_by_role("radio").first.check()
            send(page, named(page, "Check"))
            inspector.look("a question of practice, answered")
            again = page.locator("details.again > summary")
            if not again.count():
                break
            again.click()
            inspector.look("a question of practice, asked again")
        inspector.open("/practise", "/progress")


def press_without_an_answer(inspector: Inspector, address: str, button: str) -> None:
    """Look at a form as it comes back with its problems."""
    inspector.page.goto(address)
    send(inspector.page, named(inspector.page, button))
    inspector.look(f"{address}, refused")


@each_look
def test_pages_of_a_teacher(visitor: Visitor, handed_in: SchoolClass, width: int, theme: str) -> None:
    made = handed_in
    classroom, student = f"/classes/{made.classroom_id}", f"/students/{made.student.actor.user_id}"
    with inspecting(visitor, width, theme, made.teacher) as inspector:
        inspector.open("/classes", "/classes/new", classroom, f"{classroom}/name", f"{classroom}/roster")
        inspector.open(f"{classroom}/archive")
        inspector.open(f"{classroom}/assign", f"{classroom}/assignments/{made.lesson_id}")
        quiz = f"{classroom}/assignments/{made.quiz_id}"
        inspector.open(quiz, f"{quiz}/dates", f"{classroom}{student}/remove")
        inspector.open(student, f"{student}/accommodation", f"{student}/pin")
        inspector.open(
            "/library", "/library/lessons/who-says-so", "/library/quizzes/quiz-who-says-so", "/account"
        )
        inspector.open("/library/content")
        press_without_an_answer(inspector, "/classes/new", "Make the class")
        press_without_an_answer(inspector, f"{classroom}/roster", "Show what will happen")
        inspect_a_roster(inspector)
        inspect_grading(inspector)


@each_look
def test_gradebook_door_and_projector(
    visitor: Visitor, handed_in: SchoolClass, width: int, theme: str
) -> None:
    made = handed_in
    classroom, lesson = f"/classes/{made.classroom_id}", "/library/lessons/who-says-so"
    with inspecting(visitor, width, theme, made.teacher) as inspector:
        inspector.open(
            f"{classroom}/gradebook",
            f"{classroom}/gradebook/{made.student.actor.user_id}/{made.quiz_id}",
            f"{classroom}/gradebook?waiting=1",
            f"{classroom}/check-in",
            f"{classroom}/assignments/{made.lesson_id}/lines",
            f"{classroom}/door",
        )
        send(inspector.page, inspector.page.get_by_role("button", name=re.compile("15 minutes")))
        inspector.look("the door, open")
        inspector.open(f"{classroom}/door/projector", f"{classroom}/cards")
        inspector.open(
            f"{lesson}/present",
            f"{lesson}/present?case=A&step=9",
            f"{lesson}/prompter",
            f"{lesson}/print?keys=yes",
        )


@each_look
def test_pages_of_a_phone_at_the_door(visitor: Visitor, width: int, theme: str) -> None:
    made, runtime = make_class(visitor.server), visitor.server.runtime
    open_door(runtime, made.teacher.actor, classroom_id=made.classroom_id)
    code = live_list(runtime, made.teacher.actor, classroom_id=made.classroom_id).code
    with inspecting(visitor, width, theme) as inspector:
        page = inspector.page
        inspector.open(f"/join/{code}")
        send(page, page.get_by_role("button", name="Ines Halloran"))
        inspector.look("the PIN of a card is asked for")
        send(page, named(page, "I have no PIN: ask the teacher"))
        inspector.look("the teacher was asked")


@each_look
def test_pages_of_exam_day(visitor: Visitor, width: int, theme: str) -> None:
    made = make_class(visitor.server, rules=Rules(limit_minutes=40), names=["Ines Halloran", "M" * 60])
    attempt_id = made.start()
    quiz = f"/classes/{made.classroom_id}/assignments/{made.quiz_id}"
    one_try = f"{quiz}/tries/{attempt_id}"
    with inspecting(visitor, width, theme, made.teacher) as inspector:
        inspector.open(quiz, f"{quiz}/live", one_try)
        page = inspector.page
        page.get_by_text("Give more time").click()
        send(page, named(page, "Give this time"))
        inspector.look("more time, refused")
        page.get_by_label(re.compile("^15 minutes")).check()
        page.get_by_label("Reason").first.fill("The alarm rang")
        send(page, named(page, "Give this time"))
        inspector.look("more time, given")
        press_without_an_answer(inspector, f"{one_try}/void", "Set it aside for good")
        press_without_an_answer(inspector, f"{quiz}/live/end", "End for all")
    with inspecting(visitor, width, theme, made.student) as inspector:
        inspector.open("/home", f"/assignments/{made.quiz_id}", f"/attempts/{attempt_id}")
        inspector.open("/device-check")
        inspector.page.get_by_text("This device is ready.").wait_for()
        inspector.look("device check, done")


def inspect_a_roster(inspector: Inspector) -> None:
    """Look at the preview with and without a slip, and at the login cards."""
    page = inspector.page
    for names, state in (
        ("Ida Berg\nida berg", "a name twice"),
        (f"Ida Berg {id(page)}\nIda Roth {id(page)}", "good"),
    ):
        page.get_by_label("Names, one a line").fill(names)
        send(page, page.get_by_role("button", name=re.compile("^(Show what will happen|Look at it again)$")))
        inspector.look(f"preview of a list, {state}")
    send(page, named(page, "Add these students"))
    inspector.look("login cards")


def inspect_grading(inspector: Inspector) -> None:
    """Look at the queue, an answer, a mark that was refused, and the answer again."""
    inspector.open("/grading")
    page = inspector.page
    send(page, page.locator("#queue tbody th a").first)
    inspector.look("grading, what comes next")
    send(page, page.get_by_role("navigation", name="Answers").get_by_role("link").first)
    inspector.look("an answer")
    send(page, named(page, "Save and next ungraded"))
    inspector.look("an answer, no level chosen")


@each_look
@pytest.mark.parametrize("role", [Role.TEACHER, Role.STUDENT])
def test_the_page_where_an_own_secret_is_chosen(visitor: Visitor, width: int, theme: str, role: Role) -> None:
    admin = make_person(visitor.server, Role.ADMIN, "Ada Stern")
    person = make_person(visitor.server, Role.TEACHER, "Rosa Lind")
    if role is Role.STUDENT:
        person = make_class(visitor.server).student
    temporary = reset_secret(visitor.server.runtime, admin.actor, user_id=person.actor.user_id)
    with inspecting(visitor, width, theme, replace(person, secret=temporary.secret)) as inspector:
        press_without_an_answer(inspector, "/account/own-secret", "Use it from now on")


@each_look
def test_pages_of_an_administrator(visitor: Visitor, handed_in: SchoolClass, width: int, theme: str) -> None:
    admin = make_person(visitor.server, Role.ADMIN, "Ada Stern")
    student = f"/people/{handed_in.student.actor.user_id}"
    with inspecting(visitor, width, theme, admin) as inspector:
        inspector.open(
            "/people", "/people/new", student, f"{student}/suspend", f"{student}/secret", "/account"
        )
        inspector.open("/classes", "/library", "/people?q=nobody-is-called-so")
        inspector.open("/reports", "/audit", "/settings", "/school/classes")
        press_without_an_answer(inspector, f"{student}/suspend", "Suspend")
