"""Answers as students of different strength give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from quizapp.core.questions import Move, Value
from quizapp.question_types.registry import AnyType

Fields = Mapping[str, Sequence[str]]

WRITTEN: Mapping[int, Sequence[str]] = {
    2: (
        "The page says who told it this, and I would print that with the line. How he knows is not told, so I would "
        "ask for somebody who was there. What holds up is what the reporter saw: the place and the day.\n"
        "It comes from one side, who has an interest, so I write that they say it. Nobody else is named who checked "
        "it. Still one thing holds up, because they can speak for their own plan.\n"
        "Readers should know who gave us this and what we could not check: when it was made, and by whom. One part "
        "is backed, since the page was handed it and says so."
    ).splitlines(),
    1: (
        "He says it and he takes one side. I would write that he says it. More I can't tell.\n"
        "Some of it has a source and some has not. I would ask somebody else who was there.\n"
        "We don't know who made it. The page is fair, I think, because it says “reportedly”."
    ).splitlines(),
    0: (
        "It is all just what they say, so I believe none of it.\n"
        "It is in the news with numbers, so it is settled.\n"
        "There is no name, so it is worth nothing."
    ).splitlines(),
}
"""What students write, by the level that a teacher gives it."""

COMMENTS: Mapping[int, str] = {
    2: "You say who says it and what is open, and you found what holds up.",
    1: "A fair start. Now say how they know, and one thing that holds up.",
    0: "Doubt and trust are both quick. Which one line could you check, and with whom?",
}
"""What the teacher of the demo answers."""


def value_for(kind: AnyType, settings: Any, strength: float, chance: Random) -> Value:
    """Return an answer: each part right with the probability ``strength``, else another choice."""
    right = kind.correct_value(settings)
    match kind.move:
        case Move.PICK_ONE:
            return _one(right, list(kind.part_ids(settings)), strength, chance)
        case Move.DECIDE_EACH:
            return _decided(kind, settings, strength, chance)
        case Move.FIND_THEM:
            found = [
                part for part in kind.part_ids(settings) if (part in right) == (chance.random() < strength)
            ]
            return sorted(found) or [right[0]]
        case Move.PUT_IN_ORDER:
            return _nearly_sorted(right, strength, chance)
        case Move.WRITE:
            return written(2 if chance.random() < strength else 1, chance)


def written(level: int, chance: Random) -> str:
    """Return a written answer that a teacher puts at this level."""
    return chance.choice(WRITTEN[level])


def fields_for(kind: AnyType, value: Value, name: str) -> Fields:
    """Return the form fields with which a browser without script would send the value."""
    match kind.move:
        case Move.DECIDE_EACH:
            return {
                f"{name}.{line}": [choice] if isinstance(choice, str) else choice
                for line, choice in value.items()
            }
        case Move.FIND_THEM:
            return {name: list(value)}
        case Move.PUT_IN_ORDER:
            return {f"{name}.{element}": [str(place)] for place, element in enumerate(value, 1)}
        case Move.PICK_ONE | Move.WRITE:
            return {name: [value]}


def _decided(kind: AnyType, settings: Any, strength: float, chance: Random) -> dict[str, Any]:
    """Return a choice a line; the key of another line where this line offers it."""
    right = kind.correct_value(settings)
    offered = sorted({key for key in right.values() if isinstance(key, str)})
    value = {}
    for line, key in right.items():
        choice = _one(key, offered, strength, chance)
        value[line] = key if kind.problems(settings, {line: choice}) else choice
    return value


def _one(key: str, offered: Sequence[str], strength: float, chance: Random) -> str:
    others = [choice for choice in offered if choice != key]
    return key if not others or chance.random() < strength else chance.choice(others)


def _nearly_sorted(right: Sequence[str], strength: float, chance: Random) -> list[str]:
    order = list(right)
    for place in range(len(order) - 1):
        if chance.random() > strength:
            order[place], order[place + 1] = order[place + 1], order[place]
    return order
