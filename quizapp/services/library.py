"""What can be taught, for those who teach: lessons in both cases with their keys, and the questions of a quiz."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from quizapp.core.drawings.drawn import Drawn, drawn
from quizapp.core.errors import NotFound
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor
from quizapp.core.questions import Case, Move, Question
from quizapp.core.screens import (
    Block,
    DrawingBlock,
    HtmlBlock,
    QuestionBlock,
    Screen,
    SlotBlock,
    VignetteBlock,
)
from quizapp.question_types.contract import Shown
from quizapp.services.access.lessons import access_lesson_to_teach, slug_of
from quizapp.services.access.staff import access_staff_room
from quizapp.services.asked import kinds_of
from quizapp.services.content import (
    current_questions,
    folders,
    in_first_variant,
    lessons_in_order,
    quiz_pool,
    quizzes_by_key,
    skills,
)
from quizapp.services.earlier_pages import with_key_page
from quizapp.services.runtime import Work, reading

KEY = Shown(score=False, why=True, key=True)
"""A full answer is there to be read, not to be marked."""


@dataclass(frozen=True, slots=True)
class LibraryLesson:
    """A lesson in the library."""

    slug: str
    key: str
    number: int
    title: str
    summary: str
    ability: str
    minutes: int


@dataclass(frozen=True, slots=True)
class LibraryQuiz:
    """A quiz in the library."""

    slug: str
    key: str
    title: str
    questions: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Library:
    """Everything that can be assigned. ``has_folder``: a folder goes with the course."""

    lessons: tuple[LibraryLesson, ...]
    quizzes: tuple[LibraryQuiz, ...]
    has_folder: bool


@dataclass(frozen=True, slots=True)
class KeyedText:
    """A made-up text with numbered lines; ``id`` begins the ids of its lines."""

    id: str
    title: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyedQuestion:
    """A question with its key. ``view`` is a full answer as the type's ``review.html`` shows it."""

    name: str
    type: str
    label: object
    stem: str
    text: KeyedText | None
    view: Mapping[str, Any]
    evidence: tuple[str, ...]
    rationale: str
    is_written: bool


@dataclass(frozen=True, slots=True)
class KeyedBlock:
    """Prose, a made-up text, a drawing or a question: exactly one is there.

    ``case`` None stands for either reader.
    """

    case: Case | None
    html: str = ""
    text: KeyedText | None = None
    drawing: Drawn | None = None
    is_fictional: bool = False
    question: KeyedQuestion | None = None


@dataclass(frozen=True, slots=True)
class KeyedScreen:
    """One screen with both cases."""

    number: int
    title: str
    minutes: int
    blocks: tuple[KeyedBlock, ...]


@dataclass(frozen=True, slots=True)
class LessonForTeachers:
    """A lesson with its teacher's page and all keys."""

    slug: str
    lesson: Lesson
    screens: tuple[KeyedScreen, ...]


@dataclass(frozen=True, slots=True)
class QuizForTeachers:
    """A quiz with every question that it may draw, and how many it does draw."""

    slug: str
    key: str
    title: str
    drawn: int
    minutes: int
    questions: tuple[KeyedQuestion, ...]


@reading
def library(work: Work, actor: Actor) -> Library:
    """Return the lessons in order and the quizzes by title.

    Raises:
        NotFound: the actor is no member of staff.
    """
    access_staff_room(actor)
    abilities = {skill.id: skill.ability for skill in skills(work)}
    return Library(
        tuple(
            LibraryLesson(
                slug_of(one.key),
                one.key,
                one.number,
                one.title,
                one.summary,
                abilities.get(one.skill, ""),
                one.minutes,
            )
            for one in lessons_in_order(work)
        ),
        tuple(
            LibraryQuiz(slug_of(one.key), one.key, one.title, one.length, one.minutes)
            for one in sorted(quizzes_by_key(work).values(), key=lambda quiz: quiz.title)
        ),
        has_folder=bool(folders(work)),
    )


