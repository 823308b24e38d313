"""The live list at the door of a class: who is in, who waits, who needs the teacher, who is not here yet."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, literal, null, select, true, union_all

from quizapp.core.door import Hold, Place, is_open, place_of
from quizapp.core.errors import NotFound
from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor
from quizapp.services.access.classrooms import classrooms_taught_by
from quizapp.services.access.doors import who_may_come_in
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import ClassDoor, Classroom, DoorClaim, Enrolment, SignInSession, User

FIRST = (Place.NEEDS_YOU, Place.WAITING, Place.AT_THE_DOOR, Place.IN, Place.NOT_HERE)
"""What the teacher can do something about stands first."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One name of the live list. ``claim_id`` is 0 for whoever is not here yet."""

    claim_id: int
    name: str
    place: Place
    came_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class LiveList:
    """The door of a class as its teacher sees it. ``code`` is empty where the class has no door yet."""

    classroom_id: int
    title: str
    code: str
    is_open: bool
    closes_at: datetime | None
    lines: tuple[ListLine, ...]

    def at(self, place: Place) -> tuple[ListLine, ...]:
        """Return the lines of one place."""
        return tuple(line for line in self.lines if line.place is place)

    @property
    def students(self) -> int:
        """How many are in the class; who waits is not yet."""
        return sum(1 for line in self.lines if line.place is not Place.WAITING)

    @property
    def version(self) -> str:
        """A digest that changes when anything on the list does."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:24]


@reading
def live_list(work: Work, actor: Actor, *, classroom_id: int) -> LiveList:
    """Return the door of a class that the actor teaches; one statement, for it is asked for every 3 seconds.

    Raises:
        NotFound: the actor does not teach this class.
    """
    people = _people(classroom_id).subquery()
    rows = work.session.execute(
        select(Classroom.title, ClassDoor.code, ClassDoor.closes_at, people)
        .outerjoin(ClassDoor, ClassDoor.classroom_id == Classroom.id)
        .outerjoin(people, true())
        .where(classrooms_taught_by(actor), Classroom.id == classroom_id)
    ).all()
    if not rows:
        raise NotFound
    title, code, closes_at, *_ = rows[0]
    lines = [_line(work, row[3:]) for row in rows if row[4] is not None]
    return LiveList(
        classroom_id,
        title,
        code or "",
        code is not None and is_open(closes_at, work.now),
        closes_at,
        tuple(sorted(lines, key=_order)),
    )


def _people(classroom_id: int) -> CompoundSelect[Any]:
    """Return the names of the class, each with its claim, and the typed names that wait."""
    claim = (
        DoorClaim.id.label("claim_id"),
        DoorClaim.claimed_at,
        DoorClaim.came_in_at,
        DoorClaim.asked_at,
    )
    known = (
        select(
            claim[0],
            User.display_name.label("name"),
            literal(True).label("is_known"),
            *claim[1:],
            SignInSession.ended_at.label("left_at"),
        )
        .select_from(Enrolment)
        .join(User, User.id == Enrolment.student_id)
        .outerjoin(ClassDoor, ClassDoor.classroom_id == Enrolment.classroom_id)
        .outerjoin(
            DoorClaim,
            (DoorClaim.door_id == ClassDoor.id)
            & (DoorClaim.student_id == User.id)
            & DoorClaim.ended_at.is_(None),
        )
        .outerjoin(SignInSession, SignInSession.id == DoorClaim.session_id)
        .where(Enrolment.classroom_id == classroom_id, Enrolment.left_at.is_(None), who_may_come_in())
    )
    typed = (
        select(claim[0], DoorClaim.typed_name, literal(False), *claim[1:], null())
        .join(ClassDoor, ClassDoor.id == DoorClaim.door_id)
        .where(
            ClassDoor.classroom_id == classroom_id,
            DoorClaim.student_id.is_(None),
            DoorClaim.ended_at.is_(None),
        )
    )
    return union_all(known, typed)


def _line(work: Work, row: Any) -> ListLine:
    claim_id, name, is_known, claimed_at, came_in_at, asked_at, left_at = row
    if not is_known:
        return ListLine(claim_id, name, Place.WAITING, None)
    hold = None
    if claim_id is not None:
        hold = Hold(
            claimed_at,
            came_in=came_in_at is not None,
            has_left=left_at is not None,
            asked=asked_at is not None,
        )
    place = place_of(hold, work.now)
    is_here = place is not Place.NOT_HERE
    return ListLine(claim_id if is_here else 0, name, place, came_in_at if is_here else None)


def _order(line: ListLine) -> tuple[int, str, int]:
    return FIRST.index(line.place), normal_form(line.name), line.claim_id
