"""How a written answer is judged: criteria with three levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message

LEVELS = (2, 1, 0)

LEVEL_NAMES = {2: Message("Mastery"), 1: Message("Emerging"), 0: Message("Beginning")}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked at, and what each level of it reads like."""

    id: str
    title: str
    levels: Mapping[int, str]


def checked_levels(criteria: Sequence[Criterion], given: Mapping[str, int | None]) -> dict[str, int]:
    """Return a level for every criterion.

    Raises:
        Refusal: a criterion has no level, or one that does not exist (field ``level-<criterion>``).
    """
    levels: dict[str, int] = {}
    for criterion in criteria:
        level = given.get(criterion.id)
        if level not in LEVELS:
            raise Refusal(
                f"level-{criterion.id}",
                Message("Choose a level for %(criterion)s.", criterion=criterion.title),
            )
        levels[criterion.id] = level
    return levels
