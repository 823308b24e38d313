"""The people of a school, for its administrators: found by name, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, null, or_, select

from quizapp.core.names import normal_form
from quizapp.core.permissions import Actor, Permission, Role
from quizapp.services.access.classrooms import classrooms_for
from quizapp.services.access.people import access_person, people_for
from quizapp.services.access.staff import access_office
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import Classroom, ClassroomTeacher, Enrolment, User

PEOPLE_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list."""

    id: int
    display_name: str
    user_name: str
    role: Role
    is_suspended: bool


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """One page of the people found, and how many there are in all."""

    people: tuple[PersonLine, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PEOPLE_A_PAGE))


@dataclass(frozen=True, slots=True)
class ClassOfPerson:
    """A class that a person learns or teaches in. ``left_at`` is None while the person is in it."""

    id: int
    title: str
    is_archived: bool
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person with the classes, those that were left last, and what an administrator may do: nobody suspends or resets the own account here."""

    id: int
    display_name: str
    user_name: str
    role: Role
    created_at: datetime
    suspended_at: datetime | None
    is_self: bool
    classes: tuple[ClassOfPerson, ...]


@reading
def search_people(
    work: Work, actor: Actor, *, name: str = "", role: Role | None = None, page: int = 1
) -> PeopleFound:
    """Return the people whose name or user name contains ``name``, by name, a page of fifty; two statements.

    Raises:
        NotFound: the actor is no administrator.
    """
    access_office(actor)
    wanted = [people_for(actor)]
    key = normal_form(name)
    if key:
        wanted.append(
            or_(
                User.display_key.contains(key, autoescape=True),
                User.user_name_key.contains(key, autoescape=True),
            )
        )
    if role is not None:
        wanted.append(User.role == role.value)
    total = work.session.scalar(select(func.count()).select_from(User).where(*wanted)) or 0
    shown = min(max(1, page), max(1, -(-total // PEOPLE_A_PAGE)))
    rows = work.session.execute(
        select(User.id, User.display_name, User.user_name, User.role, User.suspended_at)
        .where(*wanted)
        .order_by(User.display_key, User.id)
        .limit(PEOPLE_A_PAGE)
        .offset((shown - 1) * PEOPLE_A_PAGE)
    )
    people = tuple(
        PersonLine(row[0], row[1], row[2], Role(row[3]), is_suspended=row[4] is not None) for row in rows
    )
    return PeopleFound(people, total, shown)


@reading
def person_page(work: Work, actor: Actor, *, user_id: int) -> PersonPage:
    """Return a person of the actor's school.

    Raises:
        NotFound: no such person for this actor, or the actor is no administrator.
    """
    user = access_person(work, actor, Permission.ADMINISTER, id=user_id)
    return PersonPage(
        user.id,
        user.display_name,
        user.user_name,
        Role(user.role),
        user.created_at,
        user.suspended_at,
        is_self=user.id == actor.user_id,
        classes=_classes(work, actor, user),
    )


def _classes(work: Work, actor: Actor, user: User) -> tuple[ClassOfPerson, ...]:
    """Return the classes of a person by title, each once, those that were left after the others."""
    columns = (Classroom.id, Classroom.title, Classroom.archived_at)
    if user.role == Role.STUDENT.value:
        # Who came back has two rows of one class: the later one counts.
        wanted = (
            select(*columns, Enrolment.left_at)
            .join(Enrolment, Enrolment.classroom_id == Classroom.id)
            .where(Enrolment.student_id == user.id)
            .order_by(Classroom.title_key, Classroom.id, Enrolment.id)
        )
    else:
        wanted = (
            select(*columns, null())
            .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id)
            .where(ClassroomTeacher.user_id == user.id)
            .order_by(Classroom.title_key, Classroom.id)
        )
    rows = work.session.execute(wanted.where(classrooms_for(actor)))
    found = {
        row[0]: ClassOfPerson(row[0], row[1], is_archived=row[2] is not None, left_at=row[3]) for row in rows
    }
    return tuple(sorted(found.values(), key=lambda one: one.left_at is not None))
