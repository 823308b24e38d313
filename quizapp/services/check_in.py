"""*Check in with* for a class: who is named and why, and *Talked to them*, which clears it with a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from quizapp.core.check_in import MOST_NAMES, Reason, SchoolWeek, reasons
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.settings import TEACHING_DAYS
from quizapp.services.access.classrooms import access_classroom
from quizapp.services.audit import record
from quizapp.services.check_in_facts import facts_of_class
from quizapp.services.gradebook import students_of
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.settings import setting_of
from quizapp.services.stuck import clear_all_stuck
from quizapp.storage.tables import CheckIn, Classroom, Enrolment, School, User

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Named:
    """A student to check in with, and why."""

    student_id: int
    display_name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class CheckInList:
    """Everybody to check in with, the most pressing first."""

    classroom_id: int
    classroom_title: str
    students: tuple[Named, ...]

    @property
    def first(self) -> tuple[Named, ...]:
        """Those who are named on the class's page."""
        return self.students[:MOST_NAMES]

    @property
    def others(self) -> int:
        """How many more there are."""
        return len(self.students) - len(self.first)


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with a student that a teacher noted."""

    at: datetime
    note: str
    teacher: str


def talks_with(work: Work, student_id: int, classroom_ids: Sequence[int]) -> tuple[Talk, ...]:
    """Return the talks with a student that were noted in these classes, the newest first."""
    rows = work.session.execute(
        select(CheckIn.talked_at, CheckIn.note, User.display_name)
        .join(User, User.id == CheckIn.talked_by)
        .where(CheckIn.student_id == student_id, CheckIn.classroom_id.in_(classroom_ids))
        .order_by(CheckIn.id.desc())
    )
    return tuple(Talk(*row) for row in rows)


@reading
def check_in_list(work: Work, actor: Actor, *, classroom_id: int) -> CheckInList:
    """Return everybody to check in with in a class that the actor teaches.

    Raises:
        NotFound: no such class for this actor.
    """
    return named_students(work, access_classroom(work, actor, Permission.TEACH, id=classroom_id))


def named_students(work: Work, classroom: Classroom) -> CheckInList:
    """Return everybody to check in with in a class.

    Who is suspended can do nothing and is not named, and nobody can begin anything in a class that is archived.
    """
    if classroom.archived_at is not None:
        return CheckInList(classroom.id, classroom.title, ())
    students = [one for one in students_of(work, classroom.id) if one.suspended_at is None]
    facts = facts_of_class(work, classroom.id, [one.id for one in students])
    zone = ZoneInfo(work.session.get_one(School, classroom.school_id).time_zone)
    week = SchoolWeek(zone, setting_of(work, classroom.school_id, TEACHING_DAYS))
    named = [
        Named(one.id, one.display_name, why)
        for one in students
        if (why := reasons(facts[one.id], work.now, week))
    ]
    # Students come by name, and the sort keeps that order among equals.
    named.sort(key=lambda one: (one.reasons[0].severity, one.reasons[0].at))
    return CheckInList(classroom.id, classroom.title, tuple(named))


@use_case
def talk_to_student(work: Work, actor: Actor, *, classroom_id: int, student_id: int, note: str) -> None:
    """Note that the actor talked to a student: no reason that arose until now names the student any more.

    Raises:
        NotFound: no such class for this actor, or the student is not in it.
        Refusal: the note is empty or too long (field ``note``).
    """
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    _require_member(work, classroom_id, student_id)
    given = note.strip()
    if not given:
        raise Refusal("note", Message("Note in a few words what you agreed."))
    if len(given) > LONGEST_NOTE:
        raise Refusal("note", Message("At most %(most)d characters.", most=LONGEST_NOTE))
    row = CheckIn(
        school_id=classroom.school_id,
        classroom_id=classroom_id,
        student_id=student_id,
        note=given,
        talked_at=work.now,
        talked_by=actor.user_id,
    )
    work.session.add(row)
    clear_all_stuck(work, actor, student_id)
    work.session.flush()
    record(
        work, actor, "check_in.talked", subject_kind="check_in", subject_id=row.id,
        after={"classroom_id": classroom_id, "student_id": student_id},
    )  # fmt: skip


def _require_member(work: Work, classroom_id: int, student_id: int) -> None:
    member = work.session.scalar(
        select(Enrolment.id).where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.student_id == student_id,
            Enrolment.left_at.is_(None),
        )
    )
    if member is None:
        raise NotFound
