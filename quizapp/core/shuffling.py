"""Order and chance that a seed decides, the same on every machine and Python."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


def rank(seed: int, *names: object) -> int:
    """Return a 64-bit number that seed and names alone decide."""
    text = "\x1f".join([str(seed), *map(str, names)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def question_seed(attempt_seed: int, question_key: str) -> int:
    """Return the seed of one question in one attempt.

    Most questions name their options a, b, c: with the attempt's seed alone the key would stand at the same
    place in each of them.
    """
    return rank(attempt_seed, "question", question_key)


def shuffled(items: Iterable[T], seed: int, *names: object) -> tuple[T, ...]:
    """Return the items in an order that seed and names decide.

    The place of an item depends on its own text, not on how many others there are.
    """
    return tuple(sorted(items, key=lambda item: (rank(seed, *names, item), str(item))))


def chosen(items: Sequence[T], seed: int, *names: object) -> T:
    """Return one of the items by seed and names.

    Raises:
        ValueError: there is none to choose from.
    """
    if not items:
        raise ValueError("nothing to choose from")
    return items[rank(seed, *names) % len(items)]
