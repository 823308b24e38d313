"""What the administrator's report counts and shows: values, and why a figure is not there."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.messages import Message

BANDS = ((0, 19), (20, 39), (40, 59), (60, 79), (80, 100))
"""Whole percent, both ends included."""


class Missing(StrEnum):
    """Why a figure is not there."""

    HIDDEN = "hidden"
    NO_STUDENTS = "no_students"
    NOTHING_GIVEN = "nothing_given"
    NOT_BEGUN = "not_begun"
    NO_MARKS = "no_marks"
    LESSON = "lesson"


WHAT_TO_DO = {
    Missing.HIDDEN: Message(
        "Hidden: it rests on fewer than 5 students, or would give away a figure that does. "
        "Choose more classes or more work together; the class's teachers see it in their class."
    ),
    Missing.NO_STUDENTS: Message(
        "Nobody is in this class yet. Its teachers add students on the class's page."
    ),
    Missing.NOTHING_GIVEN: Message(
        "Nothing of this selection was given to the class. Widen the selection, or ask its teachers to assign it."
    ),
    Missing.NOT_BEGUN: Message("Nobody has begun it yet. Look at its dates with the class's teachers."),
    Missing.NO_MARKS: Message(
        "No quiz of this selection has all its marks yet. Look at what waits to be marked."
    ),
    Missing.LESSON: Message("Lessons carry no mark. What was learned in them shows in their quiz."),
}
"""What each reason means, and what can be done about it."""

Figure = int | Missing


@dataclass(frozen=True, slots=True)
class Piece:
    """A student at something that was given to the class: ``is_done`` once handed in, or the lesson's core finished."""

    student_id: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that counts, in whole percent."""

    student_id: int
    percent: int


@dataclass(frozen=True, slots=True)
class SkillMarks:
    """What the marks of one class say about one skill: points of those that could be had."""

    skill: str
    student_ids: AbstractSet[int]
    points: int
    max_points: int


@dataclass(frozen=True, slots=True)
class ClassWork:
    """Everything that the report counts of one class."""

    student_ids: AbstractSet[int]
    given: int
    pieces: Sequence[Piece]
    marks: Sequence[Mark]
    skills: Sequence[SkillMarks]


@dataclass(frozen=True, slots=True)
class Line:
    """The shown figures of a class, or of all that are selected together. ``of`` is students times work given."""

    students: Figure
    of: Figure
    started: Figure
    completed: Figure
    marks: Figure
    median: Figure


@dataclass(frozen=True, slots=True)
class SkillFigure:
    """The shown figures of one skill: how many students, and their points in whole percent."""

    skill: str
    students: Figure
    percent: Figure


@dataclass(frozen=True, slots=True)
class Band:
    """How many marks lie from ``low`` to ``high`` percent."""

    low: int
    high: int
    marks: Figure


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is shown of a selection of classes, in their order. ``bands`` is empty where none may be shown."""

    lines: tuple[Line, ...]
    total: Line
    skills: tuple[SkillFigure, ...]
    bands: tuple[Band, ...]
    no_bands: Missing | None
