"""The tries of students at assignments: the one list behind the student's pages and the teacher's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from quizapp.core.assignments import CountedTry, Counts, counting_try
from quizapp.core.attempts import State, shown_state
from quizapp.core.deadlines import GRACE
from quizapp.core.scoring import percent
from quizapp.services.runtime import Work
from quizapp.services.scores import SlotScore, newest_scores, scores_shown
from quizapp.storage.queries.inserting import table_of
from quizapp.storage.tables import Assignment, Attempt, Grade, Score
from quizapp.storage.tables.base import UtcDateTime


@dataclass(frozen=True, slots=True)
class Try:
    """One try with its scores by slot.

    ``state`` is what people see: overdue reads as handed in before the clock's worker stores it. Points are in
    ten-thousandths and sum the scores that are there.
    """

    attempt_id: int
    assignment_id: int
    student_id: int
    number: int
    state: State
    started_at: datetime
    deadline_at: datetime | None
    finished_at: datetime | None
    handed_in_by: str | None
    max_points: int
    is_fully_scored: bool
    generation: int = 1
    extra_seconds: int = 0
    scores: Mapping[int, SlotScore] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """It can still be worked on."""
        return self.state is State.IN_PROGRESS

    @property
    def is_reopened(self) -> bool:
        """A teacher opened it again."""
        return self.generation > 1

    @property
    def points(self) -> int:
        """What the scores add up to."""
        return sum(score.points for score in self.scores.values())

    @property
    def percent(self) -> int | None:
        """Points of all that can be had, in whole percent."""
        return percent(self.points, self.max_points)


@dataclass(frozen=True, slots=True)
class TryCount:
    """The tries of one student at one assignment in brief. Overdue reads as handed in at its deadline."""

    count: int
    has_open: bool
    first_in_at: datetime | None
    last_in_at: datetime | None

    @classmethod
    def of(cls, tries: Sequence[Try]) -> TryCount:
        """Return the brief of tries that are at hand."""
        finished = [one.finished_at for one in tries if not one.is_open and one.finished_at]
        return cls(
            len(tries),
            any(one.is_open for one in tries),
            min(finished, default=None),
            max(finished, default=None),
        )


NO_TRIES = TryCount(0, False, None, None)


def try_counts(
    work: Work, assignment_ids: Iterable[int], student_ids: Iterable[int]
) -> dict[tuple[int, int], TryCount]:
    """Return the tries in brief by (assignment id, student id), in one statement."""
    attempt = table_of(Attempt).c  # rows of columns: objects of the mapping would cost as much again
    is_open = and_(
        attempt.state == State.IN_PROGRESS.value,
        or_(attempt.deadline_at.is_(None), attempt.deadline_at >= work.now - GRACE),
    )
    finished_at = case((~is_open, func.coalesce(attempt.finished_at, attempt.deadline_at)))
    rows = work.session.execute(
        select(
            attempt.assignment_id,
            attempt.student_id,
            func.count(),
            func.sum(case((is_open, 1), else_=0)),
            func.min(finished_at, type_=UtcDateTime()),
            func.max(finished_at, type_=UtcDateTime()),
        )
        .where(_counted(assignment_ids, student_ids))
        .group_by(attempt.assignment_id, attempt.student_id)
    )
    return {
        (assignment_id, student_id): TryCount(count, open_ones > 0, first, last)
        for assignment_id, student_id, count, open_ones, first, last in rows
    }


def tries_of(
    work: Work, assignment_ids: Iterable[int], student_ids: Iterable[int]
) -> dict[tuple[int, int], list[Try]]:
    """Return the tries with every score, by (assignment id, student id) in their order; two statements."""
    attempts = _attempts(work, assignment_ids, student_ids)
    return _grouped(work, attempts, newest_scores(work, [one.id for one in attempts]))


def newest_graded(
    work: Work, assignment_ids: Iterable[int], student_ids: Iterable[int], most: int = 2
) -> list[Try]:
    """Return the newest tries with every mark of each student, the newest first; two statements.

    Where a teacher has set the mark or excused the student, what the tries make is no news.
    """
    place = (
        func.row_number()
        .over(partition_by=Attempt.student_id, order_by=(Attempt.finished_at.desc(), Attempt.id.desc()))
        .label("place")
    )
    ranked = (
        select(Attempt.id, place)
        .where(
            _counted(assignment_ids, student_ids),
            Attempt.state == State.GRADED.value,
            ~_is_decided_by_teacher(),
        )
        .subquery()
    )
    rows = work.session.scalars(
        select(Attempt).join(ranked, ranked.c.id == Attempt.id).where(ranked.c.place <= most)
    ).all()
    grouped = _grouped(work, rows, newest_scores(work, [row.id for row in rows]))
    tries = [one for many in grouped.values() for one in many]
    return sorted(tries, key=lambda one: (one.finished_at or work.now, one.attempt_id), reverse=True)


def _is_decided_by_teacher() -> ColumnElement[bool]:
    return exists().where(
        Grade.assignment_id == Attempt.assignment_id,
        Grade.student_id == Attempt.student_id,
        or_(Grade.is_excused.is_(True), Grade.override_points.is_not(None)),
    )


def tries_shown(work: Work, assignment: Assignment, student_id: int) -> list[Try]:
    """Return a student's tries with the scores that this student may see; two statements."""
    attempts = _attempts(work, [assignment.id], [student_id])
    scores = scores_shown(work, [one.id for one in attempts], assignment.results_shown_at)
    return _grouped(work, attempts, scores).get((assignment.id, student_id), [])


