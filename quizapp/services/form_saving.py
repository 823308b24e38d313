"""Saving without script: one form with every question, and the revision that its page has seen.

What changed since the page was made is found by slot, so that a window that was left open never overwrites what was
answered elsewhere, and is asked only where the student typed something else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from quizapp.core.attempts import Order, Outcome, State, takes_answers
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Value
from quizapp.core.responses import seen_orders
from quizapp.question_types.contract import FormFields
from quizapp.services.access.attempts import access_attempt
from quizapp.services.asked import Asked, asked_in
from quizapp.services.handing_in import expire
from quizapp.services.runtime import Work, use_case
from quizapp.services.stored_answers import Kept, keep_history, store_newer, stored_answers
from quizapp.storage.tables import Attempt, Response, ResponseHistory

SOURCE = "form"


class Keep(StrEnum):
    """The student's choice between two answers."""

    MINE = "mine"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A posted form. ``flagged`` and ``cleared`` hold field names; ``asked`` the slots that showed two answers."""

    fields: FormFields
    revision: str
    flagged: frozenset[str] = frozenset()
    cleared: str = ""
    asked: frozenset[int] = frozenset()
    keeps: Mapping[int, Keep] | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """A question of the form that was not stored: refused, or answered elsewhere in the meantime.

    ``stored`` is None where the answer was refused.
    """

    slot: int
    value: Value
    is_flagged: bool
    problems: tuple[Message, ...] = ()
    yours: tuple[str, ...] = ()
    stored: tuple[str, ...] | None = None
    stored_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SheetSaved:
    """What became of a form. ``state`` is the attempt's as people see it."""

    state: State
    saved: int
    open: tuple[Open, ...]

    @property
    def has_conflict(self) -> bool:
        """The student is asked which of two answers to keep."""
        return any(one.stored is not None for one in self.open)


@dataclass(frozen=True, slots=True)
class _Typed:
    asked: Asked
    value: Value
    is_flagged: bool


@use_case
def save_sheet(work: Work, actor: Actor, *, attempt_id: int, sheet: Sheet) -> SheetSaved:
    """Store what the form changes, under a lease of its own; tell what could not be stored.

    Raises:
        NotFound: not the actor's attempt.
    """
    at_hand = access_attempt(work, actor, Permission.ANSWER, id=attempt_id, for_update=True)
    attempt = at_hand.attempt
    stored = stored_answers(work, attempt.id)
    changed = [
        typed
        for typed in (_typed(asked, sheet) for asked in asked_in(work, attempt))
        if not _is_stored(typed, stored.get(typed.asked.slot))
    ]
    if not takes_answers(State(attempt.state), attempt.deadline_at, work.now):
        _keep(work, attempt, changed, Outcome.CLOSED, Order(attempt.lease, 0))
        expire(work, actor, at_hand)
        return SheetSaved(State(attempt.state), 0, ())
    return _store(work, attempt, sheet, changed, stored)


def _store(
    work: Work, attempt: Attempt, sheet: Sheet, changed: list[_Typed], stored: Mapping[int, Response]
) -> SheetSaved:
    problems = {
        one.asked.slot: tuple(one.asked.type.problems(one.asked.settings, one.value)) for one in changed
    }
    refused = [one for one in changed if problems[one.asked.slot]]
    sound = [one for one in changed if not problems[one.asked.slot]]
    conflicts, dropped = _beside_newer(work, attempt, sheet, sound, stored)
    saved = [one for one in sound if one not in conflicts and one not in dropped]
    if saved:
        attempt.lease += 1
    order = Order(attempt.lease, 0)
    kept = _keep(work, attempt, saved, Outcome.STORED, order)
    store_newer(work, attempt, kept)
    _keep(work, attempt, refused, Outcome.MALFORMED, order)
    _keep(work, attempt, conflicts, Outcome.STALE, order)
    left = [_refused(one, problems[one.asked.slot]) for one in refused]
    left += [_conflict(one, stored.get(one.asked.slot)) for one in conflicts]
    return SheetSaved(State(attempt.state), len(saved), tuple(sorted(left, key=lambda one: one.slot)))


def _typed(asked: Asked, sheet: Sheet) -> _Typed:
    value = None
    if asked.name != sheet.cleared:
        value = asked.type.read_form(asked.settings, sheet.fields, asked.name)
    return _Typed(asked, value, asked.name in sheet.flagged)


def _is_stored(typed: _Typed, row: Response | None) -> bool:
    value, is_flagged = (row.value, row.is_flagged) if row else (None, False)
    return bool(typed.value == value) and typed.is_flagged == is_flagged


def _beside_newer(
    work: Work, attempt: Attempt, sheet: Sheet, sound: list[_Typed], stored: Mapping[int, Response]
) -> tuple[list[_Typed], list[_Typed]]:
    """Return the questions that the student must choose about, and those where the stored answer stays."""
    seen, keeps = seen_orders(sheet.revision), sheet.keeps or {}
    conflicts, dropped, stale = [], [], []
    for one in sound:
        slot = one.asked.slot
        row = stored.get(slot)
        if row is not None and seen.get(slot) != Order(row.lease, row.seq):
            stale.append(one)
        elif keeps.get(slot) is Keep.OTHER:
            dropped.append(one)
        elif slot in sheet.asked and slot not in keeps:
            conflicts.append(one)
    shown = _values_at(work, attempt, seen) if stale else {}
    for one in stale:
        # Left as the page showed it: nothing was typed here, so nothing is asked.
        (dropped if one.value == shown.get(one.asked.slot) else conflicts).append(one)
    return conflicts, dropped


def _values_at(work: Work, attempt: Attempt, seen: Mapping[int, Order]) -> dict[int, Value]:
    """Return the answers that the page showed, from the history."""
    rows = work.session.execute(
        select(ResponseHistory.slot, ResponseHistory.lease, ResponseHistory.seq, ResponseHistory.value).where(
            ResponseHistory.attempt_id == attempt.id, ResponseHistory.outcome == Outcome.STORED.value
        )
    )
    return {slot: value for slot, lease, seq, value in rows if seen.get(slot) == Order(lease, seq)}


def _keep(work: Work, attempt: Attempt, values: list[_Typed], outcome: Outcome, order: Order) -> list[Kept]:
    kept = [
        Kept(one.asked.slot, one.value, order, one.is_flagged, None, None, outcome, SOURCE) for one in values
    ]
    keep_history(work, attempt, kept)
    return kept


def _refused(one: _Typed, problems: tuple[Message, ...]) -> Open:
    return Open(one.asked.slot, one.value, one.is_flagged, problems=problems)


def _conflict(one: _Typed, row: Response | None) -> Open:
    kind, settings = one.asked.type, one.asked.settings
    return Open(
        one.asked.slot,
        one.value,
        one.is_flagged,
        yours=tuple(kind.summary(settings, one.value)),
        stored=tuple(kind.summary(settings, row.value if row else None)),
        stored_at=row.saved_at if row else None,
    )
