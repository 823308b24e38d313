"""Who is in a class: names pasted, looked at, then enrolled; and a student taken out of a class."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

from sqlalchemy import select

from quizapp.core.errors import Conflict, NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission, Role
from quizapp.services.access.classrooms import access_classroom
from quizapp.services.accounts import add_user, new_pin
from quizapp.services.audit import record
from quizapp.services.roster_plans import Deed, PlannedLine, make_plan, plan_roster
from quizapp.services.runtime import Runtime, Work, use_case
from quizapp.storage.tables import Classroom, Enrolment, School, User


@dataclass(frozen=True, slots=True)
class LoginCard:
    """What a new student needs to sign in. The PIN is known at this moment only."""

    display_name: str
    user_name: str
    pin: str


@dataclass(frozen=True, slots=True)
class RosterResult:
    """What became of a confirmed list. ``cards`` is empty where those who are new choose a PIN at the door."""

    cards: tuple[LoginCard, ...]
    created: int
    enrolled: int
    were_here: int


@dataclass(frozen=True, slots=True)
class _Pin:
    plain: str
    hash: str

    @classmethod
    def random(cls, runtime: Runtime) -> Self:
        plain = new_pin()
        return cls(plain, runtime.passwords.hash_pin(plain))


def add_to_roster(
    runtime: Runtime,
    actor: Actor,
    *,
    classroom_id: int,
    text: str,
    apart: Collection[int] = (),
    with_pins: bool = True,
) -> RosterResult:
    """Enrol everybody on a pasted list and make the students who are new, each with a random PIN.

    Without PINs they choose one at the door of the class. Who is in the class and not on the list stays. Doing it twice adds nobody twice. PINs are hashed before the
    transaction, which would otherwise keep every save of the school waiting for a second.

    Raises:
        NotFound: the actor does not teach this class.
        Refusal: a line has a problem, or the list is empty or too long (field ``names``).
        Conflict: the school's names changed between the two steps.
    """
    plan = plan_roster(runtime, actor, classroom_id=classroom_id, text=text, apart=apart)
    new = [line.number for line in plan.lines if line.deed is Deed.CREATE]
    pins = {number: _Pin.random(runtime) if with_pins else None for number in new}
    return _add_to_roster(runtime, actor, classroom_id=classroom_id, text=text, apart=apart, pins=pins)


@use_case
def _add_to_roster(
    work: Work,
    actor: Actor,
    *,
    classroom_id: int,
    text: str,
    apart: Collection[int],
    pins: Mapping[int, _Pin | None],
) -> RosterResult:
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    take_turn(work, actor)
    plan = make_plan(work, actor, classroom_id, text, apart)
    if plan.problems:
        raise Refusal("names", Message("Mend the lines that are marked, then add the names."))
    cards = []
    for line in plan.lines:
        if line.deed is Deed.CREATE:
            if line.number not in pins:
                raise Conflict(
                    Message("The names of the school changed in the meantime. Look at the list again.")
                )
            pin = pins[line.number]
            user = _create(work, actor, classroom, line, pin)
            if pin is not None:
                cards.append(LoginCard(user.display_name, user.user_name, pin.plain))
        elif line.deed is Deed.ENROL and line.student_id is not None:
            enrol(work, actor, classroom, line.student_id)
    return RosterResult(tuple(cards), plan.count(Deed.CREATE), plan.count(Deed.ENROL), plan.count(Deed.HERE))


def take_turn(work: Work, actor: Actor) -> None:
    """Let one transaction of the school at a time make what there must be only one of."""
    # Two teachers who paste the same name at once would both find it free.
    work.session.execute(
        select(School.id).where(School.id == actor.school_id).with_for_update(key_share=True)
    ).one()


def _create(work: Work, actor: Actor, classroom: Classroom, line: PlannedLine, pin: _Pin | None) -> User:
    user = add_user(
        work,
        school_id=actor.school_id,
        display_name=line.name,
        user_name=line.user_name,
        role=Role.STUDENT,
    )
    user.pin_hash = pin.hash if pin else None
    record(work, actor, "person.created", subject_kind="user", subject_id=user.id, after={"role": "student"})
    enrol(work, actor, classroom, user.id)
    return user


def enrol(work: Work, actor: Actor, classroom: Classroom, student_id: int) -> None:
    """Put a student into a class inside the running transaction."""
    enrolment = Enrolment(
        school_id=classroom.school_id,
        classroom_id=classroom.id,
        student_id=student_id,
        joined_at=work.now,
        left_at=None,
    )
    work.session.add(enrolment)
    work.session.flush()
    record(
        work, actor, "enrolment.created", subject_kind="enrolment", subject_id=enrolment.id,
        after={"classroom_id": classroom.id, "student_id": student_id},
    )  # fmt: skip


@use_case
def remove_from_classroom(work: Work, actor: Actor, *, classroom_id: int, student_id: int) -> None:
    """End a student's time in a class. Everything that the student did stays with the student.

    Raises:
        NotFound: the actor does not teach this class, or the student is not in it.
    """
    access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    enrolment = work.session.scalars(
        select(Enrolment).where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.student_id == student_id,
            Enrolment.left_at.is_(None),
        )
    ).one_or_none()
    if enrolment is None:
        raise NotFound
    enrolment.left_at = work.now
    record(
        work, actor, "enrolment.ended", subject_kind="enrolment", subject_id=enrolment.id,
        after={"classroom_id": classroom_id, "student_id": student_id},
    )  # fmt: skip
