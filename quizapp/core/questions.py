"""What a question is, whatever its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Move(StrEnum):
    """The five things that a student learns to do once; every type is a layout of one of them."""

    PICK_ONE = "pick_one"
    DECIDE_EACH = "decide_each"
    FIND_THEM = "find_them"
    PUT_IN_ORDER = "put_in_order"
    WRITE = "write"


class Verdict(StrEnum):
    """The one scale on which a claim is judged, in the order of the rule's signs."""

    BACKED = "backed"
    CLAIMED = "claimed"
    UNSOURCED = "unsourced"
    CONTRADICTED = "contradicted"
    VIEW = "view"


class Use(StrEnum):
    """Where a question may be asked."""

    LESSON = "lesson"
    PRACTICE = "practice"
    QUIZ = "quiz"
    CHECKPOINT = "checkpoint"


class Case(StrEnum):
    """The two cases of one task: the article, or the fictional one."""

    A = "A"
    B = "B"


Settings = Mapping[str, Any]
"""A type's own part of a question: canonical JSON, its texts already rendered to safe HTML."""

Value = Any
"""What a student gave for one question: JSON made of strings, lists and objects; None is blank."""


@dataclass(frozen=True, slots=True)
class Question:
    """One immutable version of a question, as asked, scored and explained.

    ``body`` texts (``stem`` and those inside ``settings``) are safe HTML. ``version_id`` is the row that
    holds it, 0 for a question that was read from files only.
    """

    key: str
    type: str
    skill: str
    stem: str
    settings: Settings
    evidence: tuple[str, ...]
    version_id: int = 0
    also: tuple[str, ...] = ()
    use: Use = Use.QUIZ
    difficulty: str = "medium"
    cognitive: str = "apply"
    context: str = "far"
    slot: str | None = None
    case: Case | None = None
    family: str | None = None
    variant: str | None = None
    claims: tuple[str, ...] = ()
    vignette: Mapping[str, Any] | None = None
    rationale: str = ""
    schema_version: int = 1
    tags: Mapping[str, Any] = field(default_factory=dict)
