"""*Spots on a picture*: numbered spots, each with its line in a list; find those that the question asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, StrictInt, model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.authoring import BlockText, Option
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.find_them import FindThem, asked_option, check_options, keys_of, reviewed_option

COLUMNS, ROWS = 12, 9
"""The places of a picture: a spot stands in one of them, whatever the size of the screen."""


def _within(what: str, most: int, place: int) -> int:
    if not 1 <= place <= most:
        raise ValueError(f"{what} {place} lies outside: 1 to {most} are allowed")
    return place


def _column(place: int) -> int:
    return _within("column", COLUMNS, place)


def _row(place: int) -> int:
    return _within("row", ROWS, place)


class Spot(Option):
    """A spot. ``column`` counts from the left of the picture, ``row`` from its top."""

    column: Annotated[StrictInt, AfterValidator(_column)]
    row: Annotated[StrictInt, AfterValidator(_row)]


class HotspotSettings(SettingsModel):
    """A picture with its alternative text, and its spots."""

    picture: BlockText
    spots: tuple[Spot, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_options("spots", self.spots, 4, 12)
        places = [(spot.column, spot.row) for spot in self.spots]
        for spot, place in zip(self.spots, places, strict=True):
            if places.count(place) > 1:
                raise ValueError(
                    f"spot “{spot.id}” shares column {spot.column}, row {spot.row}: give each its own place"
                )
        return self


class Hotspot(FindThem[HotspotSettings]):
    """A checkbox a spot, in a list beside the picture. Nothing is shuffled: the numbers stand in the picture."""

    name = "hotspot"
    label = Message("Spots on a picture")
    settings_model = HotspotSettings

    def options(self, settings: HotspotSettings) -> Sequence[Spot]:
        """Return the spots by their numbers."""
        return settings.spots

    def student_view(self, settings: HotspotSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the picture, its spots, and how many there are to find."""
        del seed
        return {
            "picture": settings.picture,
            "there_are": len(keys_of(settings.spots)),
            "options": [
                asked_option(spot, number, value) | {"column": spot.column, "row": spot.row}
                for number, spot in enumerate(settings.spots, 1)
            ],
        }

    def review_view(
        self, settings: HotspotSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the picture, and every spot, marked and explained as far as allowed."""
        asked = self.student_view(settings, value, seed=seed)
        spots = {spot.id: spot for spot in settings.spots}
        return {
            **asked,
            "is_blank": self.is_blank(settings, value),
            "options": [
                one | reviewed_option(spots[one["id"]], shown, is_chosen=one["is_chosen"])
                for one in asked["options"]
            ],
        }


TYPE = Hotspot()
