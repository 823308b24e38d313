"""What the content holds, in counts: for authors, who see what is there before they write what is missing.

The terminal counts what the files say and the page for authors what the database holds, both here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quizapp.content.library import Library
from quizapp.content.questions import question_from_item
from quizapp.content.reading_figures import (
    KeyFigures,
    LevelFigures,
    ScreenFigures,
    key_figures,
    level_figures,
    screen_figures,
)
from quizapp.core.lessons import Lesson
from quizapp.core.messages import Message
from quizapp.core.page import Page
from quizapp.core.questions import Question, Use
from quizapp.core.quizzes import Quiz
from quizapp.core.skills import Skill
from quizapp.question_types.registry import question_types

DIFFICULTIES = ("easy", "medium", "hard")
CONTEXTS = ("article", "near", "far")
LEVELS = ("recall", "apply", "analyse", "evaluate")
COUNTED = ("use", "type", "difficulty", "context", "cognitive")
ARTICLE = "article"
OF_BANK = frozenset({Use.PRACTICE, Use.QUIZ})


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything that is counted: published questions, lessons in order, quizzes, and what they refer to."""

    questions: Sequence[Question] = ()
    lessons: Sequence[Lesson] = ()
    quizzes: Sequence[Quiz] = ()
    skills: Sequence[Skill] = ()
    misconceptions: Mapping[str, str] = field(default_factory=dict)
    page: Page | None = None


def shelf_of(library: Library) -> Shelf:
    """Return what the files say, as it is published."""
    return Shelf(
        questions=[question_from_item(question) for question in library.published],
        lessons=sorted((one.lesson for one in library.lessons.values()), key=lambda lesson: lesson.number),
        quizzes=[Quiz.from_body(quiz.body) for quiz in library.quizzes.values()],
        skills=[Skill(**skill.model_dump()) for pack in library.packs for skill in pack.skills],
        misconceptions={one.id: one.text for pack in library.packs for one in pack.misconceptions},
        page=next((pack.page for pack in library.packs if pack.page), None),
    )


@dataclass(frozen=True, slots=True)
class TypeCount:
    """So many questions of one type."""

    label: Message
    count: int


@dataclass(frozen=True, slots=True)
class LessonFigures:
    """A lesson: its minutes, what it asks in both cases, and from how many questions its quizzes draw."""

    slug: str
    number: int
    title: str
    skill: str
    minutes: int
    asks: tuple[TypeCount, ...]
    quiz_pool: int
    screens: tuple[ScreenFigures, ...]

    @property
    def questions(self) -> int:
        """How many questions it asks, both cases together."""
        return sum(one.count for one in self.asks)


@dataclass(frozen=True, slots=True)
class SkillFigures:
    """A skill: its questions by use, type, difficulty, context and level, each in the order of its columns."""

    id: str
    ability: str
    by_use: tuple[int, ...]
    by_type: tuple[int, ...]
    by_difficulty: tuple[int, ...]
    by_context: tuple[int, ...]
    by_level: tuple[int, ...]

    @property
    def questions(self) -> int:
        """How many questions are filed under it."""
        return sum(self.by_use)


@dataclass(frozen=True, slots=True)
class Covered:
    """A misconception, a claim or a paragraph, and how many questions touch it."""

    id: str
    text: str
    questions: int
    in_bank: int
    """Those of them that practice and quizzes ask; the others stand in lessons."""
    refutations: int = 0
    """Lessons that test the misconception; nothing else is refuted."""


@dataclass(frozen=True, slots=True)
class ContentFigures:
    """Everything in counts. ``uses`` and ``types`` are the columns of the skills' rows."""

    lessons: tuple[LessonFigures, ...]
    uses: tuple[Use, ...]
    types: tuple[Message, ...]
    skills: tuple[SkillFigures, ...]
    misconceptions: tuple[Covered, ...]
    claims: tuple[Covered, ...]
    paragraphs: tuple[Covered, ...]
    levels: tuple[LevelFigures, ...]
    keys: KeyFigures

    @property
    def questions(self) -> int:
        """How many questions there are."""
        return sum(one.questions for one in self.skills)


