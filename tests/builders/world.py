"""Builders that put valid things into the database, each with defaults for everything.

They write rows directly where a test only needs them to be there; what a test is about goes through services.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quizapp.content.catalogue import Item
from quizapp.core.names import normal_form
from quizapp.core.permissions import OPERATOR, Actor, Role
from quizapp.services.content import sync_content
from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import open_session
from quizapp.storage.tables import Assignment, Classroom, ClassroomTeacher, Enrolment, School, User
from tests.builders.content import sample_items

PIN = "482913"
PASSWORD = "a password of the tests"


@dataclass(frozen=True)
class A:
    """A person of the tests: who acts, and the name that they sign in with."""

    actor: Actor
    user_name: str

    @property
    def id(self) -> int:
        """The user's id."""
        return self.actor.user_id


class World:
    """Things to put into the database."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self._numbers = itertools.count(1)
        self._school_id: int | None = None

    @property
    def now(self) -> datetime:
        """The instant of the runtime's clock."""
        return self.runtime.clock()

    def add(self, row: Any) -> Any:
        """Store a row and return it."""
        with self.runtime.database.writing() as session:
            session.add(row)
            session.flush()
            session.expunge(row)
        return row

    def school(
        self, name: str = "Hill Street School", time_zone: str = "Europe/London", **values: Any
    ) -> int:
        """Make a school and return its id."""
        row = School(name=name, time_zone=time_zone, language="en", is_demo=False, created_at=self.now)
        for key, value in values.items():
            setattr(row, key, value)
        school_id: int = self.add(row).id
        return school_id

    @property
    def school_id(self) -> int:
        """The school that everything belongs to unless a test says otherwise."""
        if self._school_id is None:
            self._school_id = self.school()
        return self._school_id

    def person(
        self, role: Role, name: str | None = None, *, school_id: int | None = None, has_secret: bool = True
    ) -> A:
        """Make a person: staff with a password, students with a PIN, unless the test says without."""
        shown = name or f"{role.value.title()} {next(self._numbers)}"
        is_student = role is Role.STUDENT
        row = self.add(
            User(
                school_id=school_id or self.school_id,
                role=role.value,
                display_name=shown,
                display_key=normal_form(shown),
                user_name=shown,
                user_name_key=normal_form(shown),
                pin_hash=self.runtime.passwords.hash_pin(PIN) if is_student and has_secret else None,
                password_hash=None if is_student else self.runtime.passwords.hash_password(PASSWORD),
                must_change_password=False,
                created_at=self.now,
            )
        )
        return A(Actor(row.id, row.school_id, role), shown)

    def student(
        self,
        name: str | None = None,
        *,
        classroom: int | None = None,
        school_id: int | None = None,
        has_pin: bool = True,
    ) -> A:
        """Make a student, enrolled where a class is given."""
        made = self.person(Role.STUDENT, name, school_id=school_id, has_secret=has_pin)
        if classroom is not None:
            self.enrol(made, classroom)
        return made

    def teacher(self, name: str | None = None, *, school_id: int | None = None) -> A:
        """Make a teacher."""
        return self.person(Role.TEACHER, name, school_id=school_id)

    def admin(self, name: str | None = None, *, school_id: int | None = None) -> A:
        """Make an administrator."""
        return self.person(Role.ADMIN, name, school_id=school_id)

    def classroom(self, teacher: A, title: str = "10A", **values: Any) -> int:
        """Make a class that the teacher owns, and return its id."""
        row = self.add(
            Classroom(
                school_id=teacher.actor.school_id,
                title=title,
                title_key=normal_form(title),
                created_at=self.now,
                **values,
            )
        )
        self.add(
            ClassroomTeacher(
                school_id=row.school_id, classroom_id=row.id, user_id=teacher.id, part="owner", since=self.now
            )
        )
        classroom_id: int = row.id
        return classroom_id

    def enrol(self, student: A, classroom: int) -> None:
        """Put a student into a class."""
        self.add(
            Enrolment(
                school_id=student.actor.school_id,
                classroom_id=classroom,
                student_id=student.id,
                joined_at=self.now,
                left_at=None,
            )
        )

    def co_teacher(self, teacher: A, classroom: int) -> None:
        """Let a teacher teach a class beside its owner."""
        self.add(
            ClassroomTeacher(
                school_id=teacher.actor.school_id,
                classroom_id=classroom,
                user_id=teacher.id,
                part="co_teacher",
                since=self.now,
            )
        )

    def content(self, items: tuple[Item, ...] | None = None) -> None:
        """Synchronise a small catalogue: a lesson, a quiz of six and its questions, one of each type at least."""
        sync_content(self.runtime, OPERATOR, items=items or sample_items())

    def assignment(self, classroom: int | None = None, *, student: A | None = None, **values: Any) -> int:
        """Assign the sample quiz, homework by default, and return the assignment's id."""
        defaults: dict[str, Any] = {
            "school_id": self.school_id,
            "classroom_id": classroom,
            "student_id": student.id if student else None,
            "kind": "quiz",
            "content_key": "sample:quiz",
            "title": "Sample quiz",
            "preset": "homework",
            "attempts_allowed": 2,
            "counts": "highest",
            "created_at": self.now,
        }
        row = self.add(Assignment(**{**defaults, **values}))
        assignment_id: int = row.id
        return assignment_id

    def sign_in(self, client: Any, person: A) -> None:
        """Sign the person in at a test client without typing anything."""
        token = open_session(self.runtime, person.actor, subject=None, device="Tests")
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
