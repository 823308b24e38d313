"""The schools of an installation; most have one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import School


@dataclass(frozen=True, slots=True)
class SchoolName:
    """A school at the sign-in page."""

    id: int
    name: str
    is_demo: bool


@reading
def schools_to_sign_in(work: Work, actor: Actor) -> list[SchoolName]:
    """Return the schools of the installation by name; most have one."""
    return [
        SchoolName(*row)
        for row in work.session.execute(select(School.id, School.name, School.is_demo).order_by(School.name))
    ]
