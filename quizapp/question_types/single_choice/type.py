"""*Pick one*: three options, one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.scoring import Decision, Outcome
from quizapp.core.shuffling import shuffled
from quizapp.question_types.answers import WRONG_SHAPE, first_of, no_choice, plain_text
from quizapp.question_types.authoring import Option, check_count, check_unique
from quizapp.question_types.contract import (
    Cardinality,
    Feedback,
    FormFields,
    QuestionType,
    SettingsModel,
    Shown,
)

CHOICE = "choice"
"""The one part of the answer. Not the key's id: a decision may be shown before the key is."""


class SingleChoiceSettings(SettingsModel):
    """Three options, one of them the key; a fourth passes the content check with a waiver."""

    options: tuple[Option, ...]

    @model_validator(mode="after")
    def _one_key(self) -> Self:
        check_count("options", len(self.options), 3, 4)
        check_unique("options", (option.id for option in self.options))
        keys = sum(option.key for option in self.options)
        if keys != 1:
            raise ValueError(f"{keys} options have “key: true”: exactly one must")
        return self

    @property
    def key(self) -> Option:
        """The right option."""
        return next(option for option in self.options if option.key)

    def option(self, option_id: object) -> Option | None:
        """Return the option of that id, if there is one."""
        return next((option for option in self.options if option.id == option_id), None)


class SingleChoice(QuestionType[SingleChoiceSettings]):
    """One choice; right or not."""

    name = "single_choice"
    label = Message("Pick one")
    move = Move.PICK_ONE
    cardinality = Cardinality.SINGLE
    settings_model = SingleChoiceSettings

    def part_ids(self, settings: SingleChoiceSettings) -> tuple[str, ...]:
        """Return the option ids."""
        return tuple(option.id for option in settings.options)

    def read_form(self, settings: SingleChoiceSettings, fields: FormFields, name: str) -> Value:
        """Return the id of the option in the field ``name``."""
        del settings
        return first_of(fields.get(name, ()))

    def problems(self, settings: SingleChoiceSettings, value: object) -> list[Message]:
        """Refuse what is no option of this question."""
        if value is None:
            return []
        if not isinstance(value, str):
            return [WRONG_SHAPE]
        return [] if settings.option(value) else [no_choice(value)]

    def is_blank(self, settings: SingleChoiceSettings, value: Value) -> bool:
        """Say whether no option was chosen."""
        del settings
        return value is None

    def is_complete(self, settings: SingleChoiceSettings, value: Value) -> bool:
        """Say whether an option was chosen."""
        return not self.is_blank(settings, value)

    def decisions(self, settings: SingleChoiceSettings, value: Value) -> tuple[Decision, ...]:
        """Return the one decision."""
        if value is None:
            outcome = Outcome.BLANK
        else:
            outcome = Outcome.RIGHT if value == settings.key.id else Outcome.WRONG
        return (Decision(CHOICE, value, outcome),)

    def correct_value(self, settings: SingleChoiceSettings) -> Value:
        """Return the key's id."""
        return settings.key.id

    def feedback(self, settings: SingleChoiceSettings, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback of the chosen option."""
        option = settings.option(value)
        return (Feedback(option.id, option.feedback),) if option else ()

    def student_view(self, settings: SingleChoiceSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the options in the order of the seed."""
        texts = {option.id: option.text for option in settings.options}
        return {
            "options": [
                {"id": option_id, "html": texts[option_id], "is_chosen": option_id == value}
                for option_id in shuffled(texts, seed, "options")
            ]
        }

    def review_view(
        self, settings: SingleChoiceSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the options as they were asked, the chosen one marked and explained as far as allowed."""
        asked = self.student_view(settings, value, seed=seed)["options"]
        return {
            "is_blank": self.is_blank(settings, value),
            "options": [
                option | _reviewed(settings, option["id"], shown, is_chosen=option["is_chosen"])
                for option in asked
            ],
        }

    def summary(self, settings: SingleChoiceSettings, value: Value) -> Sequence[str]:
        """Return the text of the chosen option."""
        option = settings.option(value)
        return [plain_text(option.text)] if option else []


def _reviewed(
    settings: SingleChoiceSettings, option_id: str, shown: Shown, *, is_chosen: bool
) -> dict[str, Any]:
    """Return what a review adds to one option."""
    is_key = option_id == settings.key.id
    is_explained = shown.why and (is_chosen or (shown.key and is_key))
    option = settings.option(option_id)
    return {
        "mark": ("right" if is_key else "wrong") if shown.score and is_chosen else None,
        "is_key": shown.key and is_key,
        "feedback": option.feedback if option and is_explained else None,
    }


TYPE = SingleChoice()
