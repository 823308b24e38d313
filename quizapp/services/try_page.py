"""One try as the teachers of its class see it: where it is, when it ends and why, what was done to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import select

from quizapp.core.attempts import State, shown_state
from quizapp.core.deadlines import extended, reopened
from quizapp.core.permissions import Actor
from quizapp.services.access.attempts import AttemptAtHand, TryPlace, access_taught_try
from quizapp.services.asked import asked_in
from quizapp.services.handing_in import BY_TIME
from quizapp.services.runtime import Work, reading
from quizapp.services.stored_answers import stored_answers
from quizapp.services.try_deeds import MINUTE
from quizapp.services.try_history import EXTENDED, HistoryLine, deeds_so_far, history_of, newest_deed
from quizapp.services.visibility import facts_of
from quizapp.services.windows import Window
from quizapp.storage.tables import Attempt, Classroom, Snapshot, User

OFFERED_MINUTES = (5, 10, 15, 30, 60, 24 * 60, 3 * 24 * 60, 7 * 24 * 60)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One time that the try was handed in."""

    generation: int
    receipt: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TryPage:
    """A try with everything that a teacher needs to decide about it.

    ``seen`` is how many deeds of teachers there were until now; every button sends it along. ``ends`` tells for each
    offer of minutes when the try would end, None where nothing would end it; an offer that changes nothing against the
    one before it is left out. ``rules_end_at`` is the end without any extra. ``key_is_shown``: the student may look at
    the right answers of this try now.
    """

    place: TryPlace
    classroom_title: str
    title: str
    student_id: int
    display_name: str
    number: int
    state: State
    generation: int
    started_at: datetime
    deadline_at: datetime | None
    finished_at: datetime | None
    handed_in_by: str | None
    last_saved_at: datetime | None
    answered: int
    questions: int
    window: Window
    now: datetime
    extra: timedelta
    seen: int
    ends: tuple[tuple[int, datetime | None], ...]
    rules_end_at: datetime | None
    takes_back: bool
    key_is_shown: bool
    handed_in: tuple[HandedIn, ...]
    history: tuple[HistoryLine, ...]

    @property
    def is_open(self) -> bool:
        """The student can work on it."""
        return self.state is State.IN_PROGRESS

    @property
    def is_void(self) -> bool:
        """It was set aside: nothing can be done to it any more."""
        return self.state is State.VOIDED

    @property
    def may_be_extended(self) -> bool:
        """It is open and has an end that can be moved."""
        return self.is_open and self.deadline_at is not None

    @property
    def may_be_reopened(self) -> bool:
        """It is closed and was not set aside."""
        return not self.is_open and not self.is_void

    @property
    def rules_leave_enough(self) -> bool:
        """It is closed, and the first offer gives no more than the rules leave where it is opened again."""
        return self.may_be_reopened and self.ends[0][1] == self.rules_end_at


@reading
def try_page(work: Work, actor: Actor, *, place: TryPlace) -> TryPage:
    """Return one try of a student; the same few statements for every try.

    Raises:
        NotFound: no such try in a class that the actor teaches.
    """
    at_hand = access_taught_try(work, actor, place)
    attempt, assignment = at_hand.attempt, at_hand.assignment
    state = shown_state(State(attempt.state), attempt.deadline_at, work.now)
    is_stored = state is State(attempt.state)
    facts = facts_of(work, assignment, attempt.student_id)
    window = facts.window
    stored, asked = stored_answers(work, attempt.id), asked_in(work, attempt)
    values = ((one, stored[one.slot].value) for one in asked if one.slot in stored)
    last = newest_deed(work, attempt.school_id, attempt.id)
    return TryPage(
        place=place,
        classroom_title=work.session.get_one(Classroom, place.classroom_id).title,
        title=assignment.title,
        student_id=attempt.student_id,
        display_name=work.session.get_one(User, attempt.student_id).display_name,
        number=attempt.number,
        state=state,
        generation=attempt.generation,
        started_at=attempt.started_at,
        deadline_at=attempt.deadline_at,
        finished_at=attempt.finished_at if is_stored else attempt.deadline_at,
        handed_in_by=attempt.handed_in_by if is_stored else BY_TIME,
        last_saved_at=max((row.saved_at for row in stored.values()), default=None),
        answered=sum(1 for one, value in values if not one.type.is_blank(one.settings, value)),
        questions=len(asked),
        window=window,
        now=work.now,
        extra=timedelta(seconds=attempt.extra_seconds),
        seen=deeds_so_far(work, attempt.school_id, "attempt", attempt.id),
        ends=tuple(_differing(_ends(work, at_hand, window, state))),
        rules_end_at=window.deadline(attempt.started_at),
        takes_back=state is State.IN_PROGRESS and last is not None and last.action == EXTENDED,
        key_is_shown=state in (State.SUBMITTED, State.GRADED) and facts.shown.key,
        handed_in=_handed_in(work, attempt),
        history=history_of(work, attempt.school_id, attempt.id),
    )


def _ends(
    work: Work, at_hand: AttemptAtHand, window: Window, state: State
) -> Iterable[tuple[int, datetime | None]]:
    """Yield for each offer of minutes when the try would end: extended where it is open, else opened again."""
    attempt = at_hand.attempt
    rules_end_at = window.deadline(attempt.started_at)
    for minutes in OFFERED_MINUTES:
        extra = 0
        if rules_end_at is not None and state is not State.IN_PROGRESS:
            extra = reopened(rules_end_at, work.now, minutes * MINUTE)
        elif attempt.deadline_at is not None:
            extra = extended(attempt.extra_seconds, attempt.deadline_at, work.now, minutes * MINUTE)
        yield minutes, window.deadline(attempt.started_at, extra)


def _differing(ends: Iterable[tuple[int, datetime | None]]) -> Iterable[tuple[int, datetime | None]]:
    """Yield the first offer of those in a row that end at one time."""
    return (next(same) for _, same in groupby(ends, key=lambda offer: offer[1]))


def _handed_in(work: Work, attempt: Attempt) -> tuple[HandedIn, ...]:
    rows = work.session.execute(
        select(Snapshot.generation, Snapshot.receipt, Snapshot.handed_in_at)
        .where(Snapshot.attempt_id == attempt.id)
        .order_by(Snapshot.generation)
    )
    return tuple(HandedIn(*row) for row in rows)
