"""*Find them*: 4 to 10 options, several keys, at most half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.core.shuffling import shuffled
from quizapp.question_types.authoring import Option
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.find_them import FindThem, asked_option, check_options, keys_of, reviewed_option


class MultipleResponseSettings(SettingsModel):
    """Options, several of them keys."""

    options: tuple[Option, ...]

    @model_validator(mode="after")
    def _few_keys(self) -> Self:
        check_options("options", self.options, 4, 10)
        return self


class MultipleResponse(FindThem[MultipleResponseSettings]):
    """A list of options in the order of the seed."""

    name = "multiple_response"
    label = Message("Find them")
    settings_model = MultipleResponseSettings

    def options(self, settings: MultipleResponseSettings) -> Sequence[Option]:
        """Return the options as written."""
        return settings.options

    def student_view(
        self, settings: MultipleResponseSettings, value: Value, *, seed: int
    ) -> Mapping[str, Any]:
        """Return the options in the order of the seed, and how many there are to find.

        That number is the one thing that a student is told about the key: the instruction promises it.
        """
        options = {option.id: option for option in settings.options}
        order = shuffled(options, seed, "options")
        return {
            "there_are": len(keys_of(settings.options)),
            "options": [asked_option(options[one], number, value) for number, one in enumerate(order, 1)],
        }

    def review_view(
        self, settings: MultipleResponseSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the options as they were asked; what was missed shows only with the key."""
        asked = self.student_view(settings, value, seed=seed)
        options = {option.id: option for option in settings.options}
        return {
            "is_blank": self.is_blank(settings, value),
            "there_are": asked["there_are"],
            "options": [
                row | reviewed_option(options[row["id"]], shown, is_chosen=row["is_chosen"])
                for row in asked["options"]
            ],
        }


TYPE = MultipleResponse()
