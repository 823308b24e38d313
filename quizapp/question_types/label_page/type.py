"""*Label the page*: a page in numbered parts; say of each mark where it stands, or that it is not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.answers import plain_text
from quizapp.question_types.authoring import InlineText, PartId, check_count, check_unique
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.decide_each import (
    DecideEach,
    EvidencedLine,
    asked_line,
    check_choices,
    choice_of,
    evidence_view,
    reviewed_line,
)

ABSENT = "absent"
"""The choice of a mark that the page does not have."""


class Look(StrEnum):
    """How a part of the page is set."""

    BAR = "bar"
    HEADLINE = "headline"
    TEXT = "text"
    SMALL = "small"
    BOX = "box"


class Region(SettingsModel):
    """A part of the page, numbered in the order in which it stands."""

    id: PartId
    text: InlineText
    look: Look = Look.TEXT


class LabelPageSettings(SettingsModel):
    """The page, and the marks that a page can have."""

    regions: tuple[Region, ...]
    marks: tuple[EvidencedLine, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count("regions", len(self.regions), 3, 12)
        check_unique("regions", (region.id for region in self.regions))
        if ABSENT in self.region_ids:
            raise ValueError(f"a region has the id “{ABSENT}”, which means not on the page: use another")
        check_count("marks", len(self.marks), 3, 14)
        check_unique("marks", (mark.id for mark in self.marks))
        check_choices(self.marks, (*self.region_ids, ABSENT))
        return self

    @property
    def region_ids(self) -> tuple[str, ...]:
        """The ids of the regions from top to bottom."""
        return tuple(region.id for region in self.regions)


class LabelPage(DecideEach[LabelPageSettings]):
    """One part of the page a mark, or none. Nothing is shuffled."""

    name = "label_page"
    label = Message("Label the page")
    whole_page = True
    settings_model = LabelPageSettings

    def lines(self, settings: LabelPageSettings) -> Sequence[EvidencedLine]:
        """Return the marks as written."""
        return settings.marks

    def choice_ids(self, settings: LabelPageSettings) -> Sequence[str]:
        """Return the regions, and *absent*."""
        return (*settings.region_ids, ABSENT)

    def choice_label(self, settings: LabelPageSettings, choice: str) -> str:
        """Return a part by the words that stand in it."""
        texts = {region.id: plain_text(region.text) for region in settings.regions}
        return texts.get(choice, "–")

    def student_view(self, settings: LabelPageSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the page, and the marks with where they were put."""
        del seed
        return {
            "absent": ABSENT,
            "regions": _regions(settings),
            "choices": [{"id": choice} for choice in self.choice_ids(settings)],
            "lines": [asked_line(mark, number, value) for number, mark in enumerate(settings.marks, 1)],
        }

    def review_view(
        self, settings: LabelPageSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the page, and each mark with where it was put, marked and explained as far as allowed."""
        del seed
        numbers = {region_id: number for number, region_id in enumerate(settings.region_ids, 1)}
        return {
            "regions": _regions(settings),
            "lines": [
                asked_line(mark, number, value)
                | reviewed_line(mark, value, shown)
                | {
                    "given_number": _number(numbers, choice_of(value, mark)),
                    "key_number": _number(numbers, mark.key) if shown.key else None,
                    "evidence": evidence_view(mark.evidence) if shown.why else None,
                }
                for number, mark in enumerate(settings.marks, 1)
            ],
        }


def _regions(settings: LabelPageSettings) -> list[dict[str, Any]]:
    return [
        {"id": region.id, "number": number, "html": region.text, "look": region.look.value}
        for number, region in enumerate(settings.regions, 1)
    ]


def _number(numbers: Mapping[str, int], choice: str | None) -> int | None:
    """Return the number of the part, 0 for not on the page, None for no answer."""
    return None if choice is None else numbers.get(choice, 0)


TYPE = LabelPage()
