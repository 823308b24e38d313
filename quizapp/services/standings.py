"""How one student stands at one assignment: the same for the class's page, the student's page and the counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from quizapp.core.assignments import Preset, ReleaseFacts, Visible, visible
from quizapp.core.scoring import percent
from quizapp.services.runtime import Work
from quizapp.services.scores import TEACHER
from quizapp.services.tries import Try, tries_of
from quizapp.services.windows import Window
from quizapp.storage.tables import Assignment, Grade, LessonProgress, Response, StuckMark

Cell = tuple[int, int]
"""Assignment id, student id."""


class Standing(StrEnum):
    """Where a student is with a quiz."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    GRADED = "graded"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class QuizStanding:
    """A student at a quiz. Points, of the try that counts, are in ten-thousandths; None where none counts yet.

    ``marks_not_shown`` are marks of a teacher that wait for *Show results*; ``after_release`` is what the student
    would see if the results were shown now.
    """

    standing: Standing
    tries: int
    last_saved_at: datetime | None
    handed_in_at: datetime | None
    is_late: bool
    points: int | None
    max_points: int | None
    marks_not_shown: int
    visible: Visible
    after_release: Visible

    @property
    def has_handed_in(self) -> bool:
        """At least one try is closed."""
        return self.handed_in_at is not None

    @property
    def percent(self) -> int | None:
        """Points of all that can be had, in whole percent."""
        if self.points is None or self.max_points is None:
            return None
        return percent(self.points, self.max_points)


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """A student in a lesson. ``stuck_on`` are the screens where *I am stuck here* was pressed and not yet cleared."""

    screens_done: int
    started_at: datetime | None
    last_seen_at: datetime | None
    finished_at: datetime | None
    stuck_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    tries: Sequence[Try]
    grade: Grade | None
    saved: Mapping[int, datetime]


NO_LESSON = LessonStanding(0, None, None, None, ())


def quiz_standings(
    work: Work, quizzes: Sequence[Assignment], windows: Mapping[Cell, Window]
) -> dict[Cell, QuizStanding]:
    """Return how each student of ``windows`` stands at each quiz; four statements, however many there are."""
    assignment_ids = [quiz.id for quiz in quizzes]
    student_ids = {student_id for _, student_id in windows}
    tries = tries_of(work, assignment_ids, student_ids)
    saved = _last_saves(work, [one.attempt_id for many in tries.values() for one in many if one.is_open])
    grades = {
        (row.assignment_id, row.student_id): row
        for row in work.session.scalars(
            select(Grade).where(Grade.assignment_id.in_(assignment_ids), Grade.student_id.in_(student_ids))
        )
    }
    return {
        (quiz.id, student_id): _quiz_standing(
            work,
            quiz,
            windows[quiz.id, student_id],
            _Stored(tries.get((quiz.id, student_id), []), grades.get((quiz.id, student_id)), saved),
        )
        for quiz in quizzes
        for student_id in student_ids
    }


def lesson_standings(
    work: Work, lesson_keys: Iterable[str], student_ids: Iterable[int]
) -> dict[tuple[str, int], LessonStanding]:
    """Return how far each student is in each lesson that was begun, by (lesson key, student id); two statements."""
    keys, ids = list(lesson_keys), list(student_ids)
    stuck: dict[tuple[str, int], list[int]] = {}
    for key, student_id, screen in work.session.execute(
        select(StuckMark.lesson_key, StuckMark.student_id, StuckMark.screen)
        .where(StuckMark.lesson_key.in_(keys), StuckMark.student_id.in_(ids), StuckMark.cleared_at.is_(None))
        .group_by(StuckMark.lesson_key, StuckMark.student_id, StuckMark.screen)
        .order_by(StuckMark.screen)
    ):
        stuck.setdefault((key, student_id), []).append(screen)
    rows = work.session.scalars(
        select(LessonProgress).where(LessonProgress.lesson_key.in_(keys), LessonProgress.student_id.in_(ids))
    )
    return {
        (row.lesson_key, row.student_id): LessonStanding(
            row.screens_done,
            row.started_at,
            row.last_seen_at,
            row.finished_at,
            tuple(stuck.get((row.lesson_key, row.student_id), ())),
        )
        for row in rows
    }


def _quiz_standing(
    work: Work,
    quiz: Assignment,
    window: Window,
    stored: _Stored,
) -> QuizStanding:
    tries, grade = stored.tries, stored.grade
    closed = [one for one in tries if not one.is_open]
    open_try = next((one for one in tries if one.is_open), None)
    handed_in_at = max((one.finished_at for one in closed if one.finished_at), default=None)
    first_in_at = min((one.finished_at for one in closed if one.finished_at), default=None)
    return QuizStanding(
        standing=_standing(work.now, window, open_try, closed, grade),
        tries=len(tries),
        last_saved_at=stored.saved.get(open_try.attempt_id) if open_try else None,
        handed_in_at=handed_in_at,
        # Handed in once in time is in time, whatever is tried again later.
        is_late=bool(window.due_at and first_in_at and first_in_at > window.due_at),
        points=_points(grade),
        max_points=grade.max_points if grade else None,
        marks_not_shown=_marks_not_shown(quiz, closed),
        visible=_visible(work, quiz, window, tries, quiz.results_shown_at),
        after_release=_visible(work, quiz, window, tries, work.now),
    )


def _standing(
    now: datetime, window: Window, open_try: Try | None, closed: Sequence[Try], grade: Grade | None
) -> Standing:
    if open_try is not None:
        return Standing.IN_PROGRESS
    if closed:
        return Standing.GRADED if grade is not None and grade.state == "graded" else Standing.WAITING
    is_over = window.closes_at is not None and now >= window.closes_at
    return Standing.MISSED if is_over else Standing.NOT_STARTED


def _points(grade: Grade | None) -> int | None:
    if grade is None:
        return None
    return grade.override_points if grade.override_points is not None else grade.points


def _marks_not_shown(quiz: Assignment, closed: Sequence[Try]) -> int:
    shown_at = quiz.results_shown_at
    return sum(
        1
        for one in closed
        for score in one.scores.values()
        if score.given_by == TEACHER and (shown_at is None or score.given_at > shown_at)
    )


def _visible(
    work: Work, quiz: Assignment, window: Window, tries: Sequence[Try], results_shown_at: datetime | None
) -> Visible:
    return visible(
        ReleaseFacts(
            preset=Preset(quiz.preset),
            now=work.now,
            due_at=window.due_at,
            closes_at=window.closes_at,
            tries_left=max(0, window.attempts_allowed - len(tries)),
            has_open_try=any(one.is_open for one in tries),
            results_shown_at=results_shown_at,
        )
    )


def _last_saves(work: Work, attempt_ids: Sequence[int]) -> dict[int, datetime]:
    rows = work.session.execute(
        select(Response.attempt_id, func.max(Response.saved_at))
        .where(Response.attempt_id.in_(attempt_ids))
        .group_by(Response.attempt_id)
    )
    return {row[0]: row[1] for row in rows}
