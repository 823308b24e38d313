"""*Four-point answer*: is there enough here to state this as a fact, and how sure are you? One tap says both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import model_validator

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.authoring import (
    InlineText,
    MisconceptionId,
    PartId,
    Reference,
    RightWrongFeedback,
    check_count,
    check_unique,
)
from quizapp.question_types.contract import SettingsModel, Shown
from quizapp.question_types.decide_each import (
    DecideEach,
    EvidencedLine,
    asked_line,
    check_feedback,
    choice_of,
    evidence_view,
    reviewed_line,
)

LABELS = {
    "yes-sure": Message("Yes, sure"),
    "yes-think": Message("Yes, I think"),
    "no-think": Message("No, I think"),
    "no-sure": Message("No, sure"),
}
"""The four answers, from one end to the other. How sure somebody is never enters a mark."""


class AskedClaim(EvidencedLine):
    """A claim as a line to decide; its key is the surer answer of the right side."""

    def accepts(self, choice: str) -> bool:
        """Say whether the choice is on the right side, however sure."""
        return side_of(choice) == side_of(self.key)


class Claim(SettingsModel):
    """A claim; the key says whether there is enough to state it as a fact."""

    id: PartId
    text: InlineText
    key: Literal["yes", "no"]
    evidence: Reference
    feedback: RightWrongFeedback
    misconception: MisconceptionId | None = None


class FourPointSettings(SettingsModel):
    """Claims in the order of their text."""

    claims: tuple[Claim, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count("claims", len(self.claims), 1, 7)
        check_unique("claims", (claim.id for claim in self.claims))
        for claim in self.claims:
            check_feedback(f"claim “{claim.id}”", claim.feedback, tuple(LABELS))
        return self

    @cached_property
    def asked(self) -> tuple[AskedClaim, ...]:
        """The claims as lines to decide."""
        # Everything in them was validated with the claims.
        return tuple(
            AskedClaim.model_construct(**dict(claim) | {"key": f"{claim.key}-sure"}) for claim in self.claims
        )


class FourPoint(DecideEach[FourPointSettings]):
    """One of four answers a claim. Nothing is shuffled: the answers are a scale."""

    name = "four_point"
    label = Message("Four-point answer")
    settings_model = FourPointSettings

    def lines(self, settings: FourPointSettings) -> Sequence[AskedClaim]:
        """Return the claims."""
        return settings.asked

    def choice_ids(self, settings: FourPointSettings) -> Sequence[str]:
        """Return the four answers."""
        del settings
        return tuple(LABELS)

    def choice_label(self, settings: FourPointSettings, choice: str) -> str:
        """Return an answer in words."""
        del settings
        return LABELS[choice].key

    def student_view(self, settings: FourPointSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the claims and the four answers."""
        del seed
        return {
            "choices": [{"id": choice, "text": label.key} for choice, label in LABELS.items()],
            "lines": [asked_line(claim, number, value) for number, claim in enumerate(settings.asked, 1)],
        }

    def review_view(
        self, settings: FourPointSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return each claim with its answer, marked and explained as far as allowed."""
        del seed
        return {
            "texts": {choice: label.key for choice, label in LABELS.items()},
            "lines": [
                asked_line(claim, number, value)
                | reviewed_line(claim, value, shown)
                | {
                    "given": choice if (choice := choice_of(value, claim)) in LABELS else None,
                    "key_side": side_of(claim.key) if shown.key else None,
                    "evidence": evidence_view(claim.evidence) if shown.why else None,
                }
                for number, claim in enumerate(settings.asked, 1)
            ],
        }


def side_of(choice: str) -> str:
    """Return *yes* or *no*, without how sure.

    >>> side_of("no-think")
    'no'
    """
    return choice.partition("-")[0]


TYPE = FourPoint()
