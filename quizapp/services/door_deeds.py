"""What a teacher does at the live list, each in one tap: let in, free a name, give a new start."""

from __future__ import annotations

from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission, Role
from quizapp.services.access.doors import access_claim
from quizapp.services.access.people import access_person
from quizapp.services.accounts import add_user
from quizapp.services.audit import record
from quizapp.services.roster_plans import Deed, make_plan
from quizapp.services.rosters import enrol, take_turn
from quizapp.services.runtime import Work, use_case
from quizapp.services.sign_in import end_sessions_of
from quizapp.services.sign_in_delays import ACCOUNT, account_subject, forget_wrong_tries
from quizapp.storage.tables import DoorClaim, User


@use_case
def let_in(work: Work, actor: Actor, *, classroom_id: int, claim_id: int) -> str:
    """Put the typed name into the class and return it; the phone that waits goes on by itself.

    A student of the actor's with this name joins as who that is; anybody else becomes a new student, who chooses a
    PIN. Letting in twice is harmless.

    Raises:
        NotFound: no such claim for this actor.
        Refusal: somebody holds this name at the door (no field).
    """
    take_turn(work, actor)
    classroom, claim = access_claim(work, actor, classroom_id=classroom_id, id=claim_id)
    if claim.student_id is not None:
        return work.session.get_one(User, claim.student_id).display_name
    line = make_plan(work, actor, classroom_id, claim.typed_name or "", ()).lines[0]
    student_id = line.student_id
    if line.deed is Deed.CREATE or student_id is None:
        user = add_user(
            work,
            school_id=actor.school_id,
            display_name=line.name,
            user_name=line.user_name,
            role=Role.STUDENT,
        )
        student_id = user.id
        record(
            work, actor, "person.created", subject_kind="user", subject_id=user.id, after={"role": "student"}
        )
    if line.deed is not Deed.HERE:
        enrol(work, actor, classroom, student_id)
    _refuse_held(work, claim, student_id)
    claim.student_id, claim.typed_name = student_id, None
    claim.claimed_at = work.now
    record(
        work, actor, "door.let_in", subject_kind="door_claim", subject_id=claim.id,
        after={"student_id": student_id},
    )  # fmt: skip
    return line.name


def _refuse_held(work: Work, claim: DoorClaim, student_id: int) -> None:
    holder = work.session.scalar(
        select(DoorClaim.id).where(
            DoorClaim.school_id == claim.school_id,
            DoorClaim.door_id == claim.door_id,
            DoorClaim.student_id == student_id,
            DoorClaim.ended_at.is_(None),
        )
    )
    if holder is not None:
        raise Refusal(
            None, Message("Somebody holds this name at the door. Free the name first, then let in.")
        )


@use_case
def free_name(work: Work, actor: Actor, *, classroom_id: int, claim_id: int) -> None:
    """Undo a claim: the name is free, its sessions end, and a PIN that was chosen with it is gone.

    A typed name that waits is turned away.

    Raises:
        NotFound: no such claim for this actor.
    """
    _, claim = access_claim(work, actor, classroom_id=classroom_id, id=claim_id)
    claim.ended_at, claim.typed_name = work.now, None
    if claim.came_in_at is not None and claim.student_id is not None:
        student = access_person(work, actor, Permission.RESET, id=claim.student_id)
        end_sessions_of(work, student.id)
        if claim.chose_pin:
            student.pin_hash = None
    record(
        work, actor, "door.name_freed", subject_kind="door_claim", subject_id=claim.id,
        after={"student_id": claim.student_id},
    )  # fmt: skip


@use_case
def give_new_start(work: Work, actor: Actor, *, classroom_id: int, claim_id: int) -> str:
    """Take the PIN or password away, so that the phone at the door chooses a new PIN; return the name.

    Every session of the student ends, and wrong tries are forgotten.

    Raises:
        NotFound: no such claim for this actor, or nobody is known behind it.
    """
    _, claim = access_claim(work, actor, classroom_id=classroom_id, id=claim_id)
    if claim.student_id is None:
        raise NotFound
    student = access_person(work, actor, Permission.RESET, id=claim.student_id)
    student.pin_hash = student.password_hash = None
    end_sessions_of(work, student.id)
    forget_wrong_tries(work, ACCOUNT, account_subject(student.school_id, student.user_name))
    claim.asked_at = None
    claim.came_in_at = None
    claim.session_id = None
    claim.claimed_at = work.now
    record(work, actor, "person.secret_cleared", subject_kind="user", subject_id=student.id)
    return student.display_name
