"""*Check in with*: which students of a class a teacher should talk to, each with reasons and their dates.

Nobody is named for one wrong answer, for blanks alone or for work that is not open yet. A reason goes by itself when
what it is about is done, and when a teacher has talked to the student after it arose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from quizapp.core.assignments import Door, door
from quizapp.core.messages import Message
from quizapp.core.settings import Weekday

MOST_NAMES = 5
"""More would be a list that nobody works through; the others are counted."""

IDLE_DAYS = 3
LOW_PERCENT = 60
WRONG_IN_A_ROW = 4
UNFINISHED_TIMES = 2


class Severity(IntEnum):
    """How pressing a reason is, the most pressing first."""

    STUCK = 1
    OVERDUE = 2
    LOW = 3
    IDLE = 4
    PRACTICE = 5


@dataclass(frozen=True, slots=True)
class SchoolWeek:
    """On which days a school teaches, and where its clocks hang."""

    zone: ZoneInfo
    days: frozenset[Weekday]

    def days_between(self, since: datetime, now: datetime) -> int:
        """Return how many teaching days have begun after the day of ``since``, today included."""
        day, today = since.astimezone(self.zone).date(), now.astimezone(self.zone).date()
        weeks, rest = divmod(max(0, (today - day).days), 7)
        after = (day + timedelta(days=number) for number in range(1, rest + 1))
        return weeks * len(self.days) + sum(Weekday(one.weekday()) in self.days for one in after)


@dataclass(frozen=True, slots=True)
class GivenWork:
    """A lesson or quiz that a student was given, with the student's own dates.

    ``touched_at`` is the last activity in what was begun and is still open, None where nothing is.
    """

    title: str
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    is_excused: bool
    is_handed_in: bool
    touched_at: datetime | None


@dataclass(frozen=True, slots=True)
class GradedTry:
    """A try with every mark. Points in ten-thousandths; ``is_last`` where none can follow it."""

    title: str
    finished_at: datetime
    points: int
    max_points: int
    is_last: bool

    @property
    def is_low(self) -> bool:
        """Under 60%, compared in whole numbers."""
        return self.points * 100 < self.max_points * LOW_PERCENT


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that was noticed about a student at an instant: where it was, and for *stuck* the screen."""

    where: str
    at: datetime
    screen: int = 0


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """Everything that the rule looks at for one student.

    ``tries`` holds the newest graded tries, the newest first. ``unfinished`` are exercises that were left unfinished
    twice, ``wrong`` skills with four wrong in a row, each at the instant of the last time.
    """

    work: tuple[GivenWork, ...] = ()
    tries: tuple[GradedTry, ...] = ()
    unfinished: tuple[Noticed, ...] = ()
    wrong: tuple[Noticed, ...] = ()
    stuck: tuple[Noticed, ...] = ()
    talked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why to check in: what happened, and when."""

    severity: Severity
    at: datetime
    message: Message


def reasons(facts: StudentFacts, now: datetime, week: SchoolWeek) -> tuple[Reason, ...]:
    """Return why to check in with a student, the most pressing and then the oldest first; none after a talk."""
    found = [
        *_stuck(facts.stuck),
        *_overdue(facts.work, now),
        *_low(facts.tries),
        *_idle(facts.work, now, week),
        *_practice(facts),
    ]
    fresh = [one for one in found if facts.talked_at is None or one.at > facts.talked_at]
    return tuple(sorted(fresh, key=lambda one: (one.severity, one.at)))


def is_wrong_run(newest_earned: Sequence[int]) -> bool:
    """Say whether the newest answers on a skill, the newest first, are four wrong in a row."""
    run = newest_earned[:WRONG_IN_A_ROW]
    return len(run) == WRONG_IN_A_ROW and not any(run)


def is_left_unfinished(open_parts: Sequence[int]) -> bool:
    """Say whether the newest answers to one exercise, the newest first, were left unfinished twice."""
    newest = open_parts[:UNFINISHED_TIMES]
    return len(newest) == UNFINISHED_TIMES and all(newest)


def _stuck(marks: Iterable[Noticed]) -> list[Reason]:
    return [
        Reason(
            Severity.STUCK,
            one.at,
            Message(
                "Pressed “I am stuck here” on screen %(screen)d of %(title)s",
                screen=one.screen,
                title=one.where,
            ),
        )
        for one in marks
    ]


def _overdue(work: Iterable[GivenWork], now: datetime) -> list[Reason]:
    found = []
    for one in work:
        due_at = one.due_at or one.closes_at
        if due_at and due_at < now and not one.is_handed_in and _is_asked_for(one, now):
            message = Message("Past Due and not handed in: %(title)s", title=one.title)
            found.append(Reason(Severity.OVERDUE, due_at, message))
    return found


def _low(tries: Sequence[GradedTry]) -> list[Reason]:
    if not tries or not tries[0].is_low:
        return []
    newest = tries[0]
    if newest.is_last:
        message = Message("The last try under 60%%, and none left: %(title)s", title=newest.title)
        return [Reason(Severity.LOW, newest.finished_at, message)]
    if len(tries) > 1 and tries[1].is_low:
        message = Message(
            "The last two graded tries under 60%%, the newer one: %(title)s", title=newest.title
        )
        return [Reason(Severity.LOW, newest.finished_at, message)]
    return []


def _idle(work: Iterable[GivenWork], now: datetime, week: SchoolWeek) -> list[Reason]:
    found = []
    for one in work:
        if (
            one.touched_at is None
            or door(now, one.opens_at, one.closes_at) is not Door.OPEN
            or one.is_excused
        ):
            continue
        days = week.days_between(one.touched_at, now)
        if days >= IDLE_DAYS:
            message = Message(
                "Opened and left alone for %(days)d days of school: %(title)s", days=days, title=one.title
            )
            found.append(Reason(Severity.IDLE, one.touched_at, message))
    return found


def _practice(facts: StudentFacts) -> list[Reason]:
    unfinished = [
        Reason(
            Severity.PRACTICE,
            one.at,
            Message("The same exercise left unfinished twice: %(title)s", title=one.where),
        )
        for one in facts.unfinished
    ]
    wrong = [
        Reason(Severity.PRACTICE, one.at, Message("4 wrong in a row: %(skill)s", skill=one.where))
        for one in facts.wrong
    ]
    return unfinished + wrong


def _is_asked_for(work: GivenWork, now: datetime) -> bool:
    return not work.is_excused and (work.opens_at is None or work.opens_at <= now)
