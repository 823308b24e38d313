"""Answers in the database: stored where newer, and every value that ever arrived in the history.

Statements are prepared once a dialect: a class saves here all at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, case, func, insert, select, tuple_

from quizapp.core.attempts import Order, Outcome
from quizapp.core.questions import Value
from quizapp.services.runtime import Work
from quizapp.storage.queries.inserting import as_json, dialect_of, insert_into, table_of
from quizapp.storage.tables import Attempt, Response, ResponseHistory

LONGEST_REFUSED = 20_000
"""Characters that are kept of a value that was refused."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A value on its way into the database. ``source``: script, form or submission."""

    slot: int
    value: Value
    order: Order
    is_flagged: bool
    sure: bool | None
    shown_at: datetime | None
    outcome: Outcome
    source: str


_STORED = (
    select(Response)
    .where(Response.attempt_id == bindparam("attempt_id"))
    .execution_options(populate_existing=True)
)


def stored_answers(work: Work, attempt_id: int) -> dict[int, Response]:
    """Return the stored answers of an attempt by slot."""
    rows = work.session.scalars(_STORED, {"attempt_id": attempt_id})
    return {row.slot: row for row in rows}


def was_stored(
    work: Work, attempt: Attempt, lease: int, places: Iterable[tuple[int, int]]
) -> frozenset[tuple[int, int]]:
    """Return those of the (slot, seq) of a lease that were stored before, whatever lies there now."""
    rows = work.session.execute(
        select(ResponseHistory.slot, ResponseHistory.seq).where(
            ResponseHistory.attempt_id == attempt.id,
            ResponseHistory.lease == lease,
            ResponseHistory.slot.in_({slot for slot, _ in places}),
            ResponseHistory.outcome.in_([Outcome.STORED.value, Outcome.OLDER.value]),
        )
    )
    return frozenset((slot, seq) for slot, seq in rows)


@cache
def _upsert(dialect: str) -> Executable:
    statement = insert_into(dialect, Response)
    new, there = statement.excluded, table_of(Response).c
    replaced = ("value", "is_flagged", "sure", "lease", "seq")
    return statement.on_conflict_do_update(
        index_elements=[there.attempt_id, there.slot],
        # The instant at which the question was first shown stays; a form without script knows none.
        set_={
            **{name: new[name] for name in replaced},
            "shown_at": func.coalesce(there.shown_at, new.shown_at),
            # A clock that was put back never makes an answer look older than the one before.
            "saved_at": case((there.saved_at > new.saved_at, there.saved_at), else_=new.saved_at),
        },
        where=tuple_(new.lease, new.seq) > tuple_(there.lease, there.seq),
    ).returning(there.slot, there.saved_at)


# RETURNING makes it one statement however many rows there are; without it the driver sends one a row.
_HISTORY = insert(table_of(ResponseHistory)).returning(table_of(ResponseHistory).c.id)


def store_newer(work: Work, attempt: Attempt, answers: Sequence[Kept]) -> dict[int, datetime]:
    """Store each answer that is newer than what is there, in one statement; return when, by slot.

    At most one answer a slot.
    """
    if not answers:
        return {}
    rows = [
        {
            "school_id": attempt.school_id,
            "attempt_id": attempt.id,
            "slot": one.slot,
            "value": as_json(one.value),
            "is_flagged": one.is_flagged,
            "sure": one.sure,
            "lease": one.order.lease,
            "seq": one.order.seq,
            "shown_at": one.shown_at,
            "saved_at": work.now,
        }
        for one in answers
    ]
    stored = work.session.execute(_upsert(dialect_of(work.session)), rows)
    return {row.slot: row.saved_at for row in stored}


def keep_history(work: Work, attempt: Attempt, values: Sequence[Kept]) -> None:
    """Add values to the history, in one statement, whatever became of them."""
    if not values:
        return
    rows = [
        {
            "school_id": attempt.school_id,
            "attempt_id": attempt.id,
            "slot": one.slot,
            "generation": attempt.generation,
            "value": as_json(_storable(one.value)),
            "sure": one.sure,
            "lease": one.order.lease,
            "seq": one.order.seq,
            "outcome": one.outcome.value,
            "source": one.source,
            "saved_at": work.now,
        }
        for one in values
    ]
    work.session.execute(_HISTORY, rows)


def _storable(value: Any) -> Any:
    """Return the value, or for one that the databases don't take (NUL, half a surrogate, huge) its text."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError):
        text = "\0"
    if "\\u0000" in text or "\0" in text or len(text) > LONGEST_REFUSED:
        return {"refused": ascii(value)[:LONGEST_REFUSED]}
    return value
