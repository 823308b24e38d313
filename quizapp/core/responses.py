"""Answers in order: which of two is newer, what a page has seen, and what was handed in.

A save carries ``(lease, seq)``. A page takes a lease when it opens an attempt and counts its saves, so that a
replay, a late packet or a second window can never put something older over something newer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quizapp.core.attempts import Order, Outcome
from quizapp.core.questions import Value

ACKNOWLEDGED = frozenset({Outcome.STORED, Outcome.OLDER})
"""What a page may forget: the value, or a newer one of the same hand, is stored."""

RECEIPT_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters without those that are mistaken for one another when read aloud."""

RECEIPT_LENGTH = 12


def outcome_beside(given: Order, stored: Order, *, is_same_value: bool, was_stored: bool) -> Outcome:
    """Return what becomes of a value that was not stored now, beside the one that is there.

    Args:
        given: the order of the value that arrived.
        stored: the order of the value that is there.
        is_same_value: both are the same answer.
        was_stored: this very value was stored before, so that this is a replay of an acknowledged save.
    """
    if given == stored:
        return Outcome.STORED if is_same_value else Outcome.STALE
    if given.is_newer_than(stored) and not is_same_value:
        return Outcome.STALE
    if given.lease == stored.lease or is_same_value or was_stored:
        return Outcome.OLDER
    return Outcome.STALE


def revision(orders: Mapping[int, Order]) -> str:
    """Return what a page without script has seen: the order of each stored answer, by slot."""
    return " ".join(f"{slot}:{order.lease}.{order.seq}" for slot, order in sorted(orders.items()))


def seen_orders(text: str) -> dict[int, Order]:
    """Return the orders of a revision; what can't be read counts as not seen."""
    seen: dict[int, Order] = {}
    for part in text.split():
        numbers = part.replace(":", ".").split(".")
        if len(numbers) == 3 and all(number.isascii() and number.isdigit() for number in numbers):
            slot, lease, seq = map(int, numbers)
            seen[slot] = Order(lease, seq)
    return seen


def canonical_json(value: Any) -> str:
    """Return the one way to write a JSON value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Given:
    """The stored answer to one question."""

    slot: int
    value: Value
    order: Order
    sure: bool | None = None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in: every answer as canonical JSON, its sha256, and the number to read out."""

    body: str
    hash: str
    receipt: str


def handed_in(attempt_id: int, generation: int, answers: Iterable[Given]) -> HandedIn:
    """Return the snapshot of an attempt. The same answers give the same receipt."""
    body = canonical_json(
        {
            "attempt": attempt_id,
            "generation": generation,
            "responses": [
                {
                    "slot": one.slot,
                    "value": one.value,
                    "sure": one.sure,
                    "lease": one.order.lease,
                    "seq": one.order.seq,
                }
                for one in sorted(answers, key=lambda one: one.slot)
            ],
            "version": 1,
        }
    )
    digest = hashlib.sha256(body.encode())
    return HandedIn(body, digest.hexdigest(), _receipt(digest.digest()))


def _receipt(digest: bytes) -> str:
    number = int.from_bytes(digest, "big")
    signs = "".join(RECEIPT_SIGNS[number >> (5 * place) & 31] for place in range(RECEIPT_LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, RECEIPT_LENGTH, 4))
