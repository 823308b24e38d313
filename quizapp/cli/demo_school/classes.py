"""The classes of the demo school, year by year: one put away, two that are through, one in the middle, one empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from quizapp.cli.demo_school.people import (
    CLASS_10A,
    CLASS_10B,
    LAST_YEAR,
    TRANSFERRED,
    WITH_A_CODE,
)
from quizapp.cli.demo_school.school import DemoSchool, GivenQuiz
from quizapp.cli.demo_school.students import Course, DemoStudent, Sitting
from quizapp.core.assignments import Preset
from quizapp.services.assignments import Dates, Rules
from quizapp.services.check_in import check_in_list, talk_to_student
from quizapp.services.door import open_door
from quizapp.services.school_classes import archive_class

PATH = (
    "second-source:who-says-so",
    "second-source:back-to-the-original",
    "second-source:how-sure-should-i-be",
    "second-source:named-unnamed-nicknamed",
    "second-source:whose-camera-whose-clip",
)
"""The path of six lessons as far as it is written."""

FIRST_LESSON = -52
BETWEEN_LESSONS = 7
BEGINNING_OF_TERM = -80
STEP = 0.04
"""How much stronger 10A comes to the next lesson."""
WEAK = 9
"""One of so many needs a talk after the last quiz."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How a class goes through a course: when it has its first lesson, and how much each lesson helps."""

    first_day: int
    hour: int
    step: float


def last_year(school: DemoSchool) -> int:
    """Make the class of last year, with students who are in 10A today, and return its id."""
    days = school.days
    classroom_id = school.make_class(LAST_YEAR, days.at(-415, 9))
    students, _ = school.enrol(classroom_id, CLASS_10A[:24], days.at(-415, 10))
    first = days.lesson(-170)
    quiz_id = school.assign(
        classroom_id,
        GivenQuiz(
            PATH[0],
            first - timedelta(days=1),
            Dates(due_at=days.at(-163, 18), closes_at=days.at(-160, 18)),
            Rules(preset=Preset.TEST, attempts_allowed=1),
        ),
    )
    answers = [
        one.take_quiz(quiz_id, first + timedelta(minutes=place), Sitting(slips=2, level=place % 2 + 1))
        for place, one in enumerate(list(students.values())[:12])
    ]
    school.mark(classroom_id, answers, days.at(-158, 14))
    return classroom_id


def put_away(school: DemoSchool, classroom_id: int) -> None:
    """Archive the class of last year, once its students stand in their new ones."""
    archive_class(
        school.at(school.days.at(BEGINNING_OF_TERM + 1, 15)), school.admin, classroom_id=classroom_id
    )


def two_that_are_through(school: DemoSchool) -> tuple[int, DemoStudent]:
    """Make 10A and 10B with the whole path done; return the id of 10B, and who moves from it to 11C."""
    days = school.days
    rooms = {title: school.make_class(title, days.at(BEGINNING_OF_TERM, 9)) for title in ("10A", "10B")}
    in_a, _ = school.enrol(rooms["10A"], CLASS_10A, days.at(BEGINNING_OF_TERM, 10))
    in_b, _ = school.enrol(rooms["10B"], (*CLASS_10B, TRANSFERRED), days.at(BEGINNING_OF_TERM, 11))
    moves = in_b.pop(TRANSFERRED)
    for number, key in enumerate(PATH):
        course = Course.of(school.catalogue, key)
        day = FIRST_LESSON + BETWEEN_LESSONS * number
        # Who moves has the first lesson only.
        of_b = (*in_b.values(), moves) if number == 0 else tuple(in_b.values())
        _through_a_lesson(school, rooms["10A"], tuple(in_a.values()), course, Pace(day, 9, STEP * number))
        _through_a_lesson(school, rooms["10B"], of_b, course, Pace(day + 1, 11, 0.0))
    _talk_to_the_first(school, rooms["10A"])
    return rooms["10B"], moves


def _through_a_lesson(
    school: DemoSchool, classroom_id: int, students: Sequence[DemoStudent], course: Course, pace: Pace
) -> None:
    """Take a class through a lesson in school and its quiz at home; then mark it."""
    days, day = school.days, pace.first_day
    quiz_id = school.assign(
        classroom_id,
        GivenQuiz(
            course.lesson.key,
            days.lesson(day - 1, 14),
            Dates(due_at=days.at(day + 7, 18), closes_at=days.at(day + 9, 18)),
            Rules(preset=Preset.HOMEWORK, limit_minutes=20),
        ),
    )
    for place, one in enumerate(students):
        stronger = replace(one, strength=min(0.95, one.strength + pace.step))
        stronger.read(course, days.lesson(day, pace.hour, place % 5))
    answers = []
    for place, one in enumerate(students):
        evening = days.at(day + 1 + place % 5, 17, place)
        answers.append(one.take_quiz(quiz_id, evening, sitting_of(place)))
    school.mark(classroom_id, answers, days.at(day + 10, 15))


def sitting_of(place: int) -> Sitting:
    """Return how a quiz goes for the student at that place of the list."""
    if place % WEAK == WEAK - 1:
        return Sitting(slips=3, level=place % 2)
    return Sitting(slips=place % 3, level=1 if place % 4 == 1 else 2)


def _talk_to_the_first(school: DemoSchool, classroom_id: int) -> None:
    """Note a talk with the student who was named first, so that the list shows how it clears."""
    runtime = school.at(school.days.at(-2, 12))
    named = check_in_list(runtime, school.teacher, classroom_id=classroom_id).students
    if named:
        talk_to_student(
            runtime,
            school.teacher,
            classroom_id=classroom_id,
            student_id=named[0].student_id,
            note="Reads fast. We agreed: first the speaker, then the verdict.",
        )


def media_club(school: DemoSchool) -> None:
    """Make a class without students whose code is on the projector."""
    classroom_id = school.make_class(WITH_A_CODE, school.days.at(-3, 16))
    open_door(school.runtime, school.teacher, classroom_id=classroom_id)
