"""11C, in the middle of the course: work that goes on, work that waits, and people of whom a school has some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.cli.demo_school.classes import sitting_of
from quizapp.cli.demo_school.people import (
    CLASS_11C,
    IDLE,
    JOINED_LATE,
    MORE_TIME,
    STUCK,
    SURE_BUT_WRONG,
    SUSPENDED,
    TRANSFERRED,
    Habit,
)
from quizapp.cli.demo_school.planted import (
    AWAY_FROM_THE_KEY,
    PLANTED_QUESTION,
    PLANTED_QUIZ,
    THE_OTHERS_CHOOSE,
)
from quizapp.cli.demo_school.school import DemoSchool, GivenQuiz
from quizapp.cli.demo_school.students import LAST_READ, Course, DemoStudent, Sitting
from quizapp.core.assignments import Kind, Preset
from quizapp.core.deadlines import Factor
from quizapp.core.demo import SIGN_INS, DemoDoor
from quizapp.core.permissions import NOBODY
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.accounts import change_own_secret, suspend
from quizapp.services.assignments import Dates, Rules
from quizapp.services.lessons import note_stuck
from quizapp.services.overrides import excuse_student
from quizapp.services.rosters import LoginCard, remove_from_classroom
from quizapp.services.sign_in import find_session, sign_in, sign_out

FIRST, SECOND, AHEAD = (
    "second-source:who-says-so",
    "second-source:named-unnamed-nicknamed",
    "second-source:whose-camera-whose-clip",
)
"""The lessons of 11C: done, in the middle, and read ahead by some."""

OLDEST_WAITS = 4
"""Days since the first answer was handed in that nobody has marked."""
STRONGEST = 3
"""The strongest of so many parts of the class choose against the planted key."""


@dataclass(frozen=True, slots=True)
class _Class11C:
    school: DemoSchool
    id: int
    students: dict[str, DemoStudent]

    def with_habit(self, *habits: Habit) -> list[DemoStudent]:
        return [self.students[name] for name, habit in CLASS_11C.items() if habit in habits]


def mid_course(school: DemoSchool, moves: DemoStudent, room_10b: int) -> None:
    """Make 11C as it stands today."""
    days = school.days
    classroom_id = school.make_class("11C", days.at(-80, 12))
    late = (JOINED_LATE, TRANSFERRED)
    students, cards = school.enrol(
        classroom_id, [name for name in CLASS_11C if name not in late], days.at(-80, 13)
    )
    class_11c = _Class11C(school, classroom_id, students)
    _take_printed_pin(school, cards)
    _allow_more_time(school, students[MORE_TIME])
    first_quiz = _first_lesson(class_11c)
    planted_quiz = _planted_quiz(class_11c)
    _move(class_11c, moves, room_10b, first_quiz, planted_quiz)
    _second_lesson(class_11c)
    _join_late(class_11c, first_quiz, planted_quiz)
    suspend(
        school.at(days.at(-1, 15)),
        school.admin,
        user_id=students[SUSPENDED].actor.user_id,
        reason="The account was shared.",
    )


def _take_printed_pin(school: DemoSchool, cards: tuple[LoginCard, ...]) -> None:
    """Let the student behind the door choose the PIN that is printed when the demo starts."""
    printed = next(one for one in SIGN_INS if one.door is DemoDoor.STUDENT)
    card = next(one for one in cards if one.user_name == printed.user_name)
    runtime = school.at(school.days.at(-79, 9))
    token = sign_in(
        runtime,
        NOBODY,
        school_id=school.teacher.school_id,
        user_name=card.user_name,
        secret=card.pin,
        device="The demo",
    )
    who = find_session(runtime, NOBODY, token=token)
    assert who is not None
    change_own_secret(runtime, who.actor(), current=card.pin, new=printed.secret)
    sign_out(runtime, who.actor())


def _allow_more_time(school: DemoSchool, student: DemoStudent) -> None:
    set_accommodation(
        school.at(school.days.at(-79, 10)),
        school.teacher,
        student_id=student.actor.user_id,
        allowance=Allowance(factor=Factor.HALF_MORE, hides_clock=True, note="Agreed with the family."),
    )


def _first_lesson(class_11c: _Class11C) -> int:
    """Take everybody through the first lesson and its quiz, marked and shown."""
    school, days = class_11c.school, class_11c.school.days
    course = Course.of(school.catalogue, FIRST)
    quiz_id = school.assign(
        class_11c.id,
        GivenQuiz(
            course.lesson.key,
            days.lesson(-22, 14),
            Dates(due_at=days.at(-14, 18), closes_at=days.at(-12, 18)),
            Rules(preset=Preset.HOMEWORK, limit_minutes=20),
        ),
    )
    answers = []
    for place, one in enumerate(class_11c.students.values()):
        one.read(course, days.lesson(-21, 13, place % 5))
    for place, one in enumerate(class_11c.students.values()):
        # Nobody is weak here: whom to check in with follows from the lesson that goes on.
        sitting = sitting_of(place % 8)
        answers.append(one.take_quiz(quiz_id, days.at(-20 + place % 5, 17, place), sitting))
    school.mark(class_11c.id, answers, days.at(-13, 15))
    return quiz_id


def _planted_quiz(class_11c: _Class11C) -> int:
    """Give the quiz with the wrong key: the strongest third choose what is right and loses a mark."""
    school, days = class_11c.school, class_11c.school.days
    quiz_id = school.assign(
        class_11c.id,
        GivenQuiz(
            PLANTED_QUIZ,
            days.at(-12, 8),
            Dates(due_at=days.at(-9, 18), closes_at=days.at(-8, 18)),
            Rules(preset=Preset.PRACTICE, attempts_allowed=1),
            kind=Kind.QUIZ,
        ),
    )
    by_strength = sorted(class_11c.students.values(), key=lambda one: one.strength, reverse=True)
    strongest = len(by_strength) // STRONGEST
    for place, one in enumerate(by_strength):
        chosen = AWAY_FROM_THE_KEY if place < strongest else THE_OTHERS_CHOOSE[place % len(THE_OTHERS_CHOOSE)]
        sitting = Sitting(slips=min(1, place // strongest), chooses=((PLANTED_QUESTION, chosen),))
        one.take_quiz(quiz_id, days.at(-11 + place % 3, 16, place), sitting)
    return quiz_id


def _move(
    class_11c: _Class11C, moves: DemoStudent, room_10b: int, first_quiz: int, planted_quiz: int
) -> None:
    """Move a student over from 10B with everything done there, which counts as done here."""
    school, days = class_11c.school, class_11c.school.days
    remove_from_classroom(
        school.at(days.at(-8, 11)),
        school.teacher,
        classroom_id=room_10b,
        student_id=moves.actor.user_id,
    )
    school.enrol(class_11c.id, [moves.name], days.at(-8, 12))
    _excuse(class_11c, moves, (first_quiz, planted_quiz), days.at(-8, 13), "Done in 10B before the move.")


def _join_late(class_11c: _Class11C, first_quiz: int, planted_quiz: int) -> None:
    """Let somebody join who catches up with the first lesson and is excused from what was closed."""
    school, days = class_11c.school, class_11c.school.days
    joined, _ = school.enrol(class_11c.id, [JOINED_LATE], days.at(-4, 9))
    student = joined[JOINED_LATE]
    _excuse(class_11c, student, (first_quiz, planted_quiz), days.at(-4, 10), "Joined the class afterwards.")
    student.read(Course.of(school.catalogue, FIRST), days.at(-2, 16))


def _excuse(
    class_11c: _Class11C, student: DemoStudent, quizzes: tuple[int, ...], at: datetime, reason: str
) -> None:
    for quiz_id in quizzes:
        excuse_student(
            class_11c.school.at(at),
            class_11c.school.teacher,
            classroom_id=class_11c.id,
            assignment_id=quiz_id,
            student_id=student.actor.user_id,
            reason=reason,
        )


def _second_lesson(class_11c: _Class11C) -> None:
    """Leave the second lesson and its quiz in the middle: some are through, some read, one is at the quiz now."""
    school, days = class_11c.school, class_11c.school.days
    course, ahead = (Course.of(school.catalogue, key) for key in (SECOND, AHEAD))
    quiz_id = school.assign(
        class_11c.id,
        GivenQuiz(
            course.lesson.key,
            days.at(-7, 8),
            Dates(due_at=days.at(3, 18), closes_at=days.at(5, 18)),
            Rules(preset=Preset.HOMEWORK),
        ),
    )
    class_11c.students[IDLE].read(course, days.before_school_days(OLDEST_WAITS), last=LAST_READ)
    for place, one in enumerate(class_11c.with_habit(Habit.HANDED_IN, Habit.AHEAD, Habit.IN_THE_QUIZ)):
        one.read(course, days.at(-6, 10, place))
    for place, one in enumerate(class_11c.with_habit(Habit.HANDED_IN)):
        waits = timedelta(days=max(1, OLDEST_WAITS - place), hours=1)
        one.take_quiz(quiz_id, days.now - waits, sitting_of(place))
    for place, one in enumerate(class_11c.with_habit(Habit.AHEAD)):
        one.read(ahead, days.at(-3, 17, place))
    for one in class_11c.with_habit(Habit.FINISHED):
        wrong = one.name == SURE_BUT_WRONG
        one.read(course, days.at(-2, 16), last=LAST_READ + 3, is_sure_but_wrong=wrong)
    for place, one in enumerate(class_11c.with_habit(Habit.READING)):
        if one.name != IDLE:
            one.read(course, days.at(-1, 15, place), last=LAST_READ)
    note_stuck(
        school.at(days.at(-1, 16)), class_11c.students[STUCK].actor, slug=course.slug, number=LAST_READ
    )
    for one in class_11c.with_habit(Habit.IN_THE_QUIZ):
        one.take_quiz(quiz_id, days.now - timedelta(minutes=6), Sitting(answered=3))
