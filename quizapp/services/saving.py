"""Saving answers: acknowledged means committed, and nothing older ever lies over something newer.

A save takes four statements and one commit: the session, the attempt by its door, the answers, their history.
The questions come from the shelf. What a page without script has seen (its *revision*) follows from the orders of
the stored answers, so a save need not count anything up in ``attempts``. Only what could not be stored asks the
database once or twice more, to say why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.attempts import Order, Outcome, State, takes_answers
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Value
from quizapp.core.responses import ACKNOWLEDGED, outcome_beside, revision
from quizapp.question_types.contract import FormFields
from quizapp.services.access.attempts import access_attempt
from quizapp.services.asked import Asked, asked_in
from quizapp.services.handing_in import expire
from quizapp.services.runtime import Work, use_case
from quizapp.services.stored_answers import Kept, keep_history, store_newer, stored_answers, was_stored
from quizapp.storage.tables import Attempt, Response

UNKNOWN_QUESTION = Message("This try has no such question. Load the page again.")


@dataclass(frozen=True, slots=True)
class Arrived:
    """One answer as it came from a page.

    Attributes:
        slot: the question.
        seq: counts up within the page's lease.
        value: the answer as JSON; None is blank.
        fields: in place of a value, the question's form fields, from which its type reads the value.
    """

    slot: int
    seq: int
    value: Value = None
    fields: FormFields | None = None
    is_flagged: bool = False
    sure: bool | None = None
    shown_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What became of one answer that arrived. The texts are plain lines, for a choice between both."""

    slot: int
    seq: int
    outcome: Outcome
    problems: tuple[Message, ...] = ()
    yours: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()
    stored_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        """The page may forget it: it, or something newer of the same hand, is stored."""
        return self.outcome in ACKNOWLEDGED


@dataclass(frozen=True, slots=True)
class Saved:
    """The server's word on a save. ``state`` is the attempt's as people see it."""

    state: State
    now: datetime
    deadline_at: datetime | None
    acknowledged: tuple[Acknowledged, ...]
    needs_lease: bool = False


@dataclass(frozen=True, slots=True)
class Lease:
    """A page's place in the order of saves, and what the page should know when it takes it."""

    lease: int
    revision: str
    now: datetime
    deadline_at: datetime | None
    state: State


@use_case
def take_lease(work: Work, actor: Actor, *, attempt_id: int) -> Lease:
    """Give a page the newest place in the order of saves; an overdue attempt is stored as handed in instead.

    Raises:
        NotFound: not the actor's attempt.
    """
    at_hand = access_attempt(work, actor, Permission.ANSWER, id=attempt_id, for_update=True)
    attempt = at_hand.attempt
    if takes_answers(State(attempt.state), attempt.deadline_at, work.now):
        next_lease(work, attempt)
    else:
        expire(work, actor, at_hand)
    orders = {slot: Order(row.lease, row.seq) for slot, row in stored_answers(work, attempt.id).items()}
    state = State(attempt.state)
    return Lease(attempt.lease, revision(orders), work.now, attempt.deadline_at, state)


def next_lease(work: Work, attempt: Attempt) -> int:
    """Take the next lease of an attempt that is locked."""
    attempt.lease += 1
    return attempt.lease


@use_case
def save_responses(
    work: Work, actor: Actor, *, attempt_id: int, lease: int, responses: Sequence[Arrived]
) -> Saved:
    """Store what a page sends, each answer for itself, and keep every value in the history.

    A replay is acknowledged again. What can't be stored (malformed, unknown question, attempt closed, a newer
    window) is told per answer and kept in the history.

    Raises:
        NotFound: not the actor's attempt.
    """
    at_hand = access_attempt(work, actor, Permission.ANSWER, id=attempt_id, for_update=True)
    attempt = at_hand.attempt
    is_open = takes_answers(State(attempt.state), attempt.deadline_at, work.now)
    acknowledged = take_in(work, attempt, lease, responses, source="script")
    if not is_open:
        expire(work, actor, at_hand)
    return Saved(
        state=State(attempt.state),
        now=work.now,
        deadline_at=attempt.deadline_at,
        acknowledged=acknowledged,
        needs_lease=lease > attempt.lease or (is_open and _goes_on(work, attempt, lease, responses)),
    )


def _goes_on(work: Work, attempt: Attempt, lease: int, arrived: Sequence[Arrived]) -> bool:
    """Say whether a page from before the attempt was reopened may go on with a new lease.

    Where another page has answered the same since, its student is asked which answer to keep.
    """
    if lease >= attempt.first_lease:
        return False
    stored = stored_answers(work, attempt.id)
    return all(one.slot not in stored or stored[one.slot].lease < attempt.first_lease for one in arrived)


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """An answer that arrived, read by its question's type. Two alike are still two."""

    arrived: Arrived
    asked: Asked | None
    value: Value
    problems: tuple[Message, ...]

    def lines(self, value: Value) -> tuple[str, ...]:
        """Return an answer to this question as plain lines."""
        return tuple(self.asked.type.summary(self.asked.settings, value)) if self.asked else ()


