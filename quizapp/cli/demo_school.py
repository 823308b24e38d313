"""Harbour Lane School: made by the product's own services, with a fixed seed, dates relative to today.

Nothing here writes a row itself. What the demo shows is what a school would see that did the same.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizapp.cli.demo_students import Course, DemoStudent, Habit
from quizapp.content.catalogue import Catalogue
from quizapp.core.assignments import Kind, Preset
from quizapp.core.deadlines import Factor
from quizapp.core.demo import SIGN_INS
from quizapp.core.permissions import NOBODY, OPERATOR, Actor, Role
from quizapp.core.questions import Case
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.accounts import change_own_secret, create_person, create_school, suspend
from quizapp.services.assigning import assign_work
from quizapp.services.assignments import Dates, Rules
from quizapp.services.classrooms import create_classroom
from quizapp.services.rosters import LoginCard, add_to_roster
from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import find_session, sign_in, sign_out

SEED = 20240826
SCHOOL = "Harbour Lane School (demo)"
ZONE = "Europe/London"
LESSON = "second-source:who-says-so"
DEVICE = "The demo"


LONG_NAME = "Maria Fernanda de los Ángeles Castellanos Villavicencio-Ruiz"

CLASS_10A = {
    "Maya Okonkwo": Habit.READING,
    "Jonas Weber": Habit.FINISHED,
    "Amina Farouk": Habit.FINISHED,
    "李娜": Habit.FINISHED,
    "Priya Raman": Habit.FINISHED,
    "Leo Marchetti": Habit.FINISHED,
    "Sofia Nyberg": Habit.FINISHED,
    "Daniel Osei": Habit.IN_THE_QUIZ,
    "فاطمة الزهراء": Habit.READING,
    LONG_NAME: Habit.READING,
    "Kai Tanaka": Habit.NOT_STARTED,
    "Elif Yıldız": Habit.NOT_STARTED,
    "Noah Brandt": Habit.NOT_STARTED,
}
SUSPENDED = "Noah Brandt"
MORE_TIME = "Amina Farouk"


@dataclass(frozen=True, slots=True)
class _School:
    runtime: Runtime
    today: datetime
    admin: Actor
    teacher: Actor

    def at(self, days: int, hour: int, minute: int = 0) -> Runtime:
        """Return the runtime as it stood that many days from today, at that hour of the school's day."""
        day = (self.today + timedelta(days=days)).date()
        local = datetime.combine(day, time(hour, minute), ZoneInfo(ZONE))
        return replace(self.runtime, clock=lambda: local.astimezone(UTC))


def fill_demo_school(runtime: Runtime, catalogue: Catalogue) -> None:
    """Make the demo school in an empty database that holds the content of the catalogue."""
    school = _people(runtime)
    classroom_id = create_classroom(school.at(-14, 9), school.teacher, title="10A")
    names = "\n".join(CLASS_10A)
    roster = add_to_roster(school.at(-14, 9), school.teacher, classroom_id=classroom_id, text=names)
    students = {card.display_name: _student(school, card) for card in roster.cards}
    set_accommodation(
        school.at(-13, 10),
        school.teacher,
        student_id=students[MORE_TIME].user_id,
        allowance=Allowance(factor=Factor.HALF_MORE, hides_clock=True, note="Agreed with the family."),
    )
    _, quiz_id = assign_work(
        school.at(-7, 8),
        school.teacher,
        classroom_id=classroom_id,
        kind=Kind.LESSON,
        content_key=LESSON,
        dates=Dates(due_at=_evening(school, 3), closes_at=_evening(school, 10)),
        rules=Rules(preset=Preset.HOMEWORK, limit_minutes=20),
        with_quiz=True,
    )
    course = Course.of(catalogue, LESSON, quiz_id)
    chance = random.Random(SEED)  # noqa: S311 - the same school every time
    for place, (name, habit) in enumerate(CLASS_10A.items()):
        days = -6 + place % 5
        DemoStudent(
            actor=students[name],
            habit=habit,
            strength=0.55 + 0.05 * (place % 8),
            case=Case.A if place % 2 else Case.B,
            chance=chance,
            at_minute=lambda minute, days=days: school.at(days, 13, minute),  # type: ignore[misc]  # a lambda with a default
            now=runtime,
        ).work_through(course)
    suspend(
        school.at(-1, 15), school.admin, user_id=students[SUSPENDED].user_id, reason="The account was shared."
    )


def _people(runtime: Runtime) -> _School:
    today = runtime.clock()
    student, teacher, admin = SIGN_INS
    del student
    school_id = create_school(runtime, OPERATOR, name=SCHOOL, time_zone=ZONE, is_demo=True)
    made = [
        Actor(
            create_person(
                runtime,
                OPERATOR,
                school_id=school_id,
                display_name=one.user_name,
                role=role,
                secret=one.secret,
            ).user_id,
            school_id,
            role,
        )
        for one, role in ((admin, Role.ADMIN), (teacher, Role.TEACHER))
    ]
    return _School(runtime, today, *made)


def _student(school: _School, card: LoginCard) -> Actor:
    """Return the student of a login card; the one at the printed sign-in takes the printed PIN."""
    runtime = school.at(-13, 9)
    token = sign_in(
        runtime,
        NOBODY,
        school_id=school.teacher.school_id,
        user_name=card.user_name,
        secret=card.pin,
        device=DEVICE,
    )
    who = find_session(runtime, NOBODY, token=token)
    assert who is not None
    actor = who.actor()
    printed = next((one for one in SIGN_INS if one.user_name == card.user_name), None)
    if printed is not None:
        change_own_secret(runtime, actor, current=card.pin, new=printed.secret)
    sign_out(runtime, actor)
    return actor


def _evening(school: _School, days: int) -> datetime:
    return school.at(days, 18).clock()