def figures_of(shelf: Shelf) -> ContentFigures:
    """Count the shelf."""
    labels = {name: kind.label for name, kind in question_types().items()}
    types = [name for name in labels if any(one.type == name for one in shelf.questions)]
    return ContentFigures(
        lessons=tuple(_lesson(lesson, shelf, labels) for lesson in shelf.lessons),
        uses=tuple(Use),
        types=tuple(labels[name] for name in types),
        skills=tuple(_skill(skill, shelf.questions, types) for skill in shelf.skills),
        misconceptions=misconception_counts(shelf),
        claims=claim_counts(shelf),
        paragraphs=paragraph_counts(shelf),
        levels=level_figures(shelf.questions, shelf.lessons),
        keys=key_figures(shelf.questions),
    )


def _lesson(lesson: Lesson, shelf: Shelf, labels: Mapping[str, Message]) -> LessonFigures:
    rows = [row for quiz in shelf.quizzes if quiz.lesson == lesson.key for row in quiz.blueprint]
    asked = {one.key: one for one in shelf.questions}
    keys = [key for key in lesson.all_question_keys() if key in asked]
    types = Counter(asked[key].type for key in keys)
    return LessonFigures(
        slug=lesson.key.partition(":")[2],
        number=lesson.number,
        title=lesson.title,
        skill=next((skill.ability for skill in shelf.skills if skill.id == lesson.skill), lesson.skill),
        minutes=lesson.minutes,
        asks=tuple(TypeCount(labels[name], types[name]) for name in labels if types[name]),
        quiz_pool=sum(any(row.fits(one) for row in rows) for one in shelf.questions if one.use is Use.QUIZ),
        screens=screen_figures(lesson, asked),
    )


def _skill(skill: Skill, questions: Sequence[Question], types: Sequence[str]) -> SkillFigures:
    own = [one for one in questions if one.skill == skill.id]
    counted = Counter((name, str(getattr(one, name))) for one in own for name in COUNTED)

    def row(name: str, columns: Sequence[str]) -> tuple[int, ...]:
        return tuple(counted[name, column] for column in columns)

    return SkillFigures(
        id=skill.id,
        ability=skill.ability,
        by_use=row("use", tuple(Use)),
        by_type=row("type", types),
        by_difficulty=row("difficulty", DIFFICULTIES),
        by_context=row("context", CONTEXTS),
        by_level=row("cognitive", LEVELS),
    )


def misconception_counts(shelf: Shelf) -> tuple[Covered, ...]:
    """Return for each misconception the questions with a wrong choice that shows it, and the lessons that test it."""
    touched, in_bank = _counters(shelf, lambda one: _named(one.settings))
    refuted = Counter(name for lesson in shelf.lessons for name in lesson.refutes)
    return tuple(
        Covered(name, text, touched[name], in_bank[name], refuted[name])
        for name, text in shelf.misconceptions.items()
    )


def _counters(
    shelf: Shelf, touches: Callable[[Question], Iterable[str]]
) -> tuple[Counter[str], Counter[str]]:
    """Return how many questions touch each thing, and how many of them the bank asks."""
    asked, in_bank = Counter[str](), Counter[str]()
    for question in shelf.questions:
        names = set(touches(question))
        asked.update(names)
        if question.use in OF_BANK:
            in_bank.update(names)
    return asked, in_bank


def _named(value: Any) -> Iterator[str]:
    """Yield the misconceptions that a question's wrong choices name, wherever its type keeps them."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key == "misconception" and isinstance(inner, str):
                yield inner
            else:
                yield from _named(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _named(inner)


def claim_counts(shelf: Shelf) -> tuple[Covered, ...]:
    """Return for each claim of the page the questions that ask about it."""
    asked, in_bank = _counters(shelf, lambda one: one.claims)
    claims = shelf.page.claims if shelf.page else ()
    return tuple(Covered(claim.id, claim.text, asked[claim.id], in_bank[claim.id]) for claim in claims)


def paragraph_counts(shelf: Shelf) -> tuple[Covered, ...]:
    """Return for each paragraph of the page the questions on the article that rest on it."""
    cited, in_bank = _counters(shelf, lambda one: _cards(one.evidence) if one.context == ARTICLE else ())
    cards = shelf.page.cards if shelf.page else ()
    return tuple(Covered(card.id, card.heading, cited[card.id], in_bank[card.id]) for card in cards)


def _cards(evidence: Sequence[str]) -> set[str]:
    return {"F" if name in ("F1", "F2") else name for name in evidence}
