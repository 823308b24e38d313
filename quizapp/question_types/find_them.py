"""What every layout of *Find them* has in common: options of which at most half are keys, chosen or not."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.scoring import Decision, Outcome
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


def check_options(what: str, options: Sequence[Option], least: int, most: int) -> None:
    """Check that there are as many options as allowed, and between two keys and half of them.

    Raises:
        ValueError: one rule is broken; ``what`` names the options in the plural.
    """
    check_count(what, len(options), least, most)
    check_unique(what, (option.id for option in options))
    # With more keys than that, ticking all would pay.
    check_count(f"{what} with “key: true”", len(keys_of(options)), 2, len(options) // 2)


def keys_of(options: Iterable[Option]) -> frozenset[str]:
    """Return the ids of the right options."""
    return frozenset(option.id for option in options if option.key)


FindT = TypeVar("FindT", bound=SettingsModel)


class FindThem(QuestionType[FindT]):
    """Several choices; found less extra, of all there are."""

    move = Move.FIND_THEM
    cardinality = Cardinality.MULTIPLE

    @abstractmethod
    def options(self, settings: FindT) -> Sequence[Option]:
        """Return what can be chosen, as written."""

    def part_ids(self, settings: FindT) -> tuple[str, ...]:
        """Return the option ids."""
        return tuple(option.id for option in self.options(settings))

    def read_form(self, settings: FindT, fields: FormFields, name: str) -> Value:
        """Return the ids in the repeated field ``name``, sorted, each once."""
        del settings
        return sorted({option_id for option_id in fields.get(name, ()) if option_id}) or None

    def problems(self, settings: FindT, value: object) -> list[Message]:
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

    def is_blank(self, settings: FindT, value: Value) -> bool:
        """Say whether nothing was chosen."""
        del settings
        return not value

    def is_complete(self, settings: FindT, value: Value) -> bool:
        """Say whether something was chosen; how many is for the student to decide."""
        return not self.is_blank(settings, value)

    def decisions(self, settings: FindT, value: Value) -> tuple[Decision, ...]:
        """Return a decision for every option: found, missed, extra or left."""
        chosen = value or []
        return tuple(_decided(option, is_chosen=option.id in chosen) for option in self.options(settings))

    def correct_value(self, settings: FindT) -> Value:
        """Return all keys."""
        return sorted(keys_of(self.options(settings)))

    def feedback(self, settings: FindT, value: Value) -> tuple[Feedback, ...]:
        """Return the feedback of each chosen option."""
        chosen = value or []
        return tuple(
            Feedback(option.id, option.feedback) for option in self.options(settings) if option.id in chosen
        )

    def summary(self, settings: FindT, value: Value) -> Sequence[str]:
        """Return the texts of the chosen options."""
        chosen = value or []
        return [plain_text(option.text) for option in self.options(settings) if option.id in chosen]


def asked_option(option: Option, number: int, value: object) -> dict[str, Any]:
    """Return what a page needs to ask about an option."""
    chosen = value if isinstance(value, list) else []
    return {"id": option.id, "number": number, "html": option.text, "is_chosen": option.id in chosen}


def reviewed_option(option: Option, shown: Shown, *, is_chosen: bool) -> dict[str, Any]:
    """Return what a review adds to an option; what was missed shows only with the key."""
    is_explained = shown.why and (is_chosen or (shown.key and option.key))
    return {
        "mark": ("right" if option.key else "wrong") if shown.score and is_chosen else None,
        "is_missed": shown.key and option.key and not is_chosen,
        "is_key": shown.key and option.key,
        "feedback": option.feedback if is_explained else None,
    }


def _decided(option: Option, *, is_chosen: bool) -> Decision:
    if is_chosen:
        return Decision(option.id, option.id, Outcome.FOUND if option.key else Outcome.EXTRA)
    return Decision(option.id, None, Outcome.MISSED if option.key else Outcome.LEFT)
