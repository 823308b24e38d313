"""*Sorting*: each card is put into a bin. A match is sorting with one card a bin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from pydantic import StrictBool, model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.core.shuffling import shuffled
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


class SortingSettings(SettingsModel):
    """Cards and bins. ``is_match`` says that each bin takes exactly one card."""

    bins: tuple[Choice, ...]
    cards: tuple[EvidencedLine, ...]
    is_match: StrictBool = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_own_choices("bins", self.bins, 2, 8)
        check_count("cards", len(self.cards), 3, 14)
        check_unique("cards", (card.id for card in self.cards))
        check_choices(self.cards, self.bin_ids)
        keys = [card.key for card in self.cards]
        if self.is_match and sorted(keys) != sorted(self.bin_ids):
            raise ValueError(
                "in a match each bin is the key of exactly one card: add a bin or a card, or change a key"
            )
        return self

    @property
    def bin_ids(self) -> tuple[str, ...]:
        """The ids of the bins in the order in which they stand."""
        return tuple(one.id for one in self.bins)


class Sorting(DecideEach[SortingSettings]):
    """One bin a card. Cards are shuffled by the seed, bins stand as written."""

    name = "sorting"
    label = Message("Sorting")
    scripts = ("js/sorting.js",)
    settings_model = SortingSettings

    def lines(self, settings: SortingSettings) -> Sequence[EvidencedLine]:
        """Return the cards as written."""
        return settings.cards

    def choice_ids(self, settings: SortingSettings) -> Sequence[str]:
        """Return the bins."""
        return settings.bin_ids

    def choice_label(self, settings: SortingSettings, choice: str) -> str:
        """Return a bin's name as plain text."""
        return next(plain_text(one.text) for one in settings.bins if one.id == choice)

    def student_view(self, settings: SortingSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the cards to sort, and the bins with the cards that lie in them."""
        cards = [asked_line(card, number, value) for number, card in enumerate(_cards(settings, seed), 1)]
        return {
            "is_match": settings.is_match,
            "choices": asked_choices(settings.bins),
            "lines": cards,
            "bins": [
                {"id": one.id, "html": one.text, "cards": [card for card in cards if card["given"] == one.id]}
                for one in settings.bins
            ],
        }

    def review_view(
        self, settings: SortingSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return each card with its bin, marked and explained as far as allowed."""
        return {
            "lines": [
                asked_line(card, number, value) | reviewed_choice(card, value, shown, settings.bins)
                for number, card in enumerate(_cards(settings, seed), 1)
            ]
        }


def _cards(settings: SortingSettings, seed: int) -> list[EvidencedLine]:
    cards = {card.id: card for card in settings.cards}
    return [cards[card_id] for card_id in shuffled(cards, seed, "cards")]


TYPE = Sorting()
