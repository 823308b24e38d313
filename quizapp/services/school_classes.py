"""All classes of a school, for its administrators: found by name or teacher. Archiving is also for their teachers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select

from quizapp.core.attempts import State
from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.classrooms import access_classroom, archived_classrooms_of, classrooms_for
from quizapp.services.access.staff import access_office, access_staff_room
from quizapp.services.audit import record
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.windows import recompute_deadlines
from quizapp.storage.tables import Assignment, Attempt, Classroom, ClassroomTeacher, Enrolment, User

CLASSES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class ArchivedClass:
    """A class that one of its teachers finds again."""

    id: int
    title: str
    archived_at: datetime


@dataclass(frozen=True, slots=True)
class ClassToArchive:
    """A class before it is put away, and how many tries are under way in it."""

    id: int
    title: str
    open_tries: int


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in the list, its owner first among the teachers."""

    id: int
    title: str
    teachers: tuple[str, ...]
    students: int
    assignments: int
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClassesFound:
    """One page of the classes found, and how many there are in all."""

    classes: tuple[ClassLine, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // CLASSES_A_PAGE))


@reading
def search_classes(
    work: Work, actor: Actor, *, text: str = "", is_archived: bool = False, page: int = 1
) -> ClassesFound:
    """Return the classes with ``text`` in their name or a teacher's, by name, a page of fifty; three statements.

    Raises:
        NotFound: the actor is no administrator.
    """
    access_office(actor)
    wanted = [
        classrooms_for(actor),
        Classroom.archived_at.is_not(None) if is_archived else Classroom.archived_at.is_(None),
    ]
    key = normal_form(text)
    if key:
        wanted.append(or_(Classroom.title_key.contains(key, autoescape=True), _is_taught_by_one_called(key)))
    total = work.session.scalar(select(func.count()).select_from(Classroom).where(*wanted)) or 0
    shown = min(max(1, page), max(1, -(-total // CLASSES_A_PAGE)))
    students = (
        select(func.count())
        .select_from(Enrolment)
        .join(User, User.id == Enrolment.student_id)
        .where(Enrolment.classroom_id == Classroom.id, Enrolment.left_at.is_(None), User.erased_at.is_(None))
        .scalar_subquery()
    )
    assignments = (
        select(func.count())
        .where(Assignment.classroom_id == Classroom.id, Assignment.archived_at.is_(None))
        .scalar_subquery()
    )
    rows = work.session.execute(
        select(Classroom.id, Classroom.title, students, assignments, Classroom.archived_at)
        .where(*wanted)
        .order_by(Classroom.title_key, Classroom.id)
        .limit(CLASSES_A_PAGE)
        .offset((shown - 1) * CLASSES_A_PAGE)
    ).all()
    teachers = _teachers(work, [row[0] for row in rows])
    classes = tuple(
        ClassLine(row[0], row[1], tuple(teachers.get(row[0], ())), row[2], row[3], row[4]) for row in rows
    )
    return ClassesFound(classes, total, shown)


@use_case
def archive_class(work: Work, actor: Actor, *, classroom_id: int) -> str:
    """Put a class away and return its title. Nothing is deleted; archiving twice is harmless.

    Its work closes at this moment: nothing can be begun, and the clock hands in what is under way.

    Raises:
        NotFound: no such class for this actor, who neither teaches it nor administers the school.
    """
    classroom = access_classroom(work, actor, Permission.ARCHIVE, id=classroom_id)
    if classroom.archived_at is None:
        classroom.archived_at = work.now
        recompute_deadlines(work, actor, classroom_id=classroom_id)
        record(work, actor, "classroom.archived", subject_kind="classroom", subject_id=classroom.id)
    return classroom.title


@use_case
def restore_class(work: Work, actor: Actor, *, classroom_id: int) -> str:
    """Bring an archived class back as it was, and return its title. A try that was handed in meanwhile stays so.

    Raises:
        NotFound: no such class for this actor, who neither teaches it nor administers the school.
    """
    classroom = access_classroom(work, actor, Permission.ARCHIVE, id=classroom_id)
    if classroom.archived_at is not None:
        classroom.archived_at = None
        recompute_deadlines(work, actor, classroom_id=classroom_id)
        record(work, actor, "classroom.restored", subject_kind="classroom", subject_id=classroom.id)
    return classroom.title


@reading
def class_to_archive(work: Work, actor: Actor, *, classroom_id: int) -> ClassToArchive:
    """Return what archiving a class would end.

    Raises:
        NotFound: as in `archive_class`.
    """
    classroom = access_classroom(work, actor, Permission.ARCHIVE, id=classroom_id)
    open_tries = work.session.scalar(
        select(func.count(Attempt.id))
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .where(
            Assignment.classroom_id == classroom_id,
            Attempt.state == State.IN_PROGRESS.value,
            Attempt.is_preview.is_(False),
        )
    )
    return ClassToArchive(classroom.id, classroom.title, open_tries or 0)


@reading
def my_archived_classes(work: Work, actor: Actor) -> tuple[ArchivedClass, ...]:
    """Return the archived classes that the actor teaches, the newest first.

    Raises:
        NotFound: the actor teaches nobody.
    """
    access_staff_room(actor)
    rows = work.session.execute(
        select(Classroom.id, Classroom.title, Classroom.archived_at)
        .where(archived_classrooms_of(actor))
        .order_by(Classroom.archived_at.desc(), Classroom.id)
    )
    return tuple(ArchivedClass(id_, title, at) for id_, title, at in rows if at is not None)


def _is_taught_by_one_called(key: str) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            ClassroomTeacher.classroom_id == Classroom.id,
            User.id == ClassroomTeacher.user_id,
            User.display_key.contains(key, autoescape=True),
        )
        .correlate(Classroom)
    )


def _teachers(work: Work, classroom_ids: list[int]) -> dict[int, list[str]]:
    rows = work.session.execute(
        select(ClassroomTeacher.classroom_id, User.display_name)
        .join(User, User.id == ClassroomTeacher.user_id)
        .where(ClassroomTeacher.classroom_id.in_(classroom_ids))
        .order_by(ClassroomTeacher.part.desc(), User.display_key, User.id)
    )
    teachers: dict[int, list[str]] = {}
    for classroom_id, name in rows:
        teachers.setdefault(classroom_id, []).append(name)
    return teachers
