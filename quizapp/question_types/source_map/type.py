"""*Source map*: each claim is led to its source, and the map of lines is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.answers import plain_text
from quizapp.question_types.authoring import check_count, check_unique
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.decide_each import (
    Choice,
    DecideEach,
    EvidencedLine,
    asked_choices,
    asked_line,
    check_choices,
    check_own_choices,
    reviewed_choice,
)

TOP, STEP = 20, 40
"""Where the first claim stands in the drawing, and how far the next one is below it."""


class SourceMapSettings(SettingsModel):
    """Claims and the sources that they can come from."""

    sources: tuple[Choice, ...]
    claims: tuple[EvidencedLine, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_own_choices("sources", self.sources, 2, 7)
        check_count("claims", len(self.claims), 3, 14)
        check_unique("claims", (claim.id for claim in self.claims))
        check_choices(self.claims, self.source_ids)
        return self

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the sources from top to bottom."""
        return tuple(source.id for source in self.sources)


class SourceMap(DecideEach[SourceMapSettings]):
    """One source a claim. Nothing is shuffled: claims stand in the order of their text."""

    name = "source_map"
    label = Message("Source map")
    scripts = ("js/source-map.js",)
    settings_model = SourceMapSettings

    def lines(self, settings: SourceMapSettings) -> Sequence[EvidencedLine]:
        """Return the claims as written."""
        return settings.claims

    def choice_ids(self, settings: SourceMapSettings) -> Sequence[str]:
        """Return the sources."""
        return settings.source_ids

    def choice_label(self, settings: SourceMapSettings, choice: str) -> str:
        """Return a source's name as plain text."""
        return next(plain_text(source.text) for source in settings.sources if source.id == choice)

    def student_view(self, settings: SourceMapSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the claims with the sources to choose from, and the map so far."""
        del seed
        lines = [asked_line(claim, number, value) for number, claim in enumerate(settings.claims, 1)]
        return {"choices": asked_choices(settings.sources), "lines": lines, "map": _map(settings, lines, ())}

    def review_view(
        self, settings: SourceMapSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the map as it was drawn, and each claim marked and explained as far as allowed."""
        del seed
        lines = [
            asked_line(claim, number, value) | reviewed_choice(claim, value, shown, settings.sources)
            for number, claim in enumerate(settings.claims, 1)
        ]
        wrong = tuple(line["id"] for line in lines if line["mark"] == "wrong")
        return {"lines": lines, "map": _map(settings, lines, wrong)}


def _map(
    settings: SourceMapSettings, lines: Sequence[Mapping[str, Any]], wrong: Sequence[str]
) -> dict[str, Any]:
    """Return the drawing: claims on the left, sources spread over the same height on the right."""
    height = TOP * 2 + STEP * (len(lines) - 1)
    gap = height / len(settings.sources)
    places = {source.id: round(gap * (place + 0.5)) for place, source in enumerate(settings.sources)}
    return {
        "height": height,
        "sources": [
            {"id": source.id, "y": places[source.id], "text": plain_text(source.text)}
            for source in settings.sources
        ],
        "lines": [
            {
                "id": line["id"],
                "number": line["number"],
                "y": TOP + STEP * place,
                "to": places.get(line["given"]),
                "is_wrong": line["id"] in wrong,
            }
            for place, line in enumerate(lines)
        ],
    }


TYPE = SourceMap()
