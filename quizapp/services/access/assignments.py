"""Doors to assignments, and the filter that lists of them use."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, or_, select

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor, Permission, Role, Standing, may_enter_classroom
from quizapp.services.runtime import Work
from quizapp.storage.tables import Assignment, ClassroomTeacher, Enrolment


def _teaches(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        ClassroomTeacher.classroom_id == Assignment.classroom_id, ClassroomTeacher.user_id == actor.user_id
    )


def _has_it(actor: Actor) -> ColumnElement[bool]:
    return or_(
        Assignment.student_id == actor.user_id,
        exists().where(
            Enrolment.classroom_id == Assignment.classroom_id,
            Enrolment.student_id == actor.user_id,
            Enrolment.left_at.is_(None),
        ),
    )


def access_assignment(work: Work, actor: Actor, permission: Permission, *, id: int) -> Assignment:
    """Return the assignment, when the actor may do this with it.

    ``ANSWER`` is for those who were given it; the other permissions are those of its class.

    Raises:
        NotFound: no such assignment for this actor, or it was archived.
    """
    row = work.session.execute(
        select(Assignment, _teaches(actor), _has_it(actor)).where(
            Assignment.school_id == actor.school_id, Assignment.id == id, Assignment.archived_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    assignment, teaches, has_it = row
    if permission is Permission.ANSWER:
        allowed = actor.role is Role.STUDENT and has_it
    else:
        allowed = may_enter_classroom(
            actor, permission, Standing(same_school=True, teaches=teaches, enrolled=has_it)
        )
    if not allowed:
        raise NotFound
    return assignment


def assignments_for(actor: Actor) -> ColumnElement[bool]:
    """Return the filter of the assignments that the actor may read."""
    there = (Assignment.school_id == actor.school_id) & Assignment.archived_at.is_(None)
    match actor.role:
        case Role.ADMIN:
            return there
        case Role.TEACHER:
            return there & _teaches(actor)
        case Role.STUDENT:
            return there & _has_it(actor)
        case _:
            return false()
