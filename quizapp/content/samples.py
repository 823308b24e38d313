"""Answers to look at: a type's own cases, and the two questions that show it at work.

The cases lie in the type's folder, the questions in the bank as ``<type>-near`` and ``<type>-far``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import quizapp.question_types
from quizapp.content.catalogue import load_catalogue
from quizapp.content.questions import question_from_item
from quizapp.content.roots import content_roots
from quizapp.core.questions import Question, Value
from quizapp.question_types.registry import AnyType

WORKED = ("near", "far")


@dataclass(frozen=True, slots=True)
class Case:
    """An answer to a type's sample; ``earned`` of ``of`` is None where a person marks."""

    value: Value
    earned: int | None
    of: int | None


@dataclass(frozen=True, slots=True)
class Sample:
    """Settings of a type, answers to them, and something that is no answer."""

    settings: Any
    cases: tuple[Case, ...]
    malformed: object


def sample_of(kind: AnyType) -> Sample:
    """Return the sample that a type ships."""
    folder = Path(quizapp.question_types.__path__[0]) / kind.name
    written = yaml.safe_load((folder / "cases.yaml").read_text(encoding="utf-8"))
    return Sample(
        settings=kind.parse(written["settings"]),
        cases=tuple(Case(case["value"], case.get("earned"), case.get("of")) for case in written["values"]),
        malformed=written["malformed"][0],
    )


def worked_keys(kind: AnyType) -> Sequence[str]:
    """Return the ids under which the bank holds the two worked questions of a type."""
    return [f"{kind.name.replace('_', '-')}-{which}" for which in WORKED]


def sample_key(kind: AnyType) -> str:
    """Return the id under which the sample of a type can be tried; no question of a bank has it."""
    return f"{kind.name.replace('_', '-')}-sample"


@cache
def worked_questions() -> dict[str, Question]:
    """Return every question of the pack that came with the program by its id, drafts included."""
    catalogue = load_catalogue(content_roots()[:1])
    questions = [
        question_from_item(item) for item in (*catalogue.items, *catalogue.drafts) if item.kind == "question"
    ]
    return {question.key.partition(":")[2]: question for question in questions}
