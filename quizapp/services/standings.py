"""How one student stands at one assignment: the same for the class's page, the student's page and the counts.

`cell_standings` is the short form for whole classes and needs no scores; `quiz_standings` adds what is saved and shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from quizapp.core.assignments import Preset, ReleaseFacts, Visible, visible
from quizapp.services.grades import Cell, CountedGrade, grades_of
from quizapp.services.runtime import Work
from quizapp.services.scores import TEACHER
from quizapp.services.tries import NO_TRIES, Try, TryCount, tries_of, try_counts
from quizapp.services.windows import Window
from quizapp.storage.tables import Assignment, LessonProgress, Response, StuckMark


class Standing(StrEnum):
    """Where a student is with a quiz. Late work that can still be handed in is overdue, else it is missed."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    GRADED = "graded"
    OVERDUE = "overdue"
    MISSED = "missed"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class CellStanding:
    """A student at a quiz, as a cell of the gradebook holds it. Points are in ten-thousandths."""

    standing: Standing
    tries: int
    has_open_try: bool
    handed_in_at: datetime | None
    is_late: bool
    grade: CountedGrade | None

    @property
    def has_handed_in(self) -> bool:
        """At least one try is closed."""
        return self.handed_in_at is not None

    @property
    def is_missing(self) -> bool:
        """A date has passed and nothing was handed in."""
        return self.standing in (Standing.OVERDUE, Standing.MISSED)

    @property
    def waits_for_mark(self) -> bool:
        """What counts has an answer that no one has marked yet, and no teacher has set the mark."""
        if not self.has_handed_in or self.standing is Standing.EXCUSED:
            return False
        return self.grade is None or not (self.grade.is_fully_marked or self.grade.override)

    @property
    def points(self) -> int | None:
        """The points that count, or None where none do yet."""
        return self.grade.points if self.grade else None

    @property
    def max_points(self) -> int | None:
        """All that could be had."""
        return self.grade.max_points if self.grade else None

    @property
    def percent(self) -> int | None:
        """Points of all that can be had, in whole percent."""
        return self.grade.percent if self.grade else None

    @property
    def mark(self) -> tuple[int, int] | None:
        """Points and of what, where they are final and in the totals."""
        return self.grade.mark if self.grade else None


@dataclass(frozen=True, slots=True)
class QuizStanding(CellStanding):
    """A student at a quiz with what is saved and what is shown.

    ``all_tries`` are the tries in their order. ``marks_not_shown`` are marks of a teacher that wait for *Show
    results*; ``after_release`` is what the student would see if the results were shown now.
    """

    all_tries: tuple[Try, ...]
    last_saved_at: datetime | None
    marks_not_shown: int
    visible: Visible
    after_release: Visible

    @property
    def open_try(self) -> Try | None:
        """The try that is going on."""
        return next((one for one in self.all_tries if one.is_open), None)

    @property
    def has_result(self) -> bool:
        """There is something that could be shown: work that was handed in, or a mark that was set."""
        return self.has_handed_in or bool(self.grade and self.grade.override)


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """A student in a lesson. ``screen`` is where to go on, 0 before the start.

    ``stuck_on`` are the screens where *I am stuck here* was pressed and not yet cleared.
    """

    screen: int
    screens_done: int
    started_at: datetime | None
    last_seen_at: datetime | None
    finished_at: datetime | None
    stuck_on: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Stored:
    tries: Sequence[Try]
    grade: CountedGrade | None
    saved: Mapping[int, datetime]


NO_LESSON = LessonStanding(0, 0, None, None, None, ())


def cell_standings(
    work: Work, quizzes: Sequence[Assignment], windows: Mapping[Cell, Window]
) -> dict[Cell, CellStanding]:
    """Return how each student of ``windows`` stands at each quiz; two statements, however many tries there are."""
    assignment_ids = [quiz.id for quiz in quizzes]
    student_ids = {student_id for _, student_id in windows}
    counts = try_counts(work, assignment_ids, student_ids)
    grades = grades_of(work, assignment_ids, student_ids)
    return {
        cell: _cell(work.now, window, counts.get(cell, NO_TRIES), grades.get(cell))
        for cell, window in windows.items()
    }


def quiz_standings(
    work: Work, quizzes: Sequence[Assignment], windows: Mapping[Cell, Window]
) -> dict[Cell, QuizStanding]:
    """Return how each student of ``windows`` stands at each quiz; four statements, however many there are."""
    assignment_ids = [quiz.id for quiz in quizzes]
    student_ids = {student_id for _, student_id in windows}
    tries = tries_of(work, assignment_ids, student_ids)
    saved = _last_saves(work, [one.attempt_id for many in tries.values() for one in many if one.is_open])
    grades = grades_of(work, assignment_ids, student_ids)
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
            row.screen,
            row.screens_done,
            row.started_at,
            row.last_seen_at,
            row.finished_at,
            tuple(stuck.get((row.lesson_key, row.student_id), ())),
        )
        for row in rows
    }


def _cell(now: datetime, window: Window, tries: TryCount, grade: CountedGrade | None) -> CellStanding:
    return CellStanding(
        standing=_standing(now, window, tries, grade),
        tries=tries.count,
        has_open_try=tries.has_open,
        handed_in_at=tries.last_in_at,
        # Handed in once in time is in time, whatever is tried again later.
        is_late=bool(window.due_at and tries.first_in_at and tries.first_in_at > window.due_at),
        grade=grade,
    )


def _standing(now: datetime, window: Window, tries: TryCount, grade: CountedGrade | None) -> Standing:
    if grade is not None and grade.excuse:
        return Standing.EXCUSED
    if tries.has_open:
        return Standing.IN_PROGRESS
    if grade is not None and grade.override:
        return Standing.GRADED
    if tries.last_in_at is not None:
        return Standing.GRADED if grade is not None and grade.is_fully_marked else Standing.WAITING
    if window.closes_at is not None and now >= window.closes_at:
        return Standing.MISSED
    return Standing.OVERDUE if window.due_at is not None and now > window.due_at else Standing.NOT_STARTED


def _quiz_standing(work: Work, quiz: Assignment, window: Window, stored: _Stored) -> QuizStanding:
    tries, grade = stored.tries, stored.grade
    cell = _cell(work.now, window, TryCount.of(tries), grade)
    return QuizStanding(
        standing=cell.standing,
        tries=cell.tries,
        has_open_try=cell.has_open_try,
        handed_in_at=cell.handed_in_at,
        is_late=cell.is_late,
        grade=grade,
        all_tries=tuple(tries),
        last_saved_at=next((stored.saved.get(one.attempt_id) for one in tries if one.is_open), None),
        marks_not_shown=_marks_not_shown(quiz, tries, grade),
        visible=_visible(work, quiz, window, tries, quiz.results_shown_at),
        after_release=_visible(work, quiz, window, tries, work.now),
    )


def _marks_not_shown(quiz: Assignment, tries: Sequence[Try], grade: CountedGrade | None) -> int:
    shown_at = quiz.results_shown_at
    given = [
        score.given_at
        for one in tries
        if not one.is_open
        for score in one.scores.values()
        if score.given_by == TEACHER
    ]
    if grade is not None and grade.override:
        given.append(grade.override.set_at)
    return sum(1 for at in given if shown_at is None or at > shown_at)


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
