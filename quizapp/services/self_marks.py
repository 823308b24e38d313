"""Where a student puts the own written answer among the three anchors. It never counts."""

from __future__ import annotations

from sqlalchemy import select

from quizapp.core.attempts import State, shown_state
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Move
from quizapp.core.rubrics import LEVELS
from quizapp.services.access.attempts import access_attempt
from quizapp.services.asked import asked_in
from quizapp.services.runtime import Work, use_case
from quizapp.services.visibility import facts_of
from quizapp.storage.queries.inserting import dialect_of, insert_into, table_of
from quizapp.storage.tables import SelfMark


def self_levels(work: Work, attempt_id: int) -> dict[int, int]:
    """Return the chosen levels by slot."""
    rows = work.session.execute(
        select(SelfMark.slot, SelfMark.level).where(SelfMark.attempt_id == attempt_id)
    )
    return {row.slot: row.level for row in rows}


@use_case
def mark_oneself(work: Work, actor: Actor, *, attempt_id: int, slot: int, level: int) -> None:
    """Keep which anchor the student finds most like the own answer. It never counts, and may be changed.

    Raises:
        NotFound: not the actor's attempt, no written answer of it, or its anchors are not shown yet.
        Refusal: no such level (field ``level``).
    """
    at_hand = access_attempt(work, actor, Permission.REVIEW, id=attempt_id, for_update=True)
    attempt = at_hand.attempt
    asked = next((one for one in asked_in(work, attempt) if one.slot == slot), None)
    is_closed = shown_state(State(attempt.state), attempt.deadline_at, work.now) is not State.IN_PROGRESS
    if (
        asked is None
        or asked.type.move is not Move.WRITE
        or not is_closed
        or not facts_of(work, at_hand.assignment, at_hand.attempt.student_id).shown.key
    ):
        raise NotFound
    if level not in LEVELS:
        raise Refusal("level", Message("Choose one of the three."))
    statement = insert_into(dialect_of(work.session), SelfMark)
    mark = table_of(SelfMark).c
    work.session.execute(
        statement.on_conflict_do_update(
            index_elements=[mark.attempt_id, mark.slot],
            set_={"level": statement.excluded.level, "marked_at": statement.excluded.marked_at},
        ),
        {
            "school_id": attempt.school_id,
            "attempt_id": attempt.id,
            "slot": slot,
            "level": level,
            "marked_at": work.now,
        },
    )
