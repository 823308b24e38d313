"""The door of a class: how long it stands open, who holds a name, and what comes next for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

OPEN_FOR = timedelta(minutes=15)

CLAIM_LASTS = timedelta(minutes=5)
"""A phone that chose a name and went no further: after this another one may choose it."""

SEEN_FOR = timedelta(hours=3)
"""Whoever came in is still shown when the door is opened again in the same lesson."""

MOST_WAITING = 40
"""More than a class: somebody is playing, and the teacher's list must stay readable."""


class Step(StrEnum):
    """What a phone at the door does next."""

    WAIT = "wait"
    CHOOSE = "choose"
    TYPE = "type"


class Place(StrEnum):
    """Where a person of the class stands, as the teacher's list says it."""

    NEEDS_YOU = "needs_you"
    WAITING = "waiting"
    AT_THE_DOOR = "at_the_door"
    IN = "in"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class Hold:
    """How a name is held: when it was chosen, whether its phone came in, and whether that session ended."""

    claimed_at: datetime
    came_in: bool
    has_left: bool
    asked: bool = False


def is_open(closes_at: datetime, now: datetime) -> bool:
    """Say whether a door that closes then is open."""
    return now < closes_at


def is_held(hold: Hold, now: datetime) -> bool:
    """Say whether nobody else may choose the name.

    Once in, it is held until that session ends; before that for five minutes from the choice.
    """
    if hold.came_in:
        return not hold.has_left
    return now - hold.claimed_at < CLAIM_LASTS


def place_of(hold: Hold | None, now: datetime) -> Place:
    """Say where the owner of a name of the roster stands."""
    if hold is None:
        return Place.NOT_HERE
    if hold.came_in:
        return Place.NOT_HERE if hold.has_left else Place.IN
    if hold.asked:
        return Place.NEEDS_YOU
    return Place.AT_THE_DOOR if is_held(hold, now) else Place.NOT_HERE


def next_step(*, is_known: bool, has_password: bool, has_pin: bool) -> Step:
    """Say what a phone does next: wait to be let in, choose a PIN the first time, or type the own one.

    A PIN that was handed out on paper is asked for, the first time too: otherwise whoever is quicker takes the name.
    """
    if not is_known:
        return Step.WAIT
    return Step.TYPE if has_password or has_pin else Step.CHOOSE
