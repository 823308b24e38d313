"""*Decide each*: 3 to 14 lines, the five verdicts or 2 to 5 choices of the author's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.answers import plain_text
from quizapp.question_types.authoring import check_count, check_unique
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.decide_each import (
    VERDICTS,
    Choice,
    DecideEach,
    EvidencedLine,
    asked_line,
    check_choices,
    check_own_choices,
    evidence_view,
    reviewed_line,
)


class DecideLinesSettings(SettingsModel):
    """Lines, and what each can be decided as."""

    choices: Literal["verdicts"] | tuple[Choice, ...]
    lines: tuple[EvidencedLine, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.choices != "verdicts":
            check_own_choices("choices", self.choices, 2, 5)
        check_count("lines", len(self.lines), 3, 14)
        check_unique("lines", (line.id for line in self.lines))
        check_choices(self.lines, self.choice_ids)
        return self

    @property
    def own_choices(self) -> tuple[Choice, ...]:
        """The author's choices; empty for the verdicts."""
        return () if self.choices == "verdicts" else self.choices

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The ids that a line can be decided as, in the order in which they stand."""
        return tuple(choice.id for choice in self.own_choices) or VERDICTS


class DecideLines(DecideEach[DecideLinesSettings]):
    """One choice a line. Neither lines nor choices are shuffled: both are often a text or a scale."""

    name = "decide_lines"
    label = Message("Decide each")
    settings_model = DecideLinesSettings

    def lines(self, settings: DecideLinesSettings) -> Sequence[EvidencedLine]:
        """Return the lines as written."""
        return settings.lines

    def choice_ids(self, settings: DecideLinesSettings) -> Sequence[str]:
        """Return the verdicts or the author's choices."""
        return settings.choice_ids

    def choice_label(self, settings: DecideLinesSettings, choice: str) -> str:
        """Return the author's text, or the name of the verdict."""
        for own in settings.own_choices:
            if own.id == choice:
                return plain_text(own.text)
        return super().choice_label(settings, choice)

    def student_view(self, settings: DecideLinesSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the lines and what each can be decided as."""
        del seed
        return {
            "choices": _choices(settings),
            "lines": [asked_line(line, number, value) for number, line in enumerate(settings.lines, 1)],
        }

    def review_view(
        self, settings: DecideLinesSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return each line with its choice, marked and explained as far as allowed."""
        del seed
        return {
            "choices": {choice["id"]: choice for choice in _choices(settings)},
            "lines": [
                asked_line(line, number, value)
                | reviewed_line(line, value, shown)
                | {"evidence": evidence_view(line.evidence) if shown.why else None}
                for number, line in enumerate(settings.lines, 1)
            ],
        }


def _choices(settings: DecideLinesSettings) -> list[dict[str, Any]]:
    """Return the choices for a template: a verdict has no text of its own."""
    texts = {choice.id: choice.text for choice in settings.own_choices}
    return [{"id": choice_id, "html": texts.get(choice_id)} for choice_id in settings.choice_ids]


TYPE = DecideLines()
