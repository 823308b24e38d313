"""What an author writes for *Write*."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import StrictInt, model_validator

from quizapp.core.rubrics import LEVELS
from quizapp.question_types.authoring import InlineText, PartId, PlainText, check_count, check_unique
from quizapp.question_types.contract import SettingsModel

MOST_WORDS = 500


class WordRange(SettingsModel):
    """How long the answer is meant to be; a longer or shorter one is taken all the same."""

    least: StrictInt
    most: StrictInt

    @model_validator(mode="after")
    def _runs_upwards(self) -> Self:
        if not 1 <= self.least <= self.most <= MOST_WORDS:
            raise ValueError(f"words from {self.least} to {self.most}: write 1 ≤ least ≤ most ≤ {MOST_WORDS}")
        return self


class WrittenCriterion(SettingsModel):
    """One thing that the teacher looks at; worth 2."""

    id: PartId
    title: PlainText
    levels: dict[int, InlineText]

    @model_validator(mode="after")
    def _three_levels(self) -> Self:
        if set(self.levels) != set(LEVELS):
            raise ValueError(f"criterion “{self.id}” has the levels {sorted(self.levels)}: write 2, 1 and 0")
        return self


class Anchor(SettingsModel):
    """An answer of one level, to compare with."""

    level: StrictInt
    text: InlineText
    why: InlineText


class Length(StrEnum):
    """How much room there is to write."""

    LINE = "line"
    SHORT = "short"
    LONG = "long"


class ShortConstructSettings(SettingsModel):
    """How long, what to check before handing in, and how it is judged.

    ``starters`` are the beginnings of the sentences that are asked for, as in a label: "Supplied by", "Checked".
    """

    words: WordRange
    criteria: tuple[WrittenCriterion, ...]
    anchors: tuple[Anchor, ...]
    checklist: tuple[InlineText, ...] = ()
    length: Length = Length.SHORT
    starters: tuple[InlineText, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count("criteria", len(self.criteria), 1, 3)
        check_unique("criteria", (criterion.id for criterion in self.criteria))
        check_count("lines of the checklist", len(self.checklist), 0, 6)
        check_count("starters", len(self.starters), 0, 6)
        if sorted(anchor.level for anchor in self.anchors) != sorted(LEVELS):
            given = [anchor.level for anchor in self.anchors]
            raise ValueError(f"the anchors have the levels {given}: write exactly three, for 2, 1 and 0")
        return self

    @property
    def best_anchor(self) -> Anchor:
        """The anchor of the highest level."""
        return max(self.anchors, key=lambda anchor: anchor.level)
