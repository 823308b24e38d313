"""At the door, before signing in: the names of the class, one chosen or typed, and what comes next.

Whoever acts here is nobody yet. A browser is known by a random token of its own, of which a hash is stored.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from quizapp.core.door import MOST_WAITING, Step
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor
from quizapp.services.access.doors import find_open_door
from quizapp.services.accounts import checked_name
from quizapp.services.door_roster import (
    RosterName,
    add_claim,
    browser_hash,
    end_own_claims,
    hold_name,
    own_claim,
    roster_names,
)
from quizapp.services.runtime import Work, reading, use_case
from quizapp.storage.tables import ClassDoor, DoorClaim


@dataclass(frozen=True, slots=True)
class DoorName:
    """A name of the list. ``apart`` is the user name where two of the class share a name."""

    student_id: int
    name: str
    apart: str
    is_taken: bool


@dataclass(frozen=True, slots=True)
class DoorNames:
    """What a phone sees behind an open code."""

    code: str
    title: str
    names: tuple[DoorName, ...]


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """What a phone that chose a name does next, in which class and as whom; ``has_asked`` for a new start."""

    title: str
    name: str
    step: Step
    has_password: bool
    has_asked: bool


@reading
def check_code(work: Work, actor: Actor, *, code: str) -> None:
    """Look whether a door is open under this code.

    Raises:
        Refusal: none is (field ``code``).
    """
    find_open_door(work, code=code)


@reading
def door_names(work: Work, actor: Actor, *, code: str, browser: str) -> DoorNames:
    """Return the names of the class, and which of them another browser holds; two statements.

    Raises:
        Refusal: no door is open under this code (field ``code``).
    """
    door, classroom = find_open_door(work, code=code)
    names = list(roster_names(work, door).values())
    keys = [one.user.display_key for one in names]
    own = browser_hash(browser)
    return DoorNames(
        door.code,
        classroom.title,
        tuple(
            DoorName(
                one.user.id,
                one.user.display_name,
                one.user.user_name if keys.count(one.user.display_key) > 1 else "",
                is_taken=one.is_taken_from(work, own),
            )
            for one in names
        ),
    )


@use_case
def claim_name(work: Work, actor: Actor, *, code: str, browser: str, student_id: int) -> None:
    """Hold a name of the list for this browser; a name that it held before is free again.

    Raises:
        NotFound: nobody with this id is on the list.
        Refusal: the door is closed (``code``), or another browser holds the name (``student_id``).
    """
    door, _ = find_open_door(work, code=code, lock=True)
    name = roster_names(work, door).get(student_id)
    if name is None:
        raise NotFound
    hold_name(work, actor, door, name, browser, field="student_id")


@use_case
def ask_to_come_in(work: Work, actor: Actor, *, code: str, browser: str, name: str) -> None:
    """Wait under a typed name until the teacher lets it in; a name that is on the list is simply chosen.

    Raises:
        Refusal: the door is closed (``code``); the name is empty, too long, held by another browser or waiting
            already, or too many wait (``name``).
    """
    door, _ = find_open_door(work, code=code, lock=True)
    # In class lists a semicolon parts the name from the user name.
    shown = checked_name(name.replace(";", " "), "name")
    meant = _meant(roster_names(work, door), normal_form(shown))
    if meant is not None:
        hold_name(work, actor, door, meant, browser, field="name")
        return
    waiting = _waiting_names(work, door, except_browser=browser)
    if normal_form(shown) in map(normal_form, waiting):
        raise Refusal(
            "name",
            Message("Somebody of this name is waiting already. Add what tells you apart, such as a letter."),
        )
    if len(waiting) >= MOST_WAITING:
        raise Refusal("name", Message("Too many are waiting. Tell your teacher your name."))
    end_own_claims(work, door, browser)
    add_claim(work, actor, door, browser, typed_name=shown)


def _meant(names: dict[int, RosterName], key: str) -> RosterName | None:
    for_sure = [one for one in names.values() if one.user.user_name_key == key]
    by_name = [one for one in names.values() if one.user.display_key == key]
    if not for_sure and len(by_name) > 1:
        raise Refusal("name", Message("Two of this class have this name. Choose yours from the list."))
    return next(iter(for_sure or by_name), None)


def _waiting_names(work: Work, door: ClassDoor, *, except_browser: str) -> list[str]:
    rows = work.session.scalars(
        select(DoorClaim.typed_name).where(
            DoorClaim.school_id == door.school_id,
            DoorClaim.door_id == door.id,
            DoorClaim.student_id.is_(None),
            DoorClaim.ended_at.is_(None),
            DoorClaim.browser_hash != browser_hash(except_browser),
        )
    )
    return [name or "" for name in rows]


@use_case
def let_go(work: Work, actor: Actor, *, code: str, browser: str) -> None:
    """Free the name that this browser holds, when it was the wrong one.

    Raises:
        Refusal: the door is closed (field ``code``).
    """
    door, _ = find_open_door(work, code=code, lock=True)
    end_own_claims(work, door, browser)


@use_case
def ask_for_a_new_start(work: Work, actor: Actor, *, code: str, browser: str) -> None:
    """Tell the teacher, who holds the door, that this browser's person has no PIN (any more). Twice is harmless.

    Raises:
        Refusal: the door is closed (field ``code``).
    """
    found = own_claim(work, code=code, browser=browser, lock=True)
    if found is not None and found.step is Step.TYPE and found.claim.came_in_at is None:
        found.claim.asked_at = found.claim.asked_at or work.now


@reading
def at_the_door(work: Work, actor: Actor, *, code: str, browser: str) -> AtTheDoor | None:
    """Return what this browser does next, or None where it holds no name (any more).

    Raises:
        Refusal: no door is open under this code (field ``code``).
    """
    found = own_claim(work, code=code, browser=browser)
    if found is None:
        return None
    name = found.user.display_name if found.user else (found.claim.typed_name or "")
    has_password = found.user is not None and found.user.pin_hash is None
    return AtTheDoor(found.title, name, found.step, has_password, found.claim.asked_at is not None)
