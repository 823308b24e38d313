"""Classes and students for journeys, made by the product's own services in the database of the server."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quizapp.core.assignments import Kind
from quizapp.core.permissions import OPERATOR, Actor, Role
from quizapp.core.questions import Case, Move
from quizapp.services.accounts import create_person
from quizapp.services.asked import Asked
from quizapp.services.assigning import assign_work
from quizapp.services.assignments import Dates, Rules
from quizapp.services.attempts import start_attempt
from quizapp.services.classrooms import classroom_page, create_classroom
from quizapp.services.rehearsal import questions_of_attempt
from quizapp.services.rosters import LoginCard, add_to_roster
from quizapp.services.saving import Arrived, save_responses, take_lease
from quizapp.services.submitting import submit_attempt
from tests.support.server import Server

SCHOOL_ID = 1
STAFF_PASSWORD = "a password of the tests"
LESSON = "second-source:who-says-so"
SLUG = "who-says-so"

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """Somebody of the school: what is typed to sign in, and who acts."""

    name: str
    secret: str
    actor: Actor


@dataclass(frozen=True)
class SchoolClass:
    """A class with one student and, where asked for, the lesson and its quiz."""

    server: Server
    teacher: Person
    classroom_id: int
    student: Person
    lesson_id: int = 0
    quiz_id: int = 0

    def start(self) -> int:
        """Let the student begin the quiz and return the attempt's id."""
        started = start_attempt(
            self.server.runtime, self.student.actor, assignment_id=self.quiz_id, case=Case.A
        )
        return started.attempt_id

    def asked(self, attempt_id: int) -> tuple[Asked, ...]:
        """Return the questions of an attempt."""
        return questions_of_attempt(self.server.runtime, OPERATOR, attempt_id=attempt_id)

    def save(self, attempt_id: int, values: dict[int, Any]) -> None:
        """Save answers as a window of the student on another device does."""
        runtime, actor = self.server.runtime, self.student.actor
        lease = take_lease(runtime, actor, attempt_id=attempt_id).lease
        arrived = [Arrived(slot, place, value) for place, (slot, value) in enumerate(values.items(), 1)]
        saved = save_responses(runtime, actor, attempt_id=attempt_id, lease=lease, responses=arrived)
        assert all(one.is_kept for one in saved.acknowledged)

    def hand_in(self) -> int:
        """Begin the quiz, answer everything rightly, hand it in; return the attempt's id."""
        attempt_id = self.start()
        answers = {one.slot: right_value(one) for one in self.asked(attempt_id)}
        self.save(attempt_id, answers)
        submit_attempt(self.server.runtime, self.student.actor, attempt_id=attempt_id)
        return attempt_id


def make_person(server: Server, role: Role, name: str) -> Person:
    """Make a teacher or an administrator."""
    shown = f"{name} {next(_numbers)}"
    made = create_person(
        server.runtime,
        OPERATOR,
        school_id=SCHOOL_ID,
        display_name=shown,
        role=role,
        secret=STAFF_PASSWORD,
    )
    return Person(made.user_name, STAFF_PASSWORD, Actor(made.user_id, SCHOOL_ID, role))


def make_class(
    server: Server,
    *,
    rules: Rules | None = None,
    dates: Dates | None = None,
    names: Sequence[str] = ("Ines Halloran",),
) -> SchoolClass:
    """Make a class of a new teacher; with rules the lesson and its quiz are assigned to it."""
    teacher = make_person(server, Role.TEACHER, "Tess Arnold")
    classroom_id = create_classroom(server.runtime, teacher.actor, title="10A")
    roster = add_to_roster(server.runtime, teacher.actor, classroom_id=classroom_id, text="\n".join(names))
    made = SchoolClass(
        server, teacher, classroom_id, _student(teacher.actor, server, classroom_id, roster.cards[0])
    )
    return assigned(made, rules, dates or Dates()) if rules else made


def assigned(made: SchoolClass, rules: Rules, dates: Dates) -> SchoolClass:
    """Return the class with the lesson and its quiz assigned."""
    lesson_id, quiz_id = assign_work(
        made.server.runtime,
        made.teacher.actor,
        classroom_id=made.classroom_id,
        kind=Kind.LESSON,
        content_key=LESSON,
        dates=dates,
        rules=rules,
        with_quiz=True,
    )
    return SchoolClass(made.server, made.teacher, made.classroom_id, made.student, lesson_id, quiz_id)


def right_value(asked: Asked) -> Any:
    """Return the right answer, or a text where a person marks."""
    if asked.type.move is Move.WRITE:
        return "The page names nobody for this line, so I would print it with a question and ask who counted."
    return asked.type.correct_value(asked.settings)


def _student(teacher: Actor, server: Server, classroom_id: int, card: LoginCard) -> Person:
    page = classroom_page(server.runtime, teacher, classroom_id=classroom_id)
    found = next(one for one in page.students if one.user_name == card.user_name)
    return Person(card.user_name, card.pin, Actor(found.id, SCHOOL_ID, Role.STUDENT))
