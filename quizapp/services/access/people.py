"""Doors to people, and the filter that lists of them use."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, false, select

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor, Permission, Role, Standing, may_touch_person
from quizapp.services.runtime import Work
from quizapp.storage.tables import ClassroomTeacher, Enrolment, User


def _is_taught_by(actor: Actor) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            Enrolment.student_id == User.id,
            Enrolment.left_at.is_(None),
            ClassroomTeacher.classroom_id == Enrolment.classroom_id,
            ClassroomTeacher.user_id == actor.user_id,
        )
        .correlate(User)
    )


def access_person(work: Work, actor: Actor, permission: Permission, *, id: int) -> User:
    """Return the person, when the actor may do this with them.

    Raises:
        NotFound: no such person for this actor.
    """
    row = work.session.execute(
        select(User, _is_taught_by(actor)).where(
            User.school_id == actor.school_id, User.id == id, User.erased_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    person, teaches = row
    standing = Standing(same_school=True, is_self=person.id == actor.user_id, teaches=teaches)
    if not may_touch_person(actor, permission, standing, Role(person.role)):
        raise NotFound
    return person


def people_for(actor: Actor) -> ColumnElement[bool]:
    """Return the filter of the people that the actor may read."""
    in_school = (User.school_id == actor.school_id) & User.erased_at.is_(None)
    match actor.role:
        case Role.ADMIN:
            return in_school
        case Role.TEACHER:
            return in_school & (_is_taught_by(actor) | (User.id == actor.user_id))
        case Role.STUDENT:
            return in_school & (User.id == actor.user_id)
        case _:
            return false()
