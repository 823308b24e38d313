"""Answers as students of different strength give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from quizapp.core.questions import Move, Value
from quizapp.question_types.registry import AnyType

Fields = Mapping[str, Sequence[str]]

WRITTEN = (
    "The page gives this line to nobody, so I would print it with a question. The number comes from one person, "
    "who gains by it. What holds up is what the reporter saw there.\n"
    "One man says it, and he has an interest, so I write that he says it. How he counted is not known. That he "
    "wants more people to join in holds up, because it is his own aim.\n"
    "The article says it is a big number. It might be right. I would ask someone else who was there.\n"
    "It is all just what they say, so I believe none of it."
).splitlines()
"""For questions that a person marks: two good ones, one in between, one that only doubts."""


def value_for(kind: AnyType, settings: Any, strength: float, chance: Random) -> Value:
    """Return an answer: each part right with the probability ``strength``, else another choice."""
    right = kind.correct_value(settings)
    match kind.move:
        case Move.PICK_ONE:
            return _one(right, list(kind.part_ids(settings)), strength, chance)
        case Move.DECIDE_EACH:
            offered = sorted(set(right.values()))
            return {line: _one(key, offered, strength, chance) for line, key in right.items()}
        case Move.FIND_THEM:
            found = [
                part for part in kind.part_ids(settings) if (part in right) == (chance.random() < strength)
            ]
            return sorted(found) or [right[0]]
        case Move.PUT_IN_ORDER:
            return _nearly_sorted(right, strength, chance)
        case Move.WRITE:
            return WRITTEN[0 if chance.random() < strength else chance.randrange(1, len(WRITTEN))]


def fields_for(kind: AnyType, value: Value, name: str) -> Fields:
    """Return the form fields with which a browser without script would send the value."""
    match kind.move:
        case Move.DECIDE_EACH:
            return {f"{name}.{line}": [choice] for line, choice in value.items()}
        case Move.FIND_THEM:
            return {name: list(value)}
        case Move.PUT_IN_ORDER:
            return {f"{name}.{element}": [str(place)] for place, element in enumerate(value, 1)}
        case Move.PICK_ONE | Move.WRITE:
            return {name: [value]}


def _one(key: str, offered: Sequence[str], strength: float, chance: Random) -> str:
    others = [choice for choice in offered if choice != key]
    return key if not others or chance.random() < strength else chance.choice(others)


def _nearly_sorted(right: Sequence[str], strength: float, chance: Random) -> list[str]:
    order = list(right)
    for place in range(len(order) - 1):
        if chance.random() > strength:
            order[place], order[place + 1] = order[place + 1], order[place]
    return order
