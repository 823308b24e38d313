"""What an author writes for *Put in order*."""

from __future__ import annotations

from typing import Self

from pydantic import StrictInt, model_validator

from quizapp.question_types.authoring import (
    RIGHT,
    WRONG,
    InlineText,
    PartId,
    RightWrongFeedback,
    check_count,
    check_unique,
)
from quizapp.question_types.contract import SettingsModel


class Direction(SettingsModel):
    """What stands at either end."""

    first: InlineText
    last: InlineText


class Element(SettingsModel):
    """One thing to place; equal ranks are ties, in any order."""

    id: PartId
    text: InlineText
    rank: StrictInt
    feedback: RightWrongFeedback


class OrderSettings(SettingsModel):
    """Elements and the way they run."""

    direction: Direction
    elements: tuple[Element, ...]

    @model_validator(mode="after")
    def _can_be_ordered(self) -> Self:
        check_count("elements", len(self.elements), 4, 6)
        check_unique("elements", (element.id for element in self.elements))
        if len({element.rank for element in self.elements}) < 2:
            raise ValueError("all elements have the same rank: at least two ranks must differ")
        for element in self.elements:
            if extra := set(element.feedback) - {RIGHT, WRONG}:
                raise ValueError(
                    f"element “{element.id}” has feedback for “{min(extra)}”: allowed are right and wrong"
                )
        return self

    @property
    def by_rank(self) -> list[Element]:
        """The elements in the right order, ties as written."""
        return sorted(self.elements, key=lambda element: element.rank)

    def place_of(self, element: Element) -> int:
        """Return the right place of an element, 1 for the first; ties share one."""
        return 1 + len({other.rank for other in self.elements if other.rank < element.rank})
