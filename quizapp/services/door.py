"""A teacher opens the door of a class, closes it, changes its code."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update

from quizapp.core.door import OPEN_FOR, SEEN_FOR
from quizapp.core.errors import NotFound
from quizapp.core.join_codes import CLASS_CODE_LENGTH, make_code
from quizapp.core.permissions import Actor
from quizapp.services.access.doors import access_door
from quizapp.services.audit import record
from quizapp.services.rosters import take_turn
from quizapp.services.runtime import Work, use_case
from quizapp.services.sign_in_delays import CLASS_CODE, forget_wrong_tries
from quizapp.storage.tables import ClassDoor, DoorClaim


@use_case
def open_door(work: Work, actor: Actor, *, classroom_id: int) -> datetime:
    """Open the door of a class for 15 minutes from now and return when it closes.

    Opening an open door lets it stand longer. Opening a closed one frees the names that were chosen and never
    used; whoever came in within this lesson stays on the list.

    Raises:
        NotFound: the actor does not teach this class.
    """
    # A button pressed twice would make two doors.
    take_turn(work, actor)
    classroom, door = access_door(work, actor, classroom_id=classroom_id)
    closes_at = work.now + OPEN_FOR
    if door is None:
        door = ClassDoor(
            school_id=classroom.school_id,
            classroom_id=classroom.id,
            code=_free_code(work),
            opened_at=work.now,
            closes_at=closes_at,
        )
        work.session.add(door)
        work.session.flush()
    elif door.closes_at <= work.now:
        _begin_again(work, door)
    door.closes_at = closes_at
    record(work, actor, "door.opened", subject_kind="classroom", subject_id=classroom.id)
    return closes_at


@use_case
def close_door(work: Work, actor: Actor, *, classroom_id: int) -> None:
    """Close the door now. Whoever is in stays in; names that were chosen and not used are free.

    Raises:
        NotFound: the actor does not teach this class.
    """
    classroom, door = access_door(work, actor, classroom_id=classroom_id)
    if door is not None and door.closes_at > work.now:
        door.closes_at = work.now
        _end_claims(work, door, DoorClaim.came_in_at.is_(None))
        record(work, actor, "door.closed", subject_kind="classroom", subject_id=classroom.id)


@use_case
def change_code(work: Work, actor: Actor, *, classroom_id: int) -> None:
    """Give the door another code; the old one leads nowhere from now on.

    Raises:
        NotFound: the actor does not teach this class, or it has no door yet.
    """
    classroom, door = access_door(work, actor, classroom_id=classroom_id)
    if door is None:
        raise NotFound
    door.code = _free_code(work)
    record(work, actor, "door.code_changed", subject_kind="classroom", subject_id=classroom.id)


def _begin_again(work: Work, door: ClassDoor) -> None:
    door.opened_at = work.now
    forget_wrong_tries(work, CLASS_CODE, str(door.id))
    _end_claims(work, door, or_(DoorClaim.came_in_at.is_(None), DoorClaim.came_in_at < work.now - SEEN_FOR))


def _end_claims(work: Work, door: ClassDoor, which: ColumnElement[bool]) -> None:
    work.session.execute(
        update(DoorClaim)
        .where(
            DoorClaim.school_id == door.school_id,
            DoorClaim.door_id == door.id,
            DoorClaim.ended_at.is_(None),
            which,
        )
        .values(ended_at=work.now, typed_name=None)
    )


def _free_code(work: Work) -> str:
    while True:
        code = make_code(CLASS_CODE_LENGTH, secrets.choice)
        if work.session.scalar(select(ClassDoor.id).where(ClassDoor.code == code)) is None:
            return code
