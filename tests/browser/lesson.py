"""Reading the shipped lesson in a window: its screens, its questions and right answers to them."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from quizapp.content.catalogue import Catalogue, load_catalogue
from quizapp.content.questions import lesson_from_item, question_from_item
from quizapp.content.roots import content_roots
from quizapp.core.lessons import Lesson
from quizapp.core.questions import Case, Move, Question
from quizapp.core.screens import ScreenKind
from quizapp.question_types.registry import question_type
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lesson_questions import field_name, sure_field
from quizapp.services.lessons import start_lesson
from quizapp.services.practice import sure_parts
from tests.browser.school import LESSON, SLUG, SchoolClass
from tests.browser.steps import answer, named, send
from tests.support.server import Server

LATER_SLUG = "how-sure-should-i-be"

WRITTEN = (
    "A reporter counted the stalls. That a roof will be built is the word of one builder, so I name him."
)


@cache
def _catalogue() -> Catalogue:
    return load_catalogue(content_roots())


@cache
def the_lesson() -> Lesson:
    """Return the lesson that everybody reads here."""
    return lesson_from_item(_catalogue().item("lesson", LESSON))


@cache
def _questions() -> dict[str, Question]:
    return {one.key: one for one in map(question_from_item, _catalogue().of_kind("question"))}


def print_both_pages(server: Server, made: SchoolClass) -> None:
    """Let the student of a class print the page of lesson 2, and that of lesson 6 with other verdicts."""
    student = made.student.actor
    for slug, name, verdict in (
        (SLUG, "l2-page-b", "claimed"),
        (LATER_SLUG, "l6-page-b", "backed"),
    ):
        start_lesson(server.runtime, student, slug=slug, case=Case.B)
        answer_question(
            server.runtime,
            student,
            slug=slug,
            number=ScreenKind.TASK.number,
            question_key=f"second-source:{name}",
            fields={f"{name}.l{number}": [verdict] for number in range(1, 13)},
            shown_at=None,
        )


class Reader:
    """A student who reads case A of the lesson, screen by screen, in a window of the own."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def start(self) -> None:
        """Choose the case on the page before the lesson and begin."""
        self.page.get_by_label("A report from a war").check()
        send(self.page, named(self.page, "Start"))

    def keys(self, number: int) -> tuple[str, ...]:
        """Return the keys of the questions on a screen."""
        return tuple(the_lesson().screen(number).question_keys(Case.A))

    def answer_all(self, number: int) -> None:
        """Answer every question of the screen, each with its own button."""
        for key in self.keys(number):
            self._answer(_questions()[key], asks_sure=the_lesson().screen(number).asks_sure)

    def go_on(self, number: int) -> None:
        """Press the button at the end of the screen."""
        words = {7: "Finish the lesson", 8: "Done, to my home page"}.get(number, "Next screen")
        send(self.page, named(self.page, words))

    def _answer(self, asked: Question, *, asks_sure: bool) -> None:
        kind = question_type(asked.type)
        settings = kind.parse(asked.settings)
        form = self.page.locator(f'form:has(input[name="question"][value="{asked.key}"])')
        again = self.page.locator("details.again:not([open])", has=form)
        if again.count():
            again.locator("summary").first.click()
        value = WRITTEN if kind.move is Move.WRITE else kind.correct_value(settings)
        answer(form, kind, value, field_name(asked.key))
        if asks_sure:
            for place, part in enumerate(sure_parts(kind, settings)):
                said = "1" if place % 2 else "0"
                form.locator(f'input[name="{sure_field(asked.key, part)}"][value="{said}"]').check()
        send(self.page, form.locator("button[type=submit]").last)
