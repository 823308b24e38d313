"""The parts of a question that rules look at, whatever its type: options, lines, elements, anchors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quizapp.content.library import QuestionSource, Text
from quizapp.content.markdown import plain_text
from quizapp.core.questions import Move

LISTS = ("options", "lines", "elements", "anchors")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SAID_LATER = frozenset({"feedback", "why", "anchors", "rationale", "criteria"})
TAG_HTML = re.compile(r'<a class="tag".*?</a>')
Run = tuple[str, ...]
MOST_TEXTS = 50_000
"""Texts whose words are kept between rules: more than a school writes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One option, line, element or anchor as it was written; ``steps`` lead to it in the question."""

    list: str
    steps: tuple[str | int, ...]
    written: Mapping[str, Any]

    @property
    def is_key(self) -> bool:
        """An option that is right."""
        return self.written.get("key") is True

    @property
    def feedback(self) -> dict[str, str]:
        """The feedback by what it is for: right, wrong, a choice; an option's own is under its name."""
        given = self.written.get("feedback", self.written.get("why"))
        if isinstance(given, Mapping):
            return {str(choice): str(text or "") for choice, text in given.items()}
        return {"right" if self.is_key else "wrong": str(given or "")}


def parts(question: QuestionSource) -> Iterator[Part]:
    """Yield the parts of a question in order: its lists, and whatever else has feedback, however deep in a list."""
    settings = question.written
    for name, listed in settings.items():
        if isinstance(listed, list):
            yield from _parts_of(name, listed, ("settings", name))
        elif isinstance(listed, dict) and "feedback" in listed:
            yield Part(name, ("settings", name), listed)


def _parts_of(name: str, listed: list[Any], steps: tuple[str | int, ...]) -> Iterator[Part]:
    for index, part in enumerate(listed):
        if not isinstance(part, dict):
            continue
        here = (*steps, index)
        if name in LISTS or "feedback" in part:
            yield Part(name, here, part)
            continue
        for inner, deeper in part.items():
            if isinstance(deeper, list):
                yield from _parts_of(inner, deeper, (*here, inner))


def decisions(question: QuestionSource) -> int:
    """Return how many decisions a student makes: one to pick one or to write, else one a part."""
    if question.type.move in (Move.PICK_ONE, Move.WRITE):
        return 1
    return len(question.type.part_ids(question.settings))


def is_feedback(text: Text) -> bool:
    """Say whether the text is shown only after an answer."""
    return is_said_later(text.field.split("."))


def is_said_later(field: Iterable[str]) -> bool:
    """Say by the steps that lead to a text of a question whether it is shown only after an answer."""
    return not SAID_LATER.isdisjoint(field)


def words(text: str) -> list[str]:
    """Return the words of plain text, lower case, apostrophes alike."""
    return list(_words(text))


@lru_cache(maxsize=MOST_TEXTS)
def vocabulary(text: str) -> frozenset[str]:
    """Return the different words of a text; whether a phrase can stand in it is soon seen by them."""
    return frozenset(_words(text))


@lru_cache(maxsize=MOST_TEXTS)
def _words(text: str) -> tuple[str, ...]:
    """Return the words. Every rule asks for those of the same texts."""
    return tuple(WORD.findall(text.lower().replace("’", "'")))


def stem_words(question: QuestionSource) -> str:
    """Return the stem as a student reads it, with the values of the first variant."""
    return _read(question, question.body["stem"])


def part_words(question: QuestionSource, part: Part) -> str:
    """Return the text of a part as a student reads it, with the values of the first variant."""
    body: Any = question.body
    for step in (*part.steps, "text"):
        body = body[step]
    return _read(question, str(body))


def _read(question: QuestionSource, html: str) -> str:
    text = plain_text(TAG_HTML.sub("", html))
    values = question.record.variants[0].values if question.record.variants else {}
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return " ".join(text.split())


def likeness(one: frozenset[Run], other: frozenset[Run]) -> float:
    """Return how much two texts share of their runs of three words, 0 to 1 (Jaccard's index)."""
    return len(one & other) / len(one | other) if one or other else 0.0


def runs(text: str) -> frozenset[Run]:
    """Return the runs of three words of a text; a shorter text is one run."""
    found = words(text)
    if len(found) < 3:
        return frozenset([tuple(found)]) if found else frozenset()
    return frozenset(tuple(found[start : start + 3]) for start in range(len(found) - 2))
