"""Ways to the door of a class: by its code for those outside, by the class for those who teach it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.classrooms import access_classroom
from quizapp.services.runtime import Work
from quizapp.storage.tables import ClassDoor, Classroom, DoorClaim, User

CLOSED = Message(
    "No class is open under this code now. Compare it with the board, or ask your teacher to open the door."
)
"""One sentence for unknown, closed and changed codes: whoever guesses learns nothing."""


def find_open_door(work: Work, *, code: str, lock: bool = False) -> tuple[ClassDoor, Classroom]:
    """Return the open door with this code and its class; ``lock`` lets one phone at a time through it.

    Raises:
        Refusal: none is open (field ``code``).
    """
    wanted = (
        select(ClassDoor, Classroom)
        .join(Classroom, Classroom.id == ClassDoor.classroom_id)
        .where(
            ClassDoor.code == code[:20],
            ClassDoor.closes_at > work.now,
            Classroom.archived_at.is_(None),
        )
    )
    if lock:
        wanted = wanted.with_for_update(of=ClassDoor, key_share=True)
    row = work.session.execute(wanted).one_or_none()
    if row is None:
        raise Refusal("code", CLOSED)
    return row[0], row[1]


def access_door(work: Work, actor: Actor, *, classroom_id: int) -> tuple[Classroom, ClassDoor | None]:
    """Return a class that the actor teaches, and its door where it has one, held until the transaction ends.

    Raises:
        NotFound: the actor does not teach this class.
    """
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    door = work.session.scalars(
        select(ClassDoor)
        .where(ClassDoor.school_id == actor.school_id, ClassDoor.classroom_id == classroom.id)
        .with_for_update(key_share=True)
    ).one_or_none()
    return classroom, door


def access_claim(work: Work, actor: Actor, *, classroom_id: int, id: int) -> tuple[Classroom, DoorClaim]:
    """Return a claim at the door of a class that the actor teaches.

    Raises:
        NotFound: no such claim for this actor, or it was undone before.
    """
    classroom, door = access_door(work, actor, classroom_id=classroom_id)
    if door is None:
        raise NotFound
    claim = work.session.scalars(
        select(DoorClaim).where(
            DoorClaim.school_id == actor.school_id,
            DoorClaim.door_id == door.id,
            DoorClaim.id == id,
            DoorClaim.ended_at.is_(None),
        )
    ).one_or_none()
    if claim is None:
        raise NotFound
    return classroom, claim


def who_may_come_in() -> ColumnElement[bool]:
    """Return the filter of the people whose names the door lists."""
    return User.suspended_at.is_(None) & User.erased_at.is_(None)
