"""Classes: made, renamed, listed, and opened by those who teach them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.names import MAX_NAME, is_too_long, normal_form, shown_form
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.classrooms import access_classroom, classrooms_taught_by
from quizapp.services.access.staff import access_staff_room
from quizapp.services.audit import record
from quizapp.services.check_in import CheckInList, named_students
from quizapp.services.class_work import AssignmentLine, assignment_lines
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.whereabouts import Whereabouts, whereabouts
from quizapp.services.written_answers import waiting_by_classroom
from quizapp.storage.tables import Assignment, Classroom, ClassroomTeacher, Enrolment, User


@dataclass(frozen=True, slots=True)
class ClassroomTile:
    """A class among the actor's classes: how many students, how many assignments, what waits."""

    id: int
    title: str
    students: int
    assignments: int
    answers_to_mark: int


@dataclass(frozen=True, slots=True)
class ClassroomStudent:
    """A student in the list of a class."""

    id: int
    display_name: str
    user_name: str
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class ClassroomHead:
    """What stands at the head of every page of a class."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class ClassroomPage:
    """A class as its teacher sees it."""

    id: int
    title: str
    students: tuple[ClassroomStudent, ...]
    assignments: tuple[AssignmentLine, ...]
    check_in: CheckInList
    whereabouts: Whereabouts
    archived_at: datetime | None

    @property
    def answers_to_mark(self) -> int:
        """How many written answers wait for a mark."""
        return sum(one.answers_to_mark for one in self.assignments)


@use_case
def create_classroom(work: Work, actor: Actor, *, title: str) -> int:
    """Make a class that the actor owns, and return its id.

    Raises:
        NotFound: the actor teaches nobody.
        Refusal: the title is empty, too long, or that of another class of the actor (field ``title``).
    """
    access_staff_room(actor)
    shown = _checked_title(work, actor, title)
    classroom = Classroom(
        school_id=actor.school_id, title=shown, title_key=normal_form(shown), created_at=work.now
    )
    work.session.add(classroom)
    work.session.flush()
    work.session.add(
        ClassroomTeacher(
            school_id=actor.school_id,
            classroom_id=classroom.id,
            user_id=actor.user_id,
            part="owner",
            since=work.now,
        )
    )
    record(work, actor, "classroom.created", subject_kind="classroom", subject_id=classroom.id)
    return classroom.id


@use_case
def rename_classroom(work: Work, actor: Actor, *, classroom_id: int, title: str) -> None:
    """Give a class another title.

    Raises:
        NotFound: the actor does not teach this class.
        Refusal: as in `create_classroom` (field ``title``).
    """
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    shown = _checked_title(work, actor, title, except_id=classroom_id)
    if shown == classroom.title:
        return
    before = classroom.title
    classroom.title, classroom.title_key = shown, normal_form(shown)
    record(
        work, actor, "classroom.renamed", subject_kind="classroom", subject_id=classroom.id,
        before={"title": before}, after={"title": shown},
    )  # fmt: skip


def _checked_title(work: Work, actor: Actor, title: str, except_id: int = 0) -> str:
    shown = shown_form(title)
    if not shown:
        raise Refusal("title", Message("Type a name for the class."))
    if is_too_long(shown):
        raise Refusal("title", Message("A class name has at most %(most)d characters.", most=MAX_NAME))
    same = select(Classroom.id).where(
        classrooms_taught_by(actor), Classroom.title_key == normal_form(shown), Classroom.id != except_id
    )
    if work.session.scalars(same).first() is not None:
        raise Refusal("title", Message("You already have a class called %(title)s.", title=shown))
    return shown


@reading
def my_classrooms(work: Work, actor: Actor) -> tuple[ClassroomTile, ...]:
    """Return the classes that the actor teaches, by title.

    Raises:
        NotFound: the actor teaches nobody.
    """
    access_staff_room(actor)
    students = (
        select(func.count())
        .where(Enrolment.classroom_id == Classroom.id, Enrolment.left_at.is_(None))
        .scalar_subquery()
    )
    assignments = (
        select(func.count())
        .where(Assignment.classroom_id == Classroom.id, Assignment.archived_at.is_(None))
        .scalar_subquery()
    )
    waiting = waiting_by_classroom(work, actor)
    rows = work.session.execute(
        select(Classroom.id, Classroom.title, students, assignments)
        .where(classrooms_taught_by(actor))
        .order_by(Classroom.title_key, Classroom.id)
    )
    return tuple(ClassroomTile(row[0], row[1], row[2], row[3], waiting.get(row[0], 0)) for row in rows)


@reading
def classroom_head(work: Work, actor: Actor, *, classroom_id: int) -> ClassroomHead:
    """Return the head of a class that the actor teaches.

    Raises:
        NotFound: no such class for this actor.
    """
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    return ClassroomHead(classroom.id, classroom.title)


@reading
def classroom_page(work: Work, actor: Actor, *, classroom_id: int) -> ClassroomPage:
    """Return a class: students by name and where each is in its lessons, who did what in counts, whom to check in with.

    Raises:
        NotFound: no such class for this actor.
    """
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    rows = work.session.execute(
        select(User.id, User.display_name, User.user_name, User.suspended_at)
        .join(Enrolment, Enrolment.student_id == User.id)
        .where(Enrolment.classroom_id == classroom_id, Enrolment.left_at.is_(None), User.erased_at.is_(None))
        .order_by(User.display_key, User.id)
    )
    students = tuple(ClassroomStudent(row[0], row[1], row[2], row[3] is not None) for row in rows)
    return ClassroomPage(
        id=classroom.id,
        title=classroom.title,
        students=students,
        assignments=assignment_lines(work, actor, classroom_id, len(students)),
        check_in=named_students(work, classroom),
        whereabouts=whereabouts(work, classroom_id, [one.id for one in students]),
        archived_at=classroom.archived_at,
    )
