"""Doors to attempts."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, exists, select

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor, Permission, Standing, may_use_attempt
from quizapp.services.runtime import Work
from quizapp.storage.tables import Assignment, Attempt, ClassroomTeacher

# Saves pass here: one statement, built once, with the lock that the write needs. PostgreSQL's NO KEY form lets
# inserts that reference the attempt go on; SQLite already holds its write lock and drops the clause.
_ATTEMPT = (
    select(
        Attempt,
        Assignment,
        exists()
        .where(
            ClassroomTeacher.classroom_id == Assignment.classroom_id,
            ClassroomTeacher.user_id == bindparam("actor_id"),
        )
        .label("teaches"),
    )
    .join(Assignment, Assignment.id == Attempt.assignment_id)
    .where(Attempt.school_id == bindparam("school_id"), Attempt.id == bindparam("attempt_id"))
)
_LOCKED_ATTEMPT = _ATTEMPT.with_for_update(of=Attempt, key_share=True)


@dataclass(frozen=True, slots=True)
class AttemptAtHand:
    """An attempt with the assignment that it belongs to."""

    attempt: Attempt
    assignment: Assignment


def access_attempt(
    work: Work, actor: Actor, permission: Permission, *, id: int, for_update: bool = False
) -> AttemptAtHand:
    """Return the attempt and its assignment, when the actor may do this with it.

    Raises:
        NotFound: no such attempt for this actor.
    """
    statement = _LOCKED_ATTEMPT if for_update else _ATTEMPT
    row = work.session.execute(
        statement, {"school_id": actor.school_id, "attempt_id": id, "actor_id": actor.user_id}
    ).one_or_none()
    if row is None:
        raise NotFound
    attempt, assignment, teaches = row
    standing = Standing(same_school=True, is_self=attempt.student_id == actor.user_id, teaches=teaches)
    if not may_use_attempt(actor, permission, standing):
        raise NotFound
    return AttemptAtHand(attempt, assignment)


@dataclass(frozen=True, slots=True)
class TryPlace:
    """Where a teacher finds a try: in a class, at an assignment."""

    classroom_id: int
    assignment_id: int
    attempt_id: int


def access_taught_try(
    work: Work, actor: Actor, place: TryPlace, *, for_update: bool = False
) -> AttemptAtHand:
    """Return a try at an assignment of a class that the actor teaches.

    Raises:
        NotFound: no such try there for this actor, the assignment was archived, or it is a preview.
    """
    at_hand = access_attempt(work, actor, Permission.TEACH, id=place.attempt_id, for_update=for_update)
    attempt, assignment = at_hand.attempt, at_hand.assignment
    is_there = (assignment.classroom_id, assignment.id) == (place.classroom_id, place.assignment_id)
    if not is_there or assignment.archived_at is not None or attempt.is_preview:
        raise NotFound
    return at_hand
