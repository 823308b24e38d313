"""The life of an attempt, as pure decisions.

``in_progress → submitted → graded``, and ``voided``. Overdue is a fact, not a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from quizapp.core.deadlines import is_overdue, is_past_grace
from quizapp.core.errors import Conflict
from quizapp.core.messages import Message


class State(StrEnum):
    """Where an attempt is. Open means in progress, closed any other."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    GRADED = "graded"
    VOIDED = "voided"


class Edge(StrEnum):
    """What moves an attempt."""

    SUBMIT = "submit"
    EXPIRE = "expire"
    GRADE = "grade"
    REGRADE = "regrade"
    REOPEN = "reopen"
    VOID = "void"


_EDGES = {
    (State.IN_PROGRESS, Edge.SUBMIT): State.SUBMITTED,
    (State.IN_PROGRESS, Edge.EXPIRE): State.SUBMITTED,
    (State.SUBMITTED, Edge.GRADE): State.GRADED,
    (State.GRADED, Edge.GRADE): State.GRADED,
    (State.GRADED, Edge.REGRADE): State.GRADED,
    (State.SUBMITTED, Edge.REGRADE): State.SUBMITTED,
    (State.SUBMITTED, Edge.REOPEN): State.IN_PROGRESS,
    (State.GRADED, Edge.REOPEN): State.IN_PROGRESS,
    (State.IN_PROGRESS, Edge.VOID): State.VOIDED,
    (State.SUBMITTED, Edge.VOID): State.VOIDED,
    (State.GRADED, Edge.VOID): State.VOIDED,
}


def after(state: State, edge: Edge) -> State:
    """Return the state that an edge leads to.

    Raises:
        Conflict: no such edge leaves the state; another window or person was faster.
    """
    try:
        return _EDGES[state, edge]
    except KeyError:
        raise Conflict(Message("This try has been changed in the meantime. Load the page again.")) from None


def is_transition(before: State, reached: State) -> bool:
    """Say whether some edge leads from one state to the other."""
    return any(state is before and end is reached for (state, _), end in _EDGES.items())


class Outcome(StrEnum):
    """What became of one answer that arrived."""

    STORED = "stored"
    OLDER = "older"
    MALFORMED = "malformed"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Order:
    """The place of a value in time: lexicographic, so a late packet never overwrites something newer."""

    lease: int
    seq: int

    def is_newer_than(self, other: Order | None) -> bool:
        """Say whether a value of this order replaces one of the other."""
        return other is None or (self.lease, self.seq) > (other.lease, other.seq)


def takes_answers(state: State, deadline_at: datetime | None, now: datetime) -> bool:
    """Say whether a value that arrives now is stored: the attempt is open, hidden grace included."""
    return state is State.IN_PROGRESS and not is_past_grace(deadline_at, now)


def shown_state(state: State, deadline_at: datetime | None, now: datetime) -> State:
    """Return the state as people see it: overdue is shown as handed in before the sweeper stores it."""
    if state is State.IN_PROGRESS and is_past_grace(deadline_at, now):
        return State.SUBMITTED
    return state


def finish_of(deadline_at: datetime | None, now: datetime) -> datetime:
    """Return the recorded finish: the deadline when it has passed, else now."""
    return deadline_at if deadline_at is not None and is_overdue(deadline_at, now) else now
