"""From published items back to the values of the core. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import Any, Protocol

from quizapp.content.banks import PLACEHOLDER
from quizapp.core.lessons import Course, Lesson
from quizapp.core.page import Page, WordWall
from quizapp.core.questions import Case, Question, Use
from quizapp.core.quizzes import Quiz
from quizapp.core.skills import Skill, Strand

TAGS = ("variants", "status", "corrects", "actor", "sensitivity", "source_notes")
"""What a question carries without a field of its own."""


class HasBody(Protocol):
    """An item of a catalogue, or a stored version of one."""

    @property
    def body(self) -> Mapping[str, Any]:
        """The published JSON."""
        ...


def question_from_item(item: HasBody, version_id: int = 0) -> Question:
    """Return the question that was published, with the placeholders of its variants still in it."""
    body = item.body
    return Question(
        key=body["key"],
        type=body["type"],
        skill=body["skill"],
        stem=body["stem"],
        settings=body["settings"],
        evidence=tuple(body["evidence"]),
        version_id=version_id,
        also=tuple(body["also"]),
        use=Use(body["use"]),
        difficulty=body["difficulty"],
        cognitive=body["cognitive"],
        context=body["context"],
        slot=body["slot"],
        case=Case(body["case"]) if body["case"] else None,
        family=body["family"],
        claims=tuple(body["claims"]),
        vignette=body["vignette"],
        rationale=body["rationale"],
        schema_version=body["schema_version"],
        tags={name: body[name] for name in TAGS},
    )


def apply_variant(question: Question, variant_id: str | None) -> Question:
    """Return the question with the names and numbers of one variant in all of its texts.

    Values are plain words: they are escaped where they enter the HTML.

    Raises:
        KeyError: the question has no such variant.
    """
    if variant_id is None:
        return question
    values = next((v["values"] for v in question.tags["variants"] if v["id"] == variant_id), None)
    if values is None:
        raise KeyError(variant_id)
    return replace(
        question,
        stem=_filled(question.stem, values),
        settings=_filled(question.settings, values),
        vignette=_filled(question.vignette, values),
        rationale=_filled(question.rationale, values),
        variant=variant_id,
    )


def _filled(value: Any, values: Mapping[str, object]) -> Any:
    """Return the JSON with each ``{name}`` that has a value replaced, in every text."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda found: escape(str(values.get(found[1], found[0])), quote=False), value)
    if isinstance(value, Mapping):
        return {key: _filled(inner, values) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_filled(inner, values) for inner in value]
    return value


def lesson_from_item(item: HasBody) -> Lesson:
    """Return the lesson that was published."""
    return Lesson.from_body(item.body)


def page_from_item(item: HasBody) -> Page:
    """Return *The page, retold*."""
    return Page.from_body(item.body)


def words_from_item(item: HasBody) -> WordWall:
    """Return the word wall."""
    return WordWall.from_body(item.body)


def quiz_from_item(item: HasBody) -> Quiz:
    """Return the quiz that was published."""
    return Quiz.from_body(item.body)


def course_from_item(item: HasBody) -> Course:
    """Return the course that was published."""
    return Course.from_body(item.body)


def skills_from_item(item: HasBody) -> tuple[Skill, ...]:
    """Return the taxonomy of a pack, in its order."""
    return tuple(
        Skill(**{**skill, "strand": Strand(skill["strand"]), "needs": tuple(skill["needs"])})
        for skill in item.body["skills"]
    )


def misconceptions_from_item(item: HasBody) -> Mapping[str, str]:
    """Return the text of each misconception by its id."""
    return {misconception["id"]: misconception["text"] for misconception in item.body["misconceptions"]}
