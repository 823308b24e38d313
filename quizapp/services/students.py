"""One student as the student's own teachers see that student."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.core.assignments import Kind
from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.classrooms import access_classroom, classrooms_taught_by
from quizapp.services.access.people import access_person
from quizapp.services.accommodations import AccommodationLine, accommodation_lines
from quizapp.services.check_in import Talk, talks_with
from quizapp.services.runtime import Work, reading
from quizapp.services.standings import (
    NO_LESSON,
    LessonStanding,
    QuizStanding,
    lesson_standings,
    quiz_standings,
)
from quizapp.services.windows import windows_of_assignments
from quizapp.storage.tables import Assignment, Classroom, Enrolment, User


@dataclass(frozen=True, slots=True)
class SharedClassroom:
    """A class of the actor's in which the student is."""

    id: int
    title: str


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One assignment of the student: the standing at a quiz or in a lesson, never both."""

    assignment_id: int
    classroom_id: int
    classroom_title: str
    kind: Kind
    title: str
    due_at: datetime | None
    attempts_allowed: int
    quiz: QuizStanding | None
    lesson: LessonStanding | None


@dataclass(frozen=True, slots=True)
class StudentPage:
    """A student with the work in the actor's classes and what the student is allowed."""

    id: int
    display_name: str
    user_name: str
    is_suspended: bool
    classrooms: tuple[SharedClassroom, ...]
    work: tuple[WorkLine, ...]
    accommodations: tuple[AccommodationLine, ...]
    talks: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class StudentHead:
    """What stands at the head of every page about a student."""

    id: int
    display_name: str
    user_name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A student in a class, to be asked about before the student is taken out."""

    student_id: int
    name: str
    classroom_id: int
    title: str


@reading
def student_page(work: Work, actor: Actor, *, student_id: int) -> StudentPage:
    """Return a student of the actor's.

    Work in the classes of other teachers is theirs to see.

    Raises:
        NotFound: the actor does not teach this student.
    """
    student = access_person(work, actor, Permission.TEACH, id=student_id)
    classrooms = {
        row.id: row.title
        for row in work.session.execute(
            select(Classroom.id, Classroom.title)
            .join(Enrolment, Enrolment.classroom_id == Classroom.id)
            .where(
                classrooms_taught_by(actor), Enrolment.student_id == student_id, Enrolment.left_at.is_(None)
            )
            .order_by(Classroom.title_key)
        )
    }
    return StudentPage(
        student.id,
        student.display_name,
        student.user_name,
        student.suspended_at is not None,
        tuple(SharedClassroom(*item) for item in classrooms.items()),
        _work_lines(work, student, classrooms),
        accommodation_lines(work, student_id),
        talks_with(work, student_id, list(classrooms)),
    )


def _work_lines(work: Work, student: User, classrooms: dict[int, str]) -> tuple[WorkLine, ...]:
    rows = work.session.scalars(
        select(Assignment)
        .where(Assignment.classroom_id.in_(list(classrooms)), Assignment.archived_at.is_(None))
        .order_by(Assignment.due_at.is_(None), Assignment.due_at, Assignment.id)
    ).all()
    windows = windows_of_assignments(work, student.id, rows)
    quizzes = [row for row in rows if row.kind != Kind.LESSON]
    lessons = [row.content_key for row in rows if row.kind == Kind.LESSON]
    at_quizzes = quiz_standings(work, quizzes, {(row.id, student.id): windows[row.id] for row in quizzes})
    in_lessons = lesson_standings(work, lessons, [student.id])
    return tuple(
        WorkLine(
            row.id,
            row.classroom_id or 0,
            classrooms[row.classroom_id or 0],
            Kind(row.kind),
            row.title,
            windows[row.id].due_at,
            windows[row.id].attempts_allowed,
            at_quizzes.get((row.id, student.id)),
            in_lessons.get((row.content_key, student.id), NO_LESSON) if row.kind == Kind.LESSON else None,
        )
        for row in rows
    )


@reading
def student_head(work: Work, actor: Actor, *, student_id: int) -> StudentHead:
    """Return the head of the pages about a student.

    Raises:
        NotFound: the actor does not teach this student.
    """
    student = access_person(work, actor, Permission.TEACH, id=student_id)
    return StudentHead(student.id, student.display_name, student.user_name)


@reading
def membership(work: Work, actor: Actor, *, classroom_id: int, student_id: int) -> Membership:
    """Return a student and the class that the student is in.

    Raises:
        NotFound: the actor does not teach this class, or the student is not in it.
    """
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    name = work.session.scalars(
        select(User.display_name)
        .join(Enrolment, Enrolment.student_id == User.id)
        .where(
            Enrolment.classroom_id == classroom_id,
            Enrolment.student_id == student_id,
            Enrolment.left_at.is_(None),
        )
    ).one_or_none()
    if name is None:
        raise NotFound
    return Membership(student_id, name, classroom.id, classroom.title)
