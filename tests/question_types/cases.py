"""Each type's own cases, and settings made from them that differ in one thing."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from quizapp.core.questions import Move
from quizapp.question_types.contract import Cardinality
from quizapp.question_types.registry import AnyType, question_types
from tests.question_types.pages import TYPES

SECRET = "canary-7f3a"
_SECRET_TEXTS = {
    "feedback",
    "reason",
    "correction",
    "why",
    "levels",
    "title",
    "claim",
    "origin",
    "holds_up",
    "closing",
}


@dataclass(frozen=True)
class TypeCases:
    """One type with its ``cases.yaml``, parsed."""

    type: AnyType
    content: dict[str, Any]

    @property
    def settings(self) -> Any:
        return self.type.parse(self.content["settings"])

    @property
    def values(self) -> list[Any]:
        return [case["value"] for case in self.content["values"]]


def all_cases() -> list[TypeCases]:
    return [
        TypeCases(kind, yaml.safe_load((TYPES / name / "cases.yaml").read_text(encoding="utf-8")))
        for name, kind in question_types().items()
    ]


def changed(settings: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of the settings with ``path.to.0.key`` set anew, or taken out where the value is ~."""
    copied = copy.deepcopy(settings)
    for path, new in change.items():
        *way, last = path.split(".")
        place: Any = copied
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        if isinstance(place, list):
            place[int(last)] = new
        elif new == "~":
            del place[_as_in(place, last)]
        else:
            place[_as_in(place, last)] = new
    return copied


def _as_in(place: dict[Any, Any], key: str) -> Any:
    return next((there for there in place if str(there) == key), key)


def with_secrets(node: Any, *, is_secret: bool = False) -> Any:
    """Return settings whose texts for feedback, rubric and authors all hold the canary."""
    if isinstance(node, dict):
        is_anchor = "level" in node
        return {
            key: with_secrets(
                child, is_secret=is_secret or key in _SECRET_TEXTS or (is_anchor and key == "text")
            )
            for key, child in node.items()
        }
    if isinstance(node, list):
        return [with_secrets(child, is_secret=is_secret) for child in node]
    if is_secret and isinstance(node, str):
        return "C07" if node.startswith("C") and node[1:].isdigit() else f"{node} {SECRET}"
    return node


def with_other_keys(node: Any) -> Any:
    """Return settings whose keys and ranks belong to the neighbours; as many as before."""
    if isinstance(node, dict):
        return {key: with_other_keys(child) for key, child in node.items()}
    if not isinstance(node, list):
        return node
    children = [with_other_keys(child) for child in node]
    for secret, absent in (
        ("key", False),
        ("rank", None),
        ("correction", None),
        ("accept", []),
        ("origin", None),
        ("changes_most", False),
    ):
        if any(isinstance(child, dict) and secret in child for child in children):
            given = [child.get(secret, absent) for child in children]
            for child, new in zip(children, given[1:] + given[:1], strict=True):
                child[secret] = new
    return children


def every_choice(case: TypeCases) -> Iterator[Any]:
    """Return answers that together hold every choice of every part at least once.

    A type whose parts depend on one another lists them itself, as ``every_choice``.
    """
    if "every_choice" in case.content:
        yield from case.content["every_choice"]
        return
    settings = case.settings
    match case.type.cardinality:
        case Cardinality.SINGLE:
            yield from case.type.part_ids(settings) if case.type.move is not Move.WRITE else []
        case Cardinality.MULTIPLE:
            yield from ([part] for part in case.type.part_ids(settings))
        case Cardinality.ORDERED:
            right = case.type.correct_value(settings)
            yield from (right, right[::-1])
        case Cardinality.RECORD:
            offered = {part: case.type.choices_of(settings, part) for part in case.type.part_ids(settings)}
            for place in range(max(map(len, offered.values()))):
                yield {part: choices[place % len(choices)] for part, choices in offered.items()}
