"""Answers inside a lesson: what each is for, what is shown after it, and whether another try is taken.

They never make a mark. A first guess stays without right or wrong until it is asked again; a check shows
everything at once and is taken once; whatever else is asked may be tried twice before the key is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quizapp.core.scoring import Decision, Outcome
from quizapp.core.screens import ScreenKind

TRIES_BEFORE_KEY = 2
"""The second try of a question shows its key, right or not."""


class Purpose(StrEnum):
    """Why something was asked outside of a quiz."""

    FIRST_GUESS = "first_guess"
    TASK = "task"
    EXIT_CHECK = "exit_check"
    GUESS_AGAIN = "guess_again"
    EXTENSION = "extension"
    PRACTICE = "practice"
    WARM_UP = "warm_up"

    @property
    def is_asked_once(self) -> bool:
        """A guess that could be mended is no guess, and a check no check."""
        return self in (Purpose.FIRST_GUESS, Purpose.EXIT_CHECK, Purpose.GUESS_AGAIN)


_PURPOSES = {
    ScreenKind.FIRST_GUESS: Purpose.FIRST_GUESS,
    ScreenKind.TASK: Purpose.TASK,
    ScreenKind.EXIT_CHECK: Purpose.EXIT_CHECK,
    ScreenKind.GUESS_AGAIN: Purpose.GUESS_AGAIN,
    ScreenKind.EXTENSION: Purpose.EXTENSION,
}


def purpose_of(kind: ScreenKind) -> Purpose:
    """Return what a question on that screen is asked for."""
    return _PURPOSES.get(kind, Purpose.PRACTICE)


def shows_score(purpose: Purpose) -> bool:
    """Say whether right and wrong, and why, are shown after an answer."""
    return purpose is not Purpose.FIRST_GUESS


def shows_key(purpose: Purpose, tries: int, *, is_full: bool | None) -> bool:
    """Say whether the key is shown after that many tries.

    ``is_full`` is whether the newest answer earned everything; None where only a person can tell. Then the
    anchors, which are the key of a written answer, are there to compare with at once.
    """
    if purpose is Purpose.FIRST_GUESS:
        return False
    return purpose.is_asked_once or is_full is not False or tries >= TRIES_BEFORE_KEY


def takes_another(purpose: Purpose, tries: int, *, is_full: bool | None, is_whole_page: bool) -> bool:
    """Say whether a further answer is stored.

    A whole page may be printed as often as one likes: changing one's mind is what it is for.
    """
    if tries == 0 or is_whole_page:
        return True
    return not purpose.is_asked_once and is_full is not True and tries < TRIES_BEFORE_KEY


@dataclass(frozen=True, slots=True)
class Changes:
    """How many decisions were changed from one answer to the next, and how many of them became right."""

    changed: int
    for_good: int

    def __add__(self, other: Changes) -> Changes:
        return Changes(self.changed + other.changed, self.for_good + other.for_good)


NO_CHANGES = Changes(0, 0)


def changes(before: Sequence[Decision], after: Sequence[Decision]) -> Changes:
    """Compare two answers to one question part by part. A first decision on a part is no change."""
    was = {decision.part: decision.given for decision in before}
    changed = [
        decision
        for decision in after
        if decision.given is not None and was.get(decision.part) not in (None, decision.given)
    ]
    return Changes(len(changed), sum(decision.outcome is Outcome.RIGHT for decision in changed))