def attempt_summaries(work: Work, assignment: Assignment, student_ids: Iterable[int]) -> dict[int, list[Try]]:
    """Return the tries at an assignment by student id, with every score; for its teachers."""
    found = tries_of(work, [assignment.id], student_ids)
    return {student_id: tries for (_, student_id), tries in found.items()}


_NEWER = aliased(Score)
_MARKS = (
    select(
        Attempt.id,
        Attempt.number,
        Attempt.state,
        Attempt.deadline_at,
        Attempt.max_points,
        func.coalesce(func.sum(Score.points), 0),
    )
    .outerjoin(
        Score,
        (Score.attempt_id == Attempt.id)
        & (Score.generation == Attempt.generation)
        & ~exists().where(
            _NEWER.attempt_id == Score.attempt_id,
            _NEWER.generation == Score.generation,
            _NEWER.slot == Score.slot,
            _NEWER.id > Score.id,
        ),
    )
    .where(
        Attempt.assignment_id == bindparam("assignment_id"),
        Attempt.student_id == bindparam("student_id"),
        Attempt.state != State.VOIDED.value,
        Attempt.is_preview.is_(False),
    )
    .group_by(Attempt.id)
)


@dataclass(frozen=True, slots=True)
class TryMark:
    """What the scores of a closed try add up to. Points in ten-thousandths."""

    attempt_id: int
    points: int
    max_points: int
    is_fully_scored: bool


def counting_mark(work: Work, assignment: Assignment, student_id: int) -> TryMark | None:
    """Return the mark of the closed try that counts for a student; one statement, built once."""
    rows = work.session.execute(_MARKS, {"assignment_id": assignment.id, "student_id": student_id})
    marks, counted = {}, []
    for attempt_id, number, state, deadline_at, max_points, points in rows:
        if shown_state(State(state), deadline_at, work.now) is State.IN_PROGRESS:
            continue
        is_fully_scored = state == State.GRADED.value
        marks[attempt_id] = TryMark(attempt_id, points, max_points, is_fully_scored)
        counted.append(CountedTry(attempt_id, number, points, is_fully_scored))
    counting = counting_try(Counts(assignment.counts), counted)
    return marks[counting.attempt_id] if counting else None


def the_counting(counts: str, tries: Iterable[Try]) -> Try | None:
    """Return the closed try that counts."""
    closed = {one.attempt_id: one for one in tries if not one.is_open}
    counted = counting_try(
        Counts(counts),
        [CountedTry(one.attempt_id, one.number, one.points, one.is_fully_scored) for one in closed.values()],
    )
    return closed[counted.attempt_id] if counted else None


def _attempts(work: Work, assignment_ids: Iterable[int], student_ids: Iterable[int]) -> list[Attempt]:
    return list(
        work.session.scalars(
            select(Attempt)
            .where(_counted(assignment_ids, student_ids))
            .order_by(Attempt.assignment_id, Attempt.student_id, Attempt.number)
            .execution_options(populate_existing=True)
        )
    )


def _counted(assignment_ids: Iterable[int], student_ids: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition of a try that counts as one: not voided, and no preview."""
    attempt = table_of(Attempt).c
    return and_(
        attempt.assignment_id.in_(list(assignment_ids)),
        attempt.student_id.in_(list(student_ids)),
        attempt.state != State.VOIDED.value,
        attempt.is_preview.is_(False),
    )


def _grouped(
    work: Work, attempts: Iterable[Attempt], scores: Mapping[tuple[int, int], SlotScore]
) -> dict[tuple[int, int], list[Try]]:
    by_attempt: dict[int, dict[int, SlotScore]] = {}
    for (attempt_id, slot), score in scores.items():
        by_attempt.setdefault(attempt_id, {})[slot] = score
    tries: dict[tuple[int, int], list[Try]] = {}
    for row in attempts:
        made = _try(work, row, by_attempt.get(row.id, {}))
        tries.setdefault((row.assignment_id, row.student_id), []).append(made)
    return tries


def _try(work: Work, row: Attempt, scores: Mapping[int, SlotScore]) -> Try:
    state = shown_state(State(row.state), row.deadline_at, work.now)
    return Try(
        attempt_id=row.id,
        assignment_id=row.assignment_id,
        student_id=row.student_id,
        number=row.number,
        state=state,
        started_at=row.started_at,
        deadline_at=row.deadline_at,
        finished_at=row.finished_at or (row.deadline_at if state is not State.IN_PROGRESS else None),
        handed_in_by=row.handed_in_by,
        max_points=row.max_points,
        is_fully_scored=row.state == State.GRADED.value,
        generation=row.generation,
        extra_seconds=row.extra_seconds,
        scores=scores,
    )
