"""The five scores, one a move. Nothing else in the product makes a score.

A score is a ratio of two whole numbers. Points are marks × earned ÷ of in whole ten-thousandths, rounded
half up once a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.messages import Message
from quizapp.core.questions import Move

POINT = 10_000
"""One point in the unit that points are stored and added in."""


class Outcome(StrEnum):
    """What became of one part of an answer. Blank is never wrong; it earns nothing."""

    RIGHT = "right"
    WRONG = "wrong"
    BLANK = "blank"
    FOUND = "found"
    EXTRA = "extra"
    MISSED = "missed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Decision:
    """One part of an answer: a line, an option, a pair; ``given`` is the choice made for it."""

    part: str
    given: str | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Score:
    """``earned`` of ``of``, both whole, 0 ≤ earned ≤ of and of ≥ 1."""

    earned: int
    of: int

    def __post_init__(self) -> None:
        if self.of < 1 or not 0 <= self.earned <= self.of:
            raise ValueError(f"a score of {self.earned} of {self.of}")

    @property
    def is_full(self) -> bool:
        """Everything was earned."""
        return self.earned == self.of


def score(move: Move, decisions: Sequence[Decision]) -> Score:
    """Return the score of an answer by the rule of its move.

    Raises:
        ValueError: for *Write*, which only a person marks (``score_levels``), or without a part.
    """
    count = {outcome: sum(1 for d in decisions if d.outcome is outcome) for outcome in Outcome}
    match move:
        case Move.PICK_ONE:
            return Score(count[Outcome.RIGHT], 1)
        case Move.DECIDE_EACH | Move.PUT_IN_ORDER:
            return Score(count[Outcome.RIGHT], len(decisions))
        case Move.FIND_THEM:
            there_are = count[Outcome.FOUND] + count[Outcome.MISSED]
            return Score(max(0, count[Outcome.FOUND] - count[Outcome.EXTRA]), there_are)
        case Move.WRITE:
            raise ValueError("a written answer is scored by its levels")


def score_levels(levels: Iterable[int]) -> Score:
    """Return the score of a written answer: each criterion is worth 2, 1 or 0."""
    given = list(levels)
    if any(level not in (0, 1, 2) for level in given):
        raise ValueError(f"levels {given}")
    return Score(sum(given), 2 * len(given))


def rule_in_words(move: Move, decisions: Sequence[Decision], result: Score) -> Message:
    """Return the sentence that stands under a mark: "10 of 14", "5 found, 1 extra, of 6: 4 of 6"."""
    match move:
        case Move.PICK_ONE:
            return Message("Right") if result.is_full else Message("Not right")
        case Move.DECIDE_EACH:
            return Message("%(right)d of %(all)d right", right=result.earned, all=result.of)
        case Move.PUT_IN_ORDER:
            return Message(
                "%(right)d of %(all)d pairs in the right order", right=result.earned, all=result.of
            )
        case Move.FIND_THEM:
            return Message(
                "%(found)d found, %(extra)d extra, of %(of)d: %(earned)d of %(of)d",
                found=sum(1 for d in decisions if d.outcome is Outcome.FOUND),
                extra=sum(1 for d in decisions if d.outcome is Outcome.EXTRA),
                of=result.of,
                earned=result.earned,
            )
        case Move.WRITE:
            return Message("%(earned)d of %(of)d by the rubric", earned=result.earned, of=result.of)


def points(marks: int, result: Score) -> int:
    """Return the points of a question in ten-thousandths, rounded half up.

    >>> points(1, Score(1, 3))
    3333
    """
    return (2 * marks * POINT * result.earned + result.of) // (2 * result.of)


def percent(earned_points: int, of_points: int) -> int | None:
    """Return whole percent, rounded half up, or None where nothing could be earned."""
    if of_points == 0:
        return None
    return (200 * earned_points + of_points) // (2 * of_points)


def points_in_words(amount: int) -> str:
    """Return points as people write them, at most two decimals: 30000 → "3", 23333 → "2.33"."""
    hundredths = (amount * 2 + 100) // 200
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") if rest else str(whole)
