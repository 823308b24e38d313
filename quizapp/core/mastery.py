"""When a skill counts as shown: one rule, printed beside every figure that uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizapp.core.scoring import Score

LAST = 5
RIGHT_OF_LAST = 4
DAYS = 2
UNSEEN = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """One first answer on a skill. ``case`` names what was asked, so that a second meeting is known as one."""

    case: str
    day: date
    is_right: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the answers on one skill say, oldest first counted in.

    The last four figures are about the last five answers only; those that the rule asks for are of right ones.
    """

    right: int
    answered: int
    last: int
    right_of_last: int
    days: int
    unseen: int

    @property
    def is_shown(self) -> bool:
        """4 of the last 5 right, on 2 different days, 2 of them on cases not seen before."""
        return (
            self.last == LAST
            and self.right_of_last >= RIGHT_OF_LAST
            and self.days >= DAYS
            and self.unseen >= UNSEEN
        )


def is_right(score: Score) -> bool:
    """Say whether an answer counts as right: at least three quarters of the marks."""
    return 4 * score.earned >= 3 * score.of


def evidence(answers: Sequence[Answer]) -> Evidence:
    """Weigh the answers on one skill, given in the order in which they were made."""
    seen: set[str] = set()
    first_meetings = []
    for answer in answers:
        first_meetings.append(answer.case not in seen)
        seen.add(answer.case)
    last = list(zip(answers, first_meetings, strict=True))[-LAST:]
    right = [(answer, is_new) for answer, is_new in last if answer.is_right]
    return Evidence(
        right=sum(answer.is_right for answer in answers),
        answered=len(answers),
        last=len(last),
        right_of_last=len(right),
        days=len({answer.day for answer, _ in right}),
        unseen=sum(is_new for _, is_new in right),
    )
