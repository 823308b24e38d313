"""The names of a class as its door sees them: who holds which. Steps that the use cases of the door share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import or_, select, update

from quizapp.core.door import Hold, Step, is_held, next_step
from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.services.access.doors import find_open_door, who_may_come_in
from quizapp.services.audit import record
from quizapp.services.runtime import Work
from quizapp.storage.tables import ClassDoor, DoorClaim, Enrolment, SignInSession, User


@dataclass(frozen=True, slots=True)
class RosterName:
    """Somebody of the class, with the open claim to the name where there is one."""

    user: User
    claim: DoorClaim | None
    session_ended: bool

    def is_taken_from(self, work: Work, browser: bytes) -> bool:
        """Say whether another browser than this one holds the name."""
        if self.claim is None or self.claim.browser_hash == browser:
            return False
        return is_held(hold_of(self.claim, session_ended=self.session_ended), work.now)


@dataclass(frozen=True, slots=True)
class ClaimAtHand:
    """A browser's own claim with the person behind it, None while the name waits to be let in."""

    door: ClassDoor
    title: str
    claim: DoorClaim
    user: User | None
    step: Step


def browser_hash(browser: str) -> bytes:
    """Return how a browser's token is stored."""
    return hashlib.sha256(browser.encode()).digest()


def hold_of(claim: DoorClaim, *, session_ended: bool) -> Hold:
    """Return how a claim holds its name."""
    return Hold(
        claim.claimed_at,
        came_in=claim.came_in_at is not None,
        has_left=session_ended,
        asked=claim.asked_at is not None,
    )


def roster_names(work: Work, door: ClassDoor) -> dict[int, RosterName]:
    """Return everybody of the class who may come in, by name; one statement."""
    rows = work.session.execute(
        select(User, DoorClaim, SignInSession.ended_at.is_not(None))
        .join(Enrolment, Enrolment.student_id == User.id)
        .outerjoin(
            DoorClaim,
            (DoorClaim.door_id == door.id) & (DoorClaim.student_id == User.id) & DoorClaim.ended_at.is_(None),
        )
        .outerjoin(SignInSession, SignInSession.id == DoorClaim.session_id)
        .where(
            Enrolment.school_id == door.school_id,
            Enrolment.classroom_id == door.classroom_id,
            Enrolment.left_at.is_(None),
            who_may_come_in(),
        )
        .order_by(User.display_key, User.id)
    )
    return {row[0].id: RosterName(row[0], row[1], bool(row[2])) for row in rows}


def own_claim(work: Work, *, code: str, browser: str, lock: bool = False) -> ClaimAtHand | None:
    """Return the claim of a browser at an open door, or None where it has none; two statements.

    Raises:
        Refusal: no door is open under this code (field ``code``).
    """
    door, classroom = find_open_door(work, code=code, lock=lock)
    row = work.session.execute(
        select(DoorClaim, User)
        .outerjoin(User, User.id == DoorClaim.student_id)
        .where(
            DoorClaim.school_id == door.school_id,
            DoorClaim.door_id == door.id,
            DoorClaim.browser_hash == browser_hash(browser),
            DoorClaim.ended_at.is_(None),
            or_(User.id.is_(None), who_may_come_in()),
        )
        .order_by(DoorClaim.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    claim, user = row
    step = next_step(
        is_known=user is not None,
        has_password=user is not None and user.password_hash is not None,
        has_pin=user is not None and user.pin_hash is not None,
    )
    return ClaimAtHand(door, classroom.title, claim, user, step)


def hold_name(
    work: Work, actor: Actor, door: ClassDoor, name: RosterName, browser: str, *, field: str
) -> None:
    """Hold the name for the browser, whatever it held before.

    Raises:
        Refusal: another browser holds it (``field``).
    """
    own = browser_hash(browser)
    if name.is_taken_from(work, own):
        is_in = name.claim is not None and name.claim.came_in_at is not None
        raise Refusal(field, _IS_IN if is_in else _IS_CHOSEN)
    if name.claim is not None:
        if name.claim.browser_hash == own and name.claim.came_in_at is None:
            name.claim.claimed_at = work.now
            return
        name.claim.ended_at = work.now
    end_own_claims(work, door, browser)
    work.session.flush()
    add_claim(work, actor, door, browser, student_id=name.user.id)


_IS_CHOSEN = Message(
    "Another phone has chosen this name a moment ago. If it is yours, tell your teacher, who can free it at once."
)
_IS_IN = Message(
    "Somebody is in under this name already. If it is yours, tell your teacher, who can free it at once."
)


def add_claim(
    work: Work,
    actor: Actor,
    door: ClassDoor,
    browser: str,
    *,
    student_id: int | None = None,
    typed_name: str | None = None,
) -> None:
    """Store that a browser says who it is."""
    claim = DoorClaim(
        school_id=door.school_id,
        door_id=door.id,
        student_id=student_id,
        typed_name=typed_name,
        browser_hash=browser_hash(browser),
        claimed_at=work.now,
        chose_pin=False,
    )
    work.session.add(claim)
    work.session.flush()
    record(
        work, actor, "door.name_claimed", subject_kind="door_claim", subject_id=claim.id,
        school_id=door.school_id, after={"student_id": student_id},
    )  # fmt: skip


def end_own_claims(work: Work, door: ClassDoor, browser: str) -> None:
    """Free what the browser holds and has not come in with."""
    work.session.execute(
        update(DoorClaim)
        .where(
            DoorClaim.school_id == door.school_id,
            DoorClaim.door_id == door.id,
            DoorClaim.browser_hash == browser_hash(browser),
            DoorClaim.came_in_at.is_(None),
            DoorClaim.ended_at.is_(None),
        )
        .values(ended_at=work.now, typed_name=None)
    )
