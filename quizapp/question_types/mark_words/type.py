"""*Mark the words*: a passage with 8 to 16 phrases that can be marked; at most half are to be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.authoring import BlockText, Option
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.find_them import FindThem, asked_option, check_options, keys_of, reviewed_option
from quizapp.question_types.passages import check_places, pieces


class MarkWordsSettings(SettingsModel):
    """A passage that holds ``((id))`` where the phrase of that id stands."""

    text: BlockText
    phrases: tuple[Option, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_options("phrases", self.phrases, 8, 16)
        check_places("phrases", self.text, [phrase.id for phrase in self.phrases])
        return self


class MarkWords(FindThem[MarkWordsSettings]):
    """A checkbox a phrase, in the running text. Nothing is shuffled."""

    name = "mark_words"
    label = Message("Mark the words")
    settings_model = MarkWordsSettings

    def options(self, settings: MarkWordsSettings) -> Sequence[Option]:
        """Return the phrases in the order of the passage."""
        return settings.phrases

    def student_view(self, settings: MarkWordsSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the passage in pieces, HTML and phrases in turn, and how many there are to find."""
        del seed
        return {"there_are": len(keys_of(settings.phrases)), "pieces": list(_pieces(settings, value))}

    def review_view(
        self, settings: MarkWordsSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the passage as it was marked, and what became of the phrases that were or should be marked."""
        del seed
        options = [
            asked | reviewed_option(phrase, shown, is_chosen=asked["is_chosen"])
            for number, phrase in enumerate(settings.phrases, 1)
            for asked in [asked_option(phrase, number, value)]
        ]
        return {
            "is_blank": self.is_blank(settings, value),
            "there_are": len(keys_of(settings.phrases)),
            "pieces": list(_pieces(settings, value)),
            "options": [one for one in options if one["is_chosen"] or one["is_key"]],
        }


def _pieces(settings: MarkWordsSettings, value: Value) -> Iterator[dict[str, Any]]:
    phrases = {phrase.id: (number, phrase) for number, phrase in enumerate(settings.phrases, 1)}
    for html, phrase_id in pieces(settings.text):
        number, phrase = phrases[phrase_id] if phrase_id else (0, None)
        yield {"html": html, "phrase": asked_option(phrase, number, value) if phrase else None}


TYPE = MarkWords()
