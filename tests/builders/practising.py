"""The sample pack with five tasks for practice on one skill: three easy ones, two of them of a family, a medium one
in two cases, a hard one.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from quizapp.content.catalogue import Item, body_hash
from tests.builders.content import sample_items

SKILL = "s2"
TASKS = {
    "crossing": ("who-closed", {"difficulty": "easy", "family": "bridge"}),
    "lorries": ("who-lorries", {"difficulty": "easy", "family": "bridge"}),
    "month": ("who-moves", {"difficulty": "easy"}),
    "rent-a": ("who-rent-a", {"difficulty": "medium", "slot": "sample:rent"}),
    "rent-b": ("who-rent-b", {"difficulty": "medium", "slot": "sample:rent"}),
    "friday": ("who-friday", {"difficulty": "hard"}),
}
"""Each question: the question of the quiz that it is made like, and what it has of its own."""


@cache
def practice_items() -> tuple[Item, ...]:
    """Return what such a pack publishes."""
    items = {item.key: item for item in sample_items()}
    return (
        *sample_items(),
        *(practice_question(name, items[f"sample:{like}"], **own) for name, (like, own) in TASKS.items()),
    )


def practice_question(name: str, like: Item, **own: Any) -> Item:
    """Return a question for practice that is like another one but for its name and what is given."""
    key = f"sample:{name}"
    body = {**like.body, "key": key, "use": "practice", **own}
    return replace(like, key=key, body=body, hash=body_hash(body))


def choice(name: str, *, is_right: bool) -> str:
    """Return the option of a question that is right, or the first that is not."""
    like, _ = TASKS[name]
    (item,) = (item for item in sample_items() if item.key == f"sample:{like}")
    options = item.body["settings"]["options"]
    return str(next(one["id"] for one in options if bool(one["key"]) is is_right))
