"""What an author writes for *Editor's desk*: nodes, the actions that lead on from them, and the meters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from quizapp.question_types.authoring import (
    RIGHT,
    WRONG,
    InlineText,
    MisconceptionId,
    PartId,
    Reference,
    check_count,
    check_unique,
)
from quizapp.question_types.contract import SettingsModel
from quizapp.question_types.decide_each import Choice

REASON_RIGHT, REASON_WRONG = "reason-right", "reason-wrong"
FALLBACKS = (RIGHT, WRONG, REASON_RIGHT, REASON_WRONG)
"""The feedback that every node has, on the action and on the reason."""
MOST_EFFECT = 3


def _has_fallbacks(feedback: dict[str, str]) -> dict[str, str]:
    missing = [fallback for fallback in FALLBACKS if fallback not in feedback]
    if missing:
        raise ValueError(f"the feedback lacks “{'” and “'.join(missing)}”: write {', '.join(FALLBACKS)}")
    return feedback


class MeterWord(SettingsModel):
    """What a meter says from this count of steps up."""

    least: int
    text: InlineText


class Meter(SettingsModel):
    """Something that the way taken changes, told in words."""

    id: PartId
    text: InlineText
    words: tuple[MeterWord, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count(f"words of meter “{self.id}”", len(self.words), 2, 4)
        counts = [word.least for word in self.words]
        if counts != sorted(set(counts)) or counts[0] != 0:
            raise ValueError(f"the words of meter “{self.id}” must begin at 0 and rise")
        return self


class Action(SettingsModel):
    """One thing to do. It is defensible with the reasons that it accepts; without any it is not defensible."""

    id: PartId
    text: InlineText
    accept: tuple[str, ...] = ()
    next: PartId | None = None
    effects: dict[PartId, Annotated[int, Field(ge=1, le=MOST_EFFECT)]] = Field(default_factory=dict)

    @property
    def is_defensible(self) -> bool:
        """An editor could stand by it."""
        return bool(self.accept)


class Node(SettingsModel):
    """One decision with what can be done and why."""

    id: PartId
    text: InlineText
    actions: tuple[Action, ...]
    reasons: tuple[Choice, ...]
    evidence: Reference
    feedback: Annotated[dict[str, InlineText], AfterValidator(_has_fallbacks)]
    misconception: MisconceptionId | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count(f"actions of node “{self.id}”", len(self.actions), 2, 4)
        check_count(f"reasons of node “{self.id}”", len(self.reasons), 2, 4)
        if not any(action.is_defensible for action in self.actions):
            raise ValueError(f"node “{self.id}” has no defensible action: let one accept a reason")
        reasons = [reason.id for reason in self.reasons]
        for action in self.actions:
            _check_known(f"action “{action.id}” accepts", action.accept, reasons)
        _check_known(f"node “{self.id}” has feedback for", self.feedback, (*FALLBACKS, *self.pick_ids))
        return self

    @property
    def pick_ids(self) -> tuple[str, ...]:
        """The ids of the actions and of the reasons."""
        return (*(action.id for action in self.actions), *(reason.id for reason in self.reasons))

    def action(self, action_id: object) -> Action | None:
        """Return the action of that id, if the node has it."""
        return next((action for action in self.actions if action.id == action_id), None)

    def reason(self, reason_id: object) -> Choice | None:
        """Return the reason of that id, if the node has it."""
        return next((reason for reason in self.reasons if reason.id == reason_id), None)

    def feedback_on(self, action: Action) -> str:
        """Return what is said to somebody who did this."""
        return self.feedback.get(action.id) or self.feedback[RIGHT if action.is_defensible else WRONG]

    def feedback_on_reason(self, action: Action, reason: Choice) -> str:
        """Return what is said to somebody who did this for that reason."""
        fallback = REASON_RIGHT if reason.id in action.accept else REASON_WRONG
        return self.feedback.get(reason.id) or self.feedback[fallback]


class EditorsDeskSettings(SettingsModel):
    """The first node is the first step; every way from it to an end has as many steps."""

    meters: tuple[Meter, ...]
    nodes: tuple[Node, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count("meters", len(self.meters), 1, 3)
        check_unique("meters", (meter.id for meter in self.meters))
        check_count("nodes", len(self.nodes), 3, 6)
        check_unique("nodes", (node.id for node in self.nodes))
        picks = [pick for node in self.nodes for pick in node.pick_ids]
        check_unique("actions or reasons", picks)
        for reserved in {*FALLBACKS} & {*picks}:
            raise ValueError(
                f"an action or reason has the id “{reserved}”, which feedback needs: use another"
            )
        for node in self.nodes:
            for action in node.actions:
                _check_known(f"action “{action.id}” moves", action.effects, [one.id for one in self.meters])
        self._check_ways()
        return self

    def _check_ways(self) -> None:
        for place, node in enumerate(self.nodes):
            if node.id not in self.step_numbers:
                raise ValueError(f"no action leads to node “{node.id}”: name it as the next of one above it")
            later = {below.id for below in self.nodes[place + 1 :]}
            for action in node.actions:
                if action.next is not None and action.next not in later:
                    raise ValueError(
                        f"action “{action.id}” leads to “{action.next}”: allowed are nodes that stand below"
                    )
        self._check_lengths()
        if self._defensible_ways(self.nodes[0]) < 2:
            raise ValueError(
                "there is one defensible way: let more than one action of a step accept a reason"
            )

    def _check_lengths(self) -> None:
        for node in self.nodes:
            number = self.step_numbers[node.id]
            for action in node.actions:
                ends_early = action.next is None and number != self.steps
                if ends_early or (action.next and self.step_numbers[action.next] != number + 1):
                    raise ValueError(
                        f"the ways through action “{action.id}” differ in length: every way must have as many steps"
                    )

    def _defensible_ways(self, node: Node) -> int:
        return sum(
            self._defensible_ways(self.node(action.next)) if action.next else 1
            for action in node.actions
            if action.is_defensible
        )

    @cached_property
    def step_numbers(self) -> Mapping[str, int]:
        """The step at which each node stands, counted from 1; nodes that nothing leads to are left out."""
        numbers = {self.nodes[0].id: 1}
        for node in self.nodes:
            for action in node.actions:
                if node.id in numbers and action.next is not None:
                    numbers.setdefault(action.next, numbers[node.id] + 1)
        return numbers

    @cached_property
    def steps(self) -> int:
        """The steps of a way."""
        return max(self.step_numbers.values())

    def node(self, node_id: str) -> Node:
        """Return the node of that id."""
        return next(node for node in self.nodes if node.id == node_id)

    def nodes_of(self, number: int) -> tuple[Node, ...]:
        """Return the nodes at which somebody can stand at this step."""
        return tuple(node for node in self.nodes if self.step_numbers[node.id] == number)


def _check_known(what: str, named: Iterable[str], known: Iterable[str]) -> None:
    allowed = tuple(known)
    for name in named:
        if name not in allowed:
            raise ValueError(f"{what} “{name}”: allowed are {', '.join(allowed)}")
