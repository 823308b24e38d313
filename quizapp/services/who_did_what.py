"""One assignment as the teachers of its class see it: each student's work, own dates, and what is visible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from quizapp.core.assignments import Counts, Door, Kind, Preset, door
from quizapp.core.permissions import Actor
from quizapp.services.assignments import taught_assignment
from quizapp.services.runtime import Work, reading
from quizapp.services.standings import (
    NO_LESSON,
    LessonStanding,
    QuizStanding,
    lesson_standings,
    quiz_standings,
)
from quizapp.services.windows import Window, windows_of_students
from quizapp.services.written_answers import waiting_by_assignment
from quizapp.storage.tables import Assignment, Classroom, Enrolment, User


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student: the standing at a quiz or in a lesson, never both, and the student's own window."""

    student_id: int
    display_name: str
    window: Window
    has_own_dates: bool
    quiz: QuizStanding | None
    lesson: LessonStanding | None


@dataclass(frozen=True, slots=True)
class ReleaseOffer:
    """What *Show results* would do now.

    ``marks`` are marks and comments that wait for it; ``now`` students would see more at once, ``later`` when their
    own Closes has passed or their last try is over.
    """

    marks: int
    now: int
    later: int

    @property
    def is_worth_it(self) -> bool:
        """Something would change for somebody."""
        return self.marks > 0 or self.now > 0 or self.later > 0


@dataclass(frozen=True, slots=True)
class VisibleCounts:
    """How many of those who handed in see their score, why, and the right answers at this moment."""

    handed_in: int
    score: int
    why: int
    key: int


@dataclass(frozen=True, slots=True)
class AssignmentPage:
    """An assignment with everybody's work. ``is_running``: a quiz that is open to the class, or that somebody is in."""

    id: int
    classroom_id: int
    classroom_title: str
    kind: Kind
    content_key: str
    title: str
    preset: Preset
    counts: Counts
    opens_at: datetime | None
    due_at: datetime | None
    closes_at: datetime | None
    limit: timedelta | None
    attempts_allowed: int
    has_password: bool
    is_running: bool
    results_shown_at: datetime | None
    rows: tuple[StudentRow, ...]
    answers_to_mark: int
    release: ReleaseOffer
    visible: VisibleCounts


@reading
def assignment_page(work: Work, actor: Actor, *, classroom_id: int, assignment_id: int) -> AssignmentPage:
    """Return an assignment with everybody's work, students by name; the same few statements for any class.

    Raises:
        NotFound: no such assignment in a class that the actor teaches.
    """
    row = taught_assignment(work, actor, classroom_id, assignment_id)
    title = work.session.scalars(select(Classroom.title).where(Classroom.id == classroom_id)).one()
    rows = _rows(work, row)
    return AssignmentPage(
        id=row.id,
        classroom_id=classroom_id,
        classroom_title=title,
        kind=Kind(row.kind),
        content_key=row.content_key,
        title=row.title,
        preset=Preset(row.preset),
        counts=Counts(row.counts),
        opens_at=row.opens_at,
        due_at=row.due_at,
        closes_at=row.closes_at,
        limit=timedelta(seconds=row.limit_seconds) if row.limit_seconds else None,
        attempts_allowed=row.attempts_allowed,
        has_password=row.password_hash is not None,
        is_running=_is_running(work, row, rows),
        results_shown_at=row.results_shown_at,
        rows=rows,
        answers_to_mark=waiting_by_assignment(work, actor, classroom_id).get(row.id, 0),
        release=_release(row, rows),
        visible=_visible(rows),
    )


def _rows(work: Work, assignment: Assignment) -> tuple[StudentRow, ...]:
    students = work.session.execute(
        select(User.id, User.display_name)
        .join(Enrolment, Enrolment.student_id == User.id)
        .where(
            Enrolment.classroom_id == assignment.classroom_id,
            Enrolment.left_at.is_(None),
            User.erased_at.is_(None),
        )
        .order_by(User.display_key, User.id)
    ).all()
    ids = [student_id for student_id, _ in students]
    windows = windows_of_students(work, assignment, ids)
    quizzes: dict[tuple[int, int], QuizStanding] = {}
    lessons: dict[tuple[str, int], LessonStanding] = {}
    if assignment.kind == Kind.LESSON:
        lessons = lesson_standings(work, [assignment.content_key], ids)
    else:
        quizzes = quiz_standings(
            work, [assignment], {(assignment.id, student_id): windows[student_id] for student_id in ids}
        )
    return tuple(
        StudentRow(
            student_id,
            name,
            windows[student_id],
            _is_own(assignment, windows[student_id]),
            quizzes.get((assignment.id, student_id)),
            lessons.get((assignment.content_key, student_id), NO_LESSON)
            if assignment.kind == Kind.LESSON
            else None,
        )
        for student_id, name in students
    )


def _is_running(work: Work, assignment: Assignment, rows: tuple[StudentRow, ...]) -> bool:
    if assignment.kind == Kind.LESSON:
        return False
    is_open = door(work.now, assignment.opens_at, assignment.closes_at) is Door.OPEN
    return is_open or any(row.quiz and row.quiz.has_open_try for row in rows)


def _is_own(assignment: Assignment, window: Window) -> bool:
    return (
        window.includes_extra_time
        or window.hides_clock
        or window.due_at != assignment.due_at
        or window.closes_at != assignment.closes_at
        or window.attempts_allowed != assignment.attempts_allowed
    )


def _release(assignment: Assignment, rows: tuple[StudentRow, ...]) -> ReleaseOffer:
    """Count whom *Show results* would reach."""
    is_first_of_test = assignment.preset == Preset.TEST and assignment.results_shown_at is None
    results = [row.quiz for row in rows if row.quiz and row.quiz.has_result]
    reached = [one for one in results if one.marks_not_shown or is_first_of_test]
    now = sum(1 for one in reached if one.after_release.score)
    return ReleaseOffer(sum(one.marks_not_shown for one in results), now, len(reached) - now)


def _visible(rows: tuple[StudentRow, ...]) -> VisibleCounts:
    seen = [row.quiz.visible for row in rows if row.quiz and row.quiz.has_handed_in]
    return VisibleCounts(
        len(seen),
        sum(1 for one in seen if one.score),
        sum(1 for one in seen if one.why),
        sum(1 for one in seen if one.key),
    )
