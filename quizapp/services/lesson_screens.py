"""One screen of a lesson, ready to be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from quizapp.core.drawings.drawn import Drawn, drawn
from quizapp.core.errors import Refusal
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor
from quizapp.core.practice import Purpose, purpose_of
from quizapp.core.questions import Case
from quizapp.core.screens import (
    DrawingBlock,
    HtmlBlock,
    QuestionBlock,
    Screen,
    ScreenKind,
    SlotBlock,
    VignetteBlock,
)
from quizapp.services.access.lessons import access_lesson
from quizapp.services.earlier_pages import with_class_page, with_own_page
from quizapp.services.lesson_questions import (
    LessonQuestion,
    MadeUpText,
    Reader,
    Rejected,
    blank_question,
    lesson_question,
    vignette_id,
)
from quizapp.services.lessons import CHOOSE_A_CASE, Progress, checked_screen, progress_of
from quizapp.services.practice import AskedInLesson, SureCount, asked_in_lesson, sure_count
from quizapp.services.runtime import Work, reading


@dataclass(frozen=True, slots=True)
class BlockOnScreen:
    """Prose, a made-up text, a drawing or a question: exactly one of the four is there."""

    html: str = ""
    is_fictional: bool = False
    is_idea: bool = False
    vignette: MadeUpText | None = None
    drawing: Drawn | None = None
    question: LessonQuestion | None = None


@dataclass(frozen=True, slots=True)
class ScreenOnPage:
    """What one screen shows to one reader."""

    number: int
    kind: ScreenKind
    title: str
    blocks: tuple[BlockOnScreen, ...]

    @property
    def questions(self) -> tuple[LessonQuestion, ...]:
        """The questions on it, in order."""
        return tuple(block.question for block in self.blocks if block.question)

    @property
    def scripts(self) -> tuple[str, ...]:
        """The scripts that its questions want, each once."""
        return tuple(dict.fromkeys(script for question in self.questions for script in question.scripts))

    @property
    def stylesheets(self) -> tuple[str, ...]:
        """The style sheets that its questions want, each once."""
        return tuple(dict.fromkeys(sheet for question in self.questions for sheet in question.stylesheets))


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """One screen with what stands around it. ``minutes_left`` counts this screen; None in the extension."""

    slug: str
    lesson: Lesson
    screen: ScreenOnPage
    minutes_left: int | None
    progress: Progress
    case: Case
    sure: SureCount | None
    now: datetime


@dataclass(frozen=True, slots=True)
class PrintPage:
    """All screens of a lesson for paper, nothing filled in."""

    lesson: Lesson
    screens: tuple[ScreenOnPage, ...]


@reading
def screen_page(
    work: Work, actor: Actor, *, slug: str, number: int, rejected: Rejected | None = None
) -> ScreenPage:
    """Return one screen for the actor, with the own answers and with what could not be taken just now.

    Raises:
        NotFound: no such lesson or screen for this actor.
        Refusal: no case was chosen yet (field ``case``).
    """
    at_hand = access_lesson(work, actor, slug=slug)
    lesson, row = at_hand.lesson, at_hand.progress
    checked_screen(lesson, number)
    case, screen = at_hand.case, lesson.screen(number)
    if row is None or case is None:
        raise Refusal("case", CHOOSE_A_CASE)
    asked = asked_in_lesson(work, actor.user_id, lesson.key, screen.question_keys(case))
    shower = _Shower(work, actor, Reader(actor.user_id, lesson.key), asked, case, rejected)
    is_extra = screen.kind is ScreenKind.EXTENSION
    checks = [
        given for key in screen.question_keys(case) for given in asked.answers_to(key, Purpose.EXIT_CHECK)
    ]
    return ScreenPage(
        slug=slug,
        lesson=lesson,
        screen=shower.screen(screen),
        minutes_left=None if is_extra else lesson.minutes_left_after(number - 1),
        progress=progress_of(row),
        case=case,
        sure=sure_count(checks),
        now=work.now,
    )


@reading
def print_page(work: Work, actor: Actor, *, slug: str) -> PrintPage:
    """Return all screens of a lesson in the actor's case, without any answer.

    Raises:
        NotFound: no such lesson for this actor.
        Refusal: no case was chosen yet (field ``case``).
    """
    at_hand = access_lesson(work, actor, slug=slug)
    lesson = at_hand.lesson
    if at_hand.progress is None or at_hand.case is None:
        raise Refusal("case", CHOOSE_A_CASE)
    return PrintPage(lesson, blank_screens(work, actor, lesson, at_hand.case))


def blank_screens(work: Work, actor: Actor, lesson: Lesson, case: Case) -> tuple[ScreenOnPage, ...]:
    """Return all screens of a lesson for paper, nothing filled in."""
    asked = asked_in_lesson(work, actor.user_id, lesson.key, lesson.question_keys(case))
    shower = _Shower(work, actor, Reader(actor.user_id, lesson.key), asked, case, None, is_blank=True)
    return tuple(shower.screen(screen) for screen in lesson.screens)


@dataclass(slots=True)
class _Shower:
    """Turns blocks into what stands on the page. A made-up text stands there once."""

    work: Work
    actor: Actor
    reader: Reader
    asked: AskedInLesson
    case: Case
    rejected: Rejected | None
    is_blank: bool = False

    def screen(self, screen: Screen) -> ScreenOnPage:
        """Return one screen."""
        keys = [key for key in screen.question_keys(self.case) if key in self.asked.questions]
        shown: set[str] = set()
        blocks = []
        for block in screen.blocks_for(self.case):
            match block:
                case HtmlBlock():
                    blocks.append(
                        BlockOnScreen(block.html, is_fictional=block.is_fictional, is_idea=block.is_idea)
                    )
                case VignetteBlock():
                    name = vignette_id(block.vignette_key)
                    shown.add(name)
                    text = MadeUpText(name, block.title, block.kind, block.lines)
                    blocks.append(BlockOnScreen(vignette=text))
                case DrawingBlock():
                    blocks.append(
                        BlockOnScreen(drawing=drawn(block.drawing), is_fictional=block.is_fictional)
                    )
                case QuestionBlock() | SlotBlock():
                    key = (
                        block.question_key(self.case) if isinstance(block, SlotBlock) else block.question_key
                    )
                    if key not in keys:
                        continue
                    question = self._question(screen, key, keys.index(key) + 1)
                    if question.vignette and question.vignette.id in shown:
                        question = replace(question, vignette=None)
                    elif question.vignette:
                        shown.add(question.vignette.id)
                    blocks.append(BlockOnScreen(question=question))
        return ScreenOnPage(screen.number, screen.kind, screen.title, tuple(blocks))

    def _question(self, screen: Screen, key: str, number: int) -> LessonQuestion:
        question = self.asked.questions[key]
        if self.is_blank:
            blank = blank_question(self.work, self.reader, question=question, number=number)
            return with_class_page(self.work, question, blank)
        purpose = purpose_of(screen.kind)
        shown = lesson_question(
            self.work,
            self.reader,
            question=question,
            number=number,
            asked=self.asked,
            purpose=purpose,
            rejected=self.rejected,
        )
        answers = self.asked.answers_to(key, purpose)
        return with_own_page(self.work, self.actor, question, answers[-1] if answers else None, shown)
