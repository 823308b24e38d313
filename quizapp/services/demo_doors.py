"""The doors of the demo school: one click in place of a name and a secret. They exist where a school is a demo."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from quizapp.core.demo import SIGN_INS
from quizapp.core.errors import NotFound
from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor, Role
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.sign_in import begin_session
from quizapp.storage.tables import School, User


def _behind_a_door() -> ColumnElement[bool]:
    names = [normal_form(one.user_name) for one in SIGN_INS]
    return School.is_demo & User.user_name_key.in_(names) & User.suspended_at.is_(None)


@reading
def demo_doors(work: Work, actor: Actor) -> tuple[Role, ...]:
    """Return the roles that can be entered with one click; none outside a demo school."""
    rows = work.session.scalars(
        select(User.role).join(School, School.id == User.school_id).where(_behind_a_door())
    ).all()
    return tuple(one.role for one in SIGN_INS if one.role.value in rows)


@use_case
def enter_demo(work: Work, actor: Actor, *, role: str, device: str) -> str:
    """Open a session of the person behind a door of the demo school and return its token.

    Raises:
        NotFound: there is no such door, or no demo school.
    """
    person = work.session.scalars(
        select(User)
        .join(School, School.id == User.school_id)
        .where(_behind_a_door(), User.role == role)
        .order_by(User.id)
    ).first()
    if person is None:
        raise NotFound
    return begin_session(work, actor, person, device)[0]
