"""Doors to classes, and the filter that lists of them use."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, select, true

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor, Permission, Role, Standing, may_enter_classroom
from quizapp.services.runtime import Work
from quizapp.storage.tables import Classroom, ClassroomTeacher, Enrolment


def _teaches(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        ClassroomTeacher.classroom_id == Classroom.id, ClassroomTeacher.user_id == actor.user_id
    )


def _is_enrolled(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        Enrolment.classroom_id == Classroom.id,
        Enrolment.student_id == actor.user_id,
        Enrolment.left_at.is_(None),
    )


def access_classroom(work: Work, actor: Actor, permission: Permission, *, id: int) -> Classroom:
    """Return the class, when the actor may do this with it.

    Raises:
        NotFound: no such class for this actor.
    """
    row = work.session.execute(
        select(Classroom, _teaches(actor), _is_enrolled(actor)).where(
            Classroom.school_id == actor.school_id, Classroom.id == id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    classroom, teaches, enrolled = row
    standing = Standing(same_school=True, teaches=teaches, enrolled=enrolled)
    if not may_enter_classroom(actor, permission, standing):
        raise NotFound
    return classroom


def classrooms_taught_by(actor: Actor) -> ColumnElement[bool]:
    """Return the filter of the classes that the actor teaches, whatever else the actor may read."""
    if not actor.is_staff:
        return false()
    return (Classroom.school_id == actor.school_id) & Classroom.archived_at.is_(None) & _teaches(actor)


def archived_classrooms_of(actor: Actor) -> ColumnElement[bool]:
    """Return the filter of the archived classes that the actor teaches."""
    if not actor.is_staff:
        return false()
    return (Classroom.school_id == actor.school_id) & Classroom.archived_at.is_not(None) & _teaches(actor)


def classrooms_for(actor: Actor) -> ColumnElement[bool]:
    """Return the filter of the classes that the actor may read."""
    in_school = Classroom.school_id == actor.school_id
    match actor.role:
        case Role.ADMIN:
            return in_school & true()
        case Role.TEACHER:
            return in_school & _teaches(actor)
        case Role.STUDENT:
            return in_school & _is_enrolled(actor)
        case _:
            return false()
