"""The way that an answer takes over the desk, as far as it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.question_types.decide_each import Choice
from quizapp.question_types.editors_desk.settings import Action, EditorsDeskSettings, Meter, Node


def part_of(number: int) -> str:
    """Return the part of a step's action."""
    return f"step-{number}"


def reason_part_of(number: int) -> str:
    """Return the part of a step's reason."""
    return f"step-{number}.reason"


@dataclass(frozen=True, slots=True)
class Step:
    """A node that the way comes to, and what was picked there."""

    number: int
    node: Node
    action: Action | None
    reason: Choice | None


def way(settings: EditorsDeskSettings, value: Any) -> tuple[Step, ...]:
    """Return the steps from the first to the first that is open, also out of a value that has problems."""
    given: Mapping[str, Any] = value if isinstance(value, dict) else {}
    steps: list[Step] = []
    node: Node | None = settings.nodes[0]
    while node is not None:
        number = len(steps) + 1
        action = node.action(given.get(part_of(number)))
        steps.append(Step(number, node, action, node.reason(given.get(reason_part_of(number)))))
        node = settings.node(action.next) if action and action.next else None
    return tuple(steps)


def left_behind(settings: EditorsDeskSettings, value: Any, steps: Sequence[Step]) -> list[int]:
    """Return the numbers of the steps whose answers do not follow from the steps before them any more."""
    given: Mapping[str, Any] = value if isinstance(value, dict) else {}
    followed = {step.number for step in steps if step.action}
    return [
        number
        for number in range(1, settings.steps + 1)
        if number not in followed and given.get(part_of(number))
    ]


def reading(meter: Meter, steps: Sequence[Step]) -> int:
    """Return which of its words a meter says after these steps."""
    count = sum(step.action.effects.get(meter.id, 0) for step in steps if step.action)
    return max(place for place, word in enumerate(meter.words) if word.least <= count)
