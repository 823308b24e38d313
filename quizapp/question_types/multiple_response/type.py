"""*Find them*: 4 to 10 options, several keys, at most half."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.scoring import Decision, Outcome
from quizapp.core.shuffling import shuffled
from quizapp.question_types.answers import WRONG_SHAPE, no_choice, plain_text
from quizapp.question_types.authoring import Option, check_count, check_unique
from quizapp.question_types.contract import (
    Cardinality,
    Feedback,
    FormFields,
    QuestionType,
    SettingsModel,
    Shown,
)


class MultipleResponseSettings(SettingsModel):
    """Options, several of them keys."""

    options: tuple[Option, ...]

    @model_validator(mode="after")
    def _few_keys(self) -> Self:
        check_count("options", len(self.options), 4, 10)
        check_unique("options", (option.id for option in self.options))
        # With more keys than that, ticking all would pay.
        check_count("options with “key: true”", len(self.keys), 2, len(self.options) // 2)
        return self

    @property
    def keys(self) -> frozenset[str]:
        """The ids of the right options."""
        return frozenset(option.id for option in self.options if option.key)


class MultipleResponse(QuestionType[MultipleResponseSettings]):
    """Several choices; found less extra, of all there are."""

    name = "multiple_response"
    label = Message("Find them")
    move = Move.FIND_THEM
    cardinality = Cardinality.MULTIPLE
    settings_model = MultipleResponseSettings

    def part_ids(self, settings: MultipleResponseSettings) -> tuple[str, ...]:
        """Return the option ids."""
        return tuple(option.id for option in settings.options)

    def read_form(self, settings: MultipleResponseSettings, fields: FormFields, name: str) -> Value:
        """Return the ids in the repeated field ``name``, sorted, each once."""
        del settings
        return sorted({option_id for option_id in fields.get(name, ()) if option_id}) or None

    def problems(self, settings: MultipleResponseSettings, value: object) -> list[Message]:
        """Refuse what is no list of different options of this question."""
        if value is None:
            return []
        if not isinstance(value, list):
            return [WRONG_SHAPE]
        known = self.part_ids(settings)
        found = [no_choice(option_id) for option_id in value if option_id not in known]
        if not found and len(set(value)) < len(value):
            found.append(WRONG_SHAPE)
        return found

    def is_blank(self, settings: MultipleResponseSettings, value: Value) -> bool:
        """Say whether no option was chosen."""
        del settings
        return not value

    def is_complete(self, settings: MultipleResponseSettings, value: Value) -> bool:
        """Say whether an option was chosen; how many is for the student to decide."""
        return not self.is_blank(settings, value)

    def decisions(self, settings: MultipleResponseSettings, value: Value) -> tuple[Decision, ...]:
        """Return a decision for every option: found, missed, extra or left."""
        chosen = value or []
        return tuple(_decided(option, is_chosen=option.id in chosen) for option in settings.options)

    def correct_value(self, settings: MultipleResponseSettings) -> Value:
        """Return all keys."""
        return sorted(settings.keys)

    def feedback(self, settings: MultipleResponseSettings, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback of each chosen option."""
        chosen = value or []
        return tuple(
            Feedback(option.id, option.feedback) for option in settings.options if option.id in chosen
        )

    def student_view(
        self, settings: MultipleResponseSettings, value: Value, *, seed: int
    ) -> Mapping[str, Any]:
        """Return the options in the order of the seed, and how many there are to find.

        That number is the one thing that a student is told about the key: the instruction promises it.
        """
        texts = {option.id: option.text for option in settings.options}
        chosen = value if isinstance(value, list) else []
        return {
            "there_are": len(settings.keys),
            "options": [
                {"id": option_id, "html": texts[option_id], "is_chosen": option_id in chosen}
                for option_id in shuffled(texts, seed, "options")
            ],
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
                row | _reviewed(options[row["id"]], shown, is_chosen=row["is_chosen"])
                for row in asked["options"]
            ],
        }

    def summary(self, settings: MultipleResponseSettings, value: Value) -> Sequence[str]:
        """Return the texts of the chosen options."""
        chosen = value or []
        return [plain_text(option.text) for option in settings.options if option.id in chosen]


def _decided(option: Option, *, is_chosen: bool) -> Decision:
    if is_chosen:
        return Decision(option.id, option.id, Outcome.FOUND if option.key else Outcome.EXTRA)
    return Decision(option.id, None, Outcome.MISSED if option.key else Outcome.LEFT)


def _reviewed(option: Option, shown: Shown, *, is_chosen: bool) -> dict[str, Any]:
    """Return what a review adds to one option."""
    is_explained = shown.why and (is_chosen or (shown.key and option.key))
    return {
        "mark": ("right" if option.key else "wrong") if shown.score and is_chosen else None,
        "is_missed": shown.key and option.key and not is_chosen,
        "is_key": shown.key and option.key,
        "feedback": option.feedback if is_explained else None,
    }


TYPE = MultipleResponse()
