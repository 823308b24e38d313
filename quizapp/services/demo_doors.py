"""The doors of the demo school: one click in place of a name and a secret. They exist where a school is a demo."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select

from quizapp.core.demo import SIGN_INS, DemoDoor
from quizapp.core.errors import NotFound
from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.sign_in import begin_session
from quizapp.storage.tables import School, User


def access_demo(work: Work) -> None:
    """Let pass where this installation shows a demo school.

    Raises:
        NotFound: it does not.
    """
    if work.session.scalars(select(School.id).where(School.is_demo).limit(1)).first() is None:
        raise NotFound


def _behind_a_door(*doors: DemoDoor) -> ColumnElement[bool]:
    people = [
        and_(User.user_name_key == normal_form(one.user_name), User.role == one.role.value)
        for one in SIGN_INS
        if one.door in doors
    ]
    return and_(School.is_demo, or_(*people), User.suspended_at.is_(None))


@reading
def demo_doors(work: Work, actor: Actor) -> tuple[DemoDoor, ...]:
    """Return the doors that open with one click; none outside a demo school."""
    del actor
    names = work.session.scalars(
        select(User.user_name_key).join(School, School.id == User.school_id).where(_behind_a_door(*DemoDoor))
    ).all()
    return tuple(one.door for one in SIGN_INS if normal_form(one.user_name) in names)


@use_case
def enter_demo(work: Work, actor: Actor, *, door: DemoDoor, device: str) -> str:
    """Open a session of the person behind a door of the demo school and return its token.

    Raises:
        NotFound: there is nobody behind it, or no demo school.
    """
    person = work.session.scalars(
        select(User).join(School, School.id == User.school_id).where(_behind_a_door(door)).order_by(User.id)
    ).first()
    if person is None:
        raise NotFound
    return begin_session(work, actor, person, device)[0]
