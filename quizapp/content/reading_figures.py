"""How hard the content reads, how long its screens take, and whether its keys give themselves away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from statistics import fmean

from quizapp.content.lint.parts import words
from quizapp.content.lint.readability import GRADED_FROM, grade
from quizapp.content.markdown import plain_text
from quizapp.content.measures import read_words, screen_seconds, texts_of, vignette_words
from quizapp.core.lessons import Lesson
from quizapp.core.questions import Case, Move, Question
from quizapp.core.screens import HtmlBlock, ScreenKind
from quizapp.question_types.registry import question_types

PLACES = 3


class Reading(StrEnum):
    """What is read."""

    ASKED = "asked"
    FEEDBACK = "feedback"
    MADE_UP = "made_up"
    LESSONS = "lessons"


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """Texts of one kind: how many, their words, the grade of all together and of the hardest, and where that is."""

    reading: Reading
    texts: int
    words: int
    grade: float
    hardest: float | None
    hardest_key: str


@dataclass(frozen=True, slots=True)
class ScreenFigures:
    """A screen: the minutes that it has, and those that the slower of the two cases takes."""

    kind: ScreenKind
    title: str
    minutes: int
    takes: float

    @property
    def number(self) -> int:
        """Place in the lesson."""
        return self.kind.number


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The keys of *Pick one* with three options: where they stand as written, and how long they are."""

    questions: int
    places: tuple[int, ...]
    longest: float
    """Questions whose longest option is the key; of two that are longest, each counts half."""
    key_characters: float
    wrong_characters: float

    @property
    def longest_percent(self) -> int:
        """How often the longest option is the key, in whole percents; chance would make it 33."""
        return round(100 * self.longest / self.questions) if self.questions else 0


def level_figures(questions: Sequence[Question], lessons: Sequence[Lesson]) -> tuple[LevelFigures, ...]:
    """Return the reading grades of what is asked, of feedback, of made-up pages and of lessons."""
    texts: dict[Reading, list[tuple[str, str]]] = {reading: [] for reading in Reading}
    made_up: dict[str, str] = {}
    for question in questions:
        for text in texts_of(question):
            texts[Reading.FEEDBACK if text.is_said_later else Reading.ASKED].append(
                (question.key, text.words)
            )
        if question.vignette:
            made_up.setdefault(question.vignette["key"], vignette_words(question))
    texts[Reading.MADE_UP] = list(made_up.items())
    texts[Reading.LESSONS] = [(lesson.key, prose) for lesson in lessons for prose in _prose(lesson)]
    return tuple(_level(reading, found) for reading, found in texts.items() if found)


def _level(reading: Reading, texts: Iterable[tuple[str, str]]) -> LevelFigures:
    found = [(key, text) for key, text in texts if words(text)]
    graded = [
        (grade(text) or 0.0, key.partition(":")[2]) for key, text in found if len(words(text)) >= GRADED_FROM
    ]
    hardest, key = max(graded, default=(None, ""))
    whole = "\n".join(text for _, text in found)
    return LevelFigures(reading, len(found), len(words(whole)), grade(whole) or 0.0, hardest, key)


def _prose(lesson: Lesson) -> Iterator[str]:
    """Yield the prose of each screen, both cases together."""
    for screen in lesson.screens:
        blocks = [read_words(block.html) for block in screen.blocks if isinstance(block, HtmlBlock)]
        if blocks:
            yield "\n".join(blocks)


def screen_figures(lesson: Lesson, questions: Mapping[str, Question]) -> tuple[ScreenFigures, ...]:
    """Return the eight screens with the minutes that they have and take."""
    return tuple(
        ScreenFigures(
            screen.kind,
            screen.title,
            screen.minutes,
            max(screen_seconds(screen, case, questions) for case in Case) / 60,
        )
        for screen in lesson.screens
    )


def key_figures(questions: Sequence[Question]) -> KeyFigures:
    """Return where the keys stand and how long they are, as they are written."""
    options = [
        found
        for question in questions
        if question_types()[question.type].move is Move.PICK_ONE
        and len(found := question.settings.get("options", ())) == PLACES
    ]
    lengths = [[len(plain_text(option["text"])) for option in listed] for listed in options]
    places = [next(n for n, option in enumerate(listed) if option.get("key")) for listed in options]
    at = Counter(places)
    keys = [listed[place] for listed, place in zip(lengths, places, strict=True)]
    longest = fsum(
        1 / listed.count(max(listed)) for listed, key in zip(lengths, keys, strict=True) if key == max(listed)
    )
    wrong = [
        length
        for listed, place in zip(lengths, places, strict=True)
        for n, length in enumerate(listed)
        if n != place
    ]
    return KeyFigures(
        questions=len(options),
        places=tuple(at[place] for place in range(PLACES)),
        longest=longest,
        key_characters=fmean(keys) if keys else 0.0,
        wrong_characters=fmean(wrong) if wrong else 0.0,
    )