@reading
def lesson_for_teachers(work: Work, actor: Actor, *, slug: str) -> LessonForTeachers:
    """Return a lesson in both cases, with its keys.

    Raises:
        NotFound: no such lesson, or the actor is no member of staff.
    """
    lesson = access_lesson_to_teach(work, actor, slug=slug)
    questions = current_questions(work, lesson.all_question_keys())
    keyed = {key: keyed_question(work, question) for key, question in questions.items()}
    shown: set[str] = set()
    return LessonForTeachers(slug, lesson, tuple(_screen(screen, keyed, shown) for screen in lesson.screens))


@reading
def quiz_for_teachers(work: Work, actor: Actor, *, slug: str) -> QuizForTeachers:
    """Return a quiz with every question that it may draw, with their keys.

    Raises:
        NotFound: no such quiz, or the actor is no member of staff.
    """
    access_staff_room(actor)
    quiz = next((one for one in quizzes_by_key(work).values() if slug_of(one.key) == slug), None)
    if quiz is None:
        raise NotFound
    fitting = [one for one in quiz_pool(work) if any(row.fits(one) for row in quiz.blueprint)]
    shown: set[str] = set()
    questions = tuple(
        _text_once(keyed_question(work, one), shown)
        for one in sorted(in_first_variant(work, fitting), key=lambda one: (one.type, one.key))
    )
    return QuizForTeachers(slug, quiz.key, quiz.title, quiz.length, quiz.minutes, questions)


def _screen(screen: Screen, keyed: Mapping[str, KeyedQuestion], shown: set[str]) -> KeyedScreen:
    blocks = tuple(found for block in screen.blocks for found in _blocks(block, keyed, shown))
    return KeyedScreen(screen.number, screen.title, screen.minutes, blocks)


def _blocks(block: Block, keyed: Mapping[str, KeyedQuestion], shown: set[str]) -> list[KeyedBlock]:
    """Return what a block shows; a question that was retired since is left out, as for students."""
    wanted: list[tuple[Case | None, str]]
    match block:
        case HtmlBlock():
            return [KeyedBlock(block.case, html=block.html)]
        case VignetteBlock():
            text = KeyedText(slug_of(block.vignette_key), block.title, block.kind, block.lines)
            if text.id in shown:
                return []
            shown.add(text.id)
            return [KeyedBlock(block.case, text=text)]
        case DrawingBlock():
            return [KeyedBlock(block.case, drawing=drawn(block.drawing), is_fictional=block.is_fictional)]
        case QuestionBlock():
            wanted = [(block.case, block.question_key)]
        case SlotBlock():
            wanted = [(Case.A, block.case_a_key), (Case.B, block.case_b_key)]
    return [KeyedBlock(case, question=_text_once(keyed[key], shown)) for case, key in wanted if key in keyed]


def _text_once(question: KeyedQuestion, shown: set[str]) -> KeyedQuestion:
    """Return the question without its text where that stands on the page already."""
    if question.text is None:
        return question
    if question.text.id in shown:
        return replace(question, text=None)
    shown.add(question.text.id)
    return question


def keyed_question(work: Work, question: Question, *, seed: int = 0) -> KeyedQuestion:
    """Return a question with its key. ``seed`` orders the options as they were asked."""
    pair = (question.version_id, question.variant)
    kind = kinds_of(work, [pair])[pair]
    answer = kind.type.correct_value(kind.settings)
    view = kind.type.review_view(kind.settings, answer, seed=seed, shown=KEY)
    vignette = question.vignette
    return KeyedQuestion(
        name=slug_of(question.key),
        type=question.type,
        label=kind.type.label,
        stem=question.stem,
        text=KeyedText(
            slug_of(vignette["key"]), vignette["title"], vignette["kind"], tuple(vignette["lines"])
        )
        if vignette
        else None,
        view=with_key_page(work, question, view),
        # Lines name their own evidence.
        evidence=() if kind.type.move is Move.DECIDE_EACH else question.evidence,
        rationale=question.rationale,
        is_written=kind.type.move is Move.WRITE,
    )
