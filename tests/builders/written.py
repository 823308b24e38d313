"""Tries at the sample quiz whose one written answer waits for its teacher."""

from __future__ import annotations

from sqlalchemy import select

from quizapp.core.questions import Case
from quizapp.services.attempts import start_attempt
from quizapp.services.grading import mark_answer
from quizapp.services.saving import Arrived, take_lease
from quizapp.services.submitting import submit_attempt
from quizapp.storage.tables import Attempt, AttemptSlot, ContentVersion, Score
from tests.builders.world import A, World

TEXT = "The leaflet says so.\nNobody asked the baker."


def begin(world: World, student: A, assignment: int) -> int:
    """Start a try and return its id."""
    return start_attempt(world.runtime, student.actor, assignment_id=assignment, case=Case.B).attempt_id


def written_slot(world: World, attempt: int) -> tuple[int, int]:
    """Return slot and question version of the written question of a try."""
    with world.runtime.database.reading() as session:
        row = session.execute(
            select(AttemptSlot.slot, AttemptSlot.question_version_id)
            .join(ContentVersion, ContentVersion.id == AttemptSlot.question_version_id)
            .where(AttemptSlot.attempt_id == attempt, ContentVersion.type == "short_construct")
        ).one()
    return row[0], row[1]


def hand_in_written(world: World, student: A, assignment: int, text: str | None = TEXT) -> int:
    """Start a try, write one answer (None leaves it blank), hand in; return the attempt's id."""
    attempt = begin(world, student, assignment)
    slot, _ = written_slot(world, attempt)
    lease = take_lease(world.runtime, student.actor, attempt_id=attempt).lease
    submit_attempt(
        world.runtime,
        student.actor,
        attempt_id=attempt,
        lease=lease,
        responses=[Arrived(slot, 1, value=text)] if text else [],
    )
    return attempt


def newest_mark(world: World, attempt: int) -> Score | None:
    """Return the newest score of the written question of a try."""
    slot, _ = written_slot(world, attempt)
    with world.runtime.database.reading() as session:
        return session.scalars(
            select(Score).where(Score.attempt_id == attempt, Score.slot == slot).order_by(Score.id.desc())
        ).first()


def mark_written(
    world: World, teacher: A, attempt: int, *, level: int = 2, comment: str = "Well read"
) -> None:
    """Mark the written answer of a try as its teacher would who has just opened it."""
    _, version = written_slot(world, attempt)
    seen = newest_mark(world, attempt)
    with world.runtime.database.reading() as session:
        assignment_id = session.get_one(Attempt, attempt).assignment_id
    mark_answer(
        world.runtime,
        teacher.actor,
        assignment_id=assignment_id,
        question_version_id=version,
        attempt_id=attempt,
        levels={"sources": level},
        comment=comment,
        seen=seen.id if seen else 0,
    )
