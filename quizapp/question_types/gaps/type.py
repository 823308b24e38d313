"""*Gaps*: each gap of a text is filled by one of its own choices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.answers import plain_text
from quizapp.question_types.authoring import BlockText, check_count, check_unique
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
from quizapp.question_types.passages import check_places, pieces


class Gap(EvidencedLine):
    """A gap; ``text`` says in a few words what it asks, because a list in mid-sentence needs a name."""

    choices: tuple[Choice, ...]

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The ids of the choices, in the order in which they stand."""
        return tuple(choice.id for choice in self.choices)


class GapsSettings(SettingsModel):
    """A text that holds ``((id))`` where the gap of that id stands."""

    text: BlockText
    gaps: tuple[Gap, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count("gaps", len(self.gaps), 2, 14)
        check_unique("gaps", (gap.id for gap in self.gaps))
        for gap in self.gaps:
            check_own_choices(f"choices of gap “{gap.id}”", gap.choices, 2, 5)
            check_choices([gap], gap.choice_ids)
        check_places("gaps", self.text, [gap.id for gap in self.gaps])
        return self


class Gaps(DecideEach[GapsSettings]):
    """One choice a gap. Nothing is shuffled: choices are often a scale."""

    name = "gaps"
    label = Message("Fill the gaps")
    settings_model = GapsSettings

    def lines(self, settings: GapsSettings) -> Sequence[Gap]:
        """Return the gaps in the order of the text."""
        return settings.gaps

    def choice_ids(self, settings: GapsSettings) -> Sequence[str]:
        """Return every choice of every gap."""
        return tuple(dict.fromkeys(choice for gap in settings.gaps for choice in gap.choice_ids))

    def choices_of(self, settings: GapsSettings, line_id: str) -> Sequence[str]:
        """Return the choices of one gap."""
        return _gap(settings, line_id).choice_ids

    def student_view(self, settings: GapsSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the text in pieces: HTML, and the gaps between."""
        del seed
        return {"pieces": list(_pieces(settings, value))}

    def review_view(
        self, settings: GapsSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return the text as it was filled, and each gap marked and explained as far as allowed."""
        del seed
        return {
            "pieces": list(_pieces(settings, value)),
            "lines": [
                asked_line(gap, number, value) | reviewed_choice(gap, value, shown, gap.choices)
                for number, gap in enumerate(settings.gaps, 1)
            ],
        }

    def summary(self, settings: GapsSettings, value: Value) -> Sequence[str]:
        """Return each filled gap with its choice."""
        given = value or {}
        return [
            f"{plain_text(gap.text)}: {_text_of(gap, given[gap.id])}"
            for gap in settings.gaps
            if gap.id in given
        ]


def _pieces(settings: GapsSettings, value: Value) -> Iterator[dict[str, Any]]:
    numbers = {gap.id: number for number, gap in enumerate(settings.gaps, 1)}
    for html, gap_id in pieces(settings.text):
        yield {"html": html, "gap": _asked(settings, gap_id, numbers[gap_id], value) if gap_id else None}


def _asked(settings: GapsSettings, gap_id: str, number: int, value: Value) -> dict[str, Any]:
    gap = _gap(settings, gap_id)
    asked = asked_line(gap, number, value)
    filled = _text_of(gap, asked["given"]) if asked["given"] in gap.choice_ids else None
    return asked | {"label": plain_text(gap.text), "choices": asked_choices(gap.choices), "filled": filled}


def _gap(settings: GapsSettings, gap_id: str) -> Gap:
    return next(gap for gap in settings.gaps if gap.id == gap_id)


def _text_of(gap: Gap, choice_id: str) -> str:
    return next(plain_text(choice.text) for choice in gap.choices if choice.id == choice_id)


TYPE = Gaps()
