"""The frame of the demo school: its staff, its calendar, its classes and the deeds of their teacher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizapp.cli.demo_school.answers import COMMENTS
from quizapp.cli.demo_school.students import DemoStudent, WrittenAnswer
from quizapp.content.catalogue import Catalogue
from quizapp.core.assignments import Kind
from quizapp.core.check_in import SchoolWeek
from quizapp.core.demo import SCHOOL, SIGN_INS, DemoDoor
from quizapp.core.permissions import OPERATOR, Actor, Role
from quizapp.core.questions import Case
from quizapp.core.settings import TEACHING_DAYS
from quizapp.services.accounts import create_person, create_school
from quizapp.services.assigning import assign_work
from quizapp.services.assignments import Dates, Rules, show_results
from quizapp.services.classrooms import classroom_page, create_classroom
from quizapp.services.grading import mark_answer
from quizapp.services.rosters import LoginCard, add_to_roster
from quizapp.services.runtime import Runtime

ZONE = ZoneInfo("Europe/London")
FRIDAY = 4
CASE_A_EVERY = 7
"""One student of so many reads case A; the demo shows mostly the made-up one."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Instants relative to the day of start, in the school's zone."""

    now: datetime

    def at(self, days: int, hour: int, minute: int = 0) -> datetime:
        """Return an hour of the day so many days from today."""
        return self._on((self.now.astimezone(ZONE) + timedelta(days=days)).date(), hour, minute)

    def lesson(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """Return an hour of that day, or of the Friday before where no school is."""
        day = (self.now.astimezone(ZONE) + timedelta(days=days)).date()
        return self._on(day - timedelta(days=max(0, day.weekday() - FRIDAY)), hour, minute)

    def before_school_days(self, count: int) -> datetime:
        """Return the newest instant before which so many days of school lie."""
        week = SchoolWeek(ZONE, TEACHING_DAYS.default)
        back = self.now - timedelta(hours=1)
        while week.days_between(back, self.now) < count:
            back -= timedelta(days=1)
        return back

    @staticmethod
    def _on(day: date, hour: int, minute: int) -> datetime:
        return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class GivenQuiz:
    """What is assigned: a lesson together with its quiz, or a quiz alone."""

    content_key: str
    at: datetime
    dates: Dates
    rules: Rules
    kind: Kind = Kind.LESSON


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """The school while it is made: Ruth teaches its classes, Tomas runs its office."""

    runtime: Runtime
    catalogue: Catalogue
    days: Calendar
    admin: Actor
    teacher: Actor

    def at(self, instant: datetime) -> Runtime:
        """Return the runtime as it stood then."""
        return replace(self.runtime, clock=lambda: instant)

    def make_class(self, title: str, made_at: datetime) -> int:
        """Make an empty class."""
        return create_classroom(self.at(made_at), self.teacher, title=title)

    def enrol(
        self, classroom_id: int, names: Iterable[str], at: datetime
    ) -> tuple[dict[str, DemoStudent], tuple[LoginCard, ...]]:
        """Put a list of names into a class; return them by name, and the cards of those who are new."""
        wanted = list(names)
        roster = add_to_roster(self.at(at), self.teacher, classroom_id=classroom_id, text="\n".join(wanted))
        page = classroom_page(self.at(at), self.teacher, classroom_id=classroom_id)
        ids = {one.display_name: one.id for one in page.students}
        return {
            name: self._student(ids[name], name, place, len(wanted)) for place, name in enumerate(wanted)
        }, roster.cards

    def _student(self, user_id: int, name: str, place: int, count: int) -> DemoStudent:
        return DemoStudent(
            actor=Actor(user_id, self.teacher.school_id, Role.STUDENT),
            name=name,
            # Spread over the class in an order that the alphabet does not give away.
            strength=0.6 + 0.35 * (place * 11 % count) / count,
            case=Case.A if place % CASE_A_EVERY == 0 else Case.B,
            at=self.at,
        )

    def assign(self, classroom_id: int, given: GivenQuiz) -> int:
        """Give a lesson with its quiz, or a quiz alone, and return the id of the quiz as it was given."""
        return assign_work(
            self.at(given.at),
            self.teacher,
            classroom_id=classroom_id,
            kind=given.kind,
            content_key=given.content_key,
            dates=given.dates,
            rules=given.rules,
            with_quiz=given.kind is Kind.LESSON,
        )[-1]

    def mark(self, classroom_id: int, answers: Sequence[WrittenAnswer | None], at: datetime) -> None:
        """Mark written answers, and show the results of each quiz that they belong to."""
        found = [one for one in answers if one is not None]
        for minute, one in enumerate(found):
            mark_answer(
                self.at(at + timedelta(minutes=minute)),
                self.teacher,
                assignment_id=one.assignment_id,
                question_version_id=one.question_version_id,
                attempt_id=one.attempt_id,
                levels=_levels(one),
                comment=COMMENTS[one.level],
                seen=0,
            )
        for assignment_id in sorted({one.assignment_id for one in found}):
            self.show(classroom_id, assignment_id, at + timedelta(hours=2))

    def show(self, classroom_id: int, assignment_id: int, at: datetime) -> None:
        """Show the results of a quiz."""
        show_results(self.at(at), self.teacher, classroom_id=classroom_id, assignment_id=assignment_id)


def _levels(answer: WrittenAnswer) -> Mapping[str, int | None]:
    return {criterion.id: answer.level for criterion in answer.criteria}


def make_staff(runtime: Runtime, catalogue: Catalogue) -> DemoSchool:
    """Make the school and those who work there; students come with their classes."""
    days = Calendar(runtime.clock())
    began = replace(runtime, clock=lambda: days.at(-420, 8))
    school_id = create_school(began, OPERATOR, name=SCHOOL, time_zone=str(ZONE), is_demo=True)
    staff = {
        one.door: Actor(
            create_person(
                began,
                OPERATOR,
                school_id=school_id,
                display_name=one.user_name,
                role=one.role,
                secret=one.secret,
            ).user_id,
            school_id,
            one.role,
        )
        for one in SIGN_INS
        if one.role is not Role.STUDENT
    }
    return DemoSchool(runtime, catalogue, days, staff[DemoDoor.ADMIN], staff[DemoDoor.TEACHER])
