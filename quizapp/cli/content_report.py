"""The content in counts, as lines for a terminal and as JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from quizapp.content.figures import CONTEXTS, DIFFICULTIES, LEVELS, ContentFigures, Covered
from quizapp.content.markdown import plain_text
from quizapp.content.reading_figures import Reading
from quizapp.core.messages import Message

READING_WORDS: Mapping[Reading, str] = {
    Reading.ASKED: "What is asked",
    Reading.FEEDBACK: "Feedback",
    Reading.MADE_UP: "Made-up pages",
    Reading.LESSONS: "Screens of lessons",
}
LONGEST_TEXT = 70
FIGURE = re.compile(r"[-0-9./–]+")


def as_json(figures: ContentFigures) -> str:
    """Return the figures as a JSON object with the names that they have in the program."""
    return json.dumps(_plain(figures), ensure_ascii=False, indent=1)


def _plain(value: Any) -> Any:
    if isinstance(value, Message):
        return str(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value


def as_lines(figures: ContentFigures) -> Iterator[str]:
    """Yield the tables of the report."""
    yield from _skills(figures)
    yield from _types(figures)
    yield from _covered("Misconceptions", figures.misconceptions, "lessons")
    yield from _covered("Claims of the page", figures.claims)
    yield from _covered("Paragraphs of the page", figures.paragraphs)
    yield from _reading(figures)
    yield from _keys(figures)
    yield from _minutes(figures)


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield a title and aligned columns: the first and any text to the left, figures to the right."""
    listed = [tuple(map(str, row)) for row in rows]
    columns = list(zip(head, *listed, strict=True))
    widths = [max(map(len, column)) for column in columns]
    are_figures = [False, *(all(map(FIGURE.fullmatch, column[1:])) for column in columns[1:])]
    yield ""
    yield title
    for row in zip(*columns, strict=True):
        cells = [
            cell.rjust(width) if is_figure else cell.ljust(width)
            for cell, width, is_figure in zip(row, widths, are_figures, strict=True)
        ]
        yield "  ".join(cells).rstrip()


def _skills(figures: ContentFigures) -> Iterator[str]:
    head = ["skill", "all", *map(str, figures.uses), *DIFFICULTIES, *CONTEXTS, *LEVELS]
    rows = [
        (one.id, one.questions, *one.by_use, *one.by_difficulty, *one.by_context, *one.by_level)
        for one in figures.skills
    ]
    total = ("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])) if rows else ()
    title = "Questions by skill: use, difficulty, case, level (both cases of a slot)"
    yield from _table(title, head, [*rows, total] if rows else [])


def _types(figures: ContentFigures) -> Iterator[str]:
    head = ["type", *(one.id for one in figures.skills), "all"]
    rows = [
        (
            label,
            *(one.by_type[place] for one in figures.skills),
            sum(one.by_type[place] for one in figures.skills),
        )
        for place, label in enumerate(figures.types)
    ]
    yield from _table("Questions by type and skill", head, rows)


def _covered(title: str, listed: Sequence[Covered], refuted: str = "") -> Iterator[str]:
    head = ["id", "questions", "of the bank", *([refuted] if refuted else []), "in words"]
    rows = [
        (one.id, one.questions, one.in_bank, *([one.refutations] if refuted else []), _short(one.text))
        for one in listed
    ]
    yield from _table(title, head, rows)


def _short(html: str) -> str:
    text = " ".join(plain_text(html).split())
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _reading(figures: ContentFigures) -> Iterator[str]:
    rows = [
        (
            READING_WORDS[one.reading],
            one.texts,
            one.words,
            f"{one.grade:.1f}",
            "–" if one.hardest is None else f"{one.hardest:.1f}",
            one.hardest_key,
        )
        for one in figures.levels
    ]
    head = ["read", "texts", "words", "grade", "hardest", "where"]
    yield from _table("Reading grades (Flesch-Kincaid; single texts from 30 words on)", head, rows)


def _keys(figures: ContentFigures) -> Iterator[str]:
    keys = figures.keys
    if keys.questions:
        yield ""
        yield f"Keys of pick one, {keys.questions} questions"
        yield f"first, second, third as written: {', '.join(map(str, keys.places))}"
        yield f"the longest option is the key: {keys.longest_percent}%"
        yield f"characters of a key and of a wrong option: {keys.key_characters:.1f}, {keys.wrong_characters:.1f}"


def _minutes(figures: ContentFigures) -> Iterator[str]:
    rows = [
        (f"{one.number}. {one.title}", *(f"{screen.takes:.1f}/{screen.minutes}" for screen in one.screens))
        for one in figures.lessons
    ]
    head = ["lesson", *map(str, range(1, 9))]
    yield from _table("Minutes a screen takes, of those that it has (the slower case)", head, rows)
