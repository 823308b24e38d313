"""What an open page asks every few seconds: is the try still open, and when does it end. Nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from quizapp.core.attempts import State, shown_state
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.attempts import access_attempt
from quizapp.services.handing_in import BY_TIME
from quizapp.services.runtime import Work, reading
from quizapp.services.windows import accommodations_now


@dataclass(frozen=True, slots=True)
class AttemptState:
    """A try as its open page follows it.

    Attributes:
        state: as people see it: overdue reads as handed in.
        closed_by: who or what handed it in, or None while it is open and when it was voided while open.
        generation: grows by one with each reopening.
    """

    state: State
    closed_by: str | None
    now: datetime
    deadline_at: datetime | None
    generation: int
    hides_clock: bool


@reading
def attempt_state(work: Work, actor: Actor, *, attempt_id: int) -> AttemptState:
    """Return where the try is now; two statements, because every open page asks.

    Raises:
        NotFound: not the actor's attempt.
    """
    attempt = access_attempt(work, actor, Permission.ANSWER, id=attempt_id).attempt
    accommodation = accommodations_now(work, [attempt.student_id]).get(attempt.student_id)
    stored = State(attempt.state)
    state = shown_state(stored, attempt.deadline_at, work.now)
    return AttemptState(
        state=state,
        closed_by=attempt.handed_in_by if state is stored else BY_TIME,
        now=work.now,
        deadline_at=attempt.deadline_at,
        generation=attempt.generation,
        hides_clock=bool(accommodation and accommodation.hides_clock),
    )