def take_in(
    work: Work, attempt: Attempt, lease: int, arrived: Sequence[Arrived], *, source: str
) -> tuple[Acknowledged, ...]:
    """Store what is newer than what is there, note everything, and say what became of each answer.

    The attempt is locked by the caller.
    """
    asked = {one.slot: one for one in asked_in(work, attempt)}
    read = [_read(asked.get(one.slot), one) for one in arrived]
    is_open = takes_answers(State(attempt.state), attempt.deadline_at, work.now)
    # A lease that was never given would win over every page to come. One from before the attempt was reopened may
    # bring what is older than the answer that was handed in with the same value and a later place.
    may_store = is_open and attempt.first_lease <= lease <= attempt.lease
    newest = _newest_by_slot(read) if may_store else {}
    stored = store_newer(
        work, attempt, [_kept(one, lease, Outcome.STORED, source) for one in newest.values()]
    )
    done = [one for slot, one in newest.items() if slot in stored]
    beside = _beside(work, attempt, lease, [one for one in read if one not in done and not one.problems])
    acknowledged, history = [], []
    for one in read:
        stored_at = stored[one.arrived.slot] if one in done else None
        told = _told(one, Order(lease, one.arrived.seq), beside, stored_at=stored_at, is_open=is_open)
        acknowledged.append(told)
        if one in done or not told.is_kept or (told.outcome is Outcome.OLDER and not beside.knows(one)):
            history.append(_kept(one, lease, told.outcome, source))
    keep_history(work, attempt, history)
    return tuple(acknowledged)


def stored_before(
    work: Work, attempt: Attempt, arrived: Sequence[Arrived], stored: Mapping[int, Response]
) -> tuple[Acknowledged, ...] | None:
    """Acknowledge answers that lie there already, every one of them; None where any is news to be taken in."""
    asked = {one.slot: one for one in asked_in(work, attempt)}
    acknowledged = []
    for one in arrived:
        row, read = stored.get(one.slot), _read(asked.get(one.slot), one)
        given = (read.value, one.sure, one.is_flagged)
        if row is None or read.problems or given != (row.value, row.sure, row.is_flagged):
            return None
        acknowledged.append(Acknowledged(one.slot, one.seq, Outcome.STORED, stored_at=row.saved_at))
    return tuple(acknowledged)


def _read(asked: Asked | None, arrived: Arrived) -> _Read:
    if asked is None:
        value = arrived.value if arrived.fields is None else {k: list(v) for k, v in arrived.fields.items()}
        return _Read(arrived, None, value, (UNKNOWN_QUESTION,))
    value = arrived.value
    if arrived.fields is not None:
        value = asked.type.read_form(asked.settings, arrived.fields, asked.name)
    return _Read(arrived, asked, value, tuple(asked.type.problems(asked.settings, value)))


def _newest_by_slot(read: Sequence[_Read]) -> dict[int, _Read]:
    newest: dict[int, _Read] = {}
    for one in read:
        known = newest.get(one.arrived.slot)
        if not one.problems and (known is None or one.arrived.seq > known.arrived.seq):
            newest[one.arrived.slot] = one
    return newest


def _kept(one: _Read, lease: int, outcome: Outcome, source: str) -> Kept:
    arrived = one.arrived
    return Kept(
        slot=arrived.slot,
        value=one.value,
        order=Order(lease, arrived.seq),
        is_flagged=arrived.is_flagged,
        sure=arrived.sure,
        shown_at=arrived.shown_at,
        outcome=outcome,
        source=source,
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the database holds beside the answers that were not stored now."""

    stored: Mapping[int, Response]
    known: frozenset[tuple[int, int]]

    def knows(self, one: _Read) -> bool:
        """Say whether this very value was stored before."""
        return (one.arrived.slot, one.arrived.seq) in self.known


def _beside(work: Work, attempt: Attempt, lease: int, left: Sequence[_Read]) -> _Beside:
    if not left:
        return _Beside({}, frozenset())
    places = [(one.arrived.slot, one.arrived.seq) for one in left]
    return _Beside(stored_answers(work, attempt.id), was_stored(work, attempt, lease, places))


def _told(
    one: _Read, order: Order, beside: _Beside, *, stored_at: datetime | None, is_open: bool
) -> Acknowledged:
    slot, seq = one.arrived.slot, one.arrived.seq
    if one.problems:
        outcome = Outcome.UNKNOWN if one.asked is None else Outcome.MALFORMED
        return Acknowledged(slot, seq, outcome, problems=one.problems)
    if stored_at is not None:
        return Acknowledged(slot, seq, Outcome.STORED, stored_at=stored_at)
    refused = Outcome.STALE if is_open else Outcome.CLOSED
    row = beside.stored.get(slot)
    if row is None:
        return Acknowledged(slot, seq, refused, yours=one.lines(one.value))
    outcome = outcome_beside(
        order,
        Order(row.lease, row.seq),
        is_same_value=row.value == one.value,
        was_stored=beside.knows(one),
    )
    if outcome in ACKNOWLEDGED:
        return Acknowledged(slot, seq, outcome, stored_at=row.saved_at)
    return Acknowledged(
        slot,
        seq,
        refused,
        yours=one.lines(one.value),
        stored=one.lines(row.value),
        stored_at=row.saved_at,
    )
