"""The gradebook's cell: what counts for one student at one assignment. Every page and export reads it here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, select, update

from quizapp.core.assignments import Visible
from quizapp.core.scoring import percent
from quizapp.services.runtime import Work
from quizapp.services.tries import TryMark, counting_mark
from quizapp.storage.queries.inserting import dialect_of, insert_into, table_of
from quizapp.storage.tables import Assignment, Grade

Cell = tuple[int, int]
"""Assignment id, student id."""


@dataclass(frozen=True, slots=True)
class Override:
    """A mark that a teacher set, with its reason. Points of ``of``, in ten-thousandths."""

    points: int
    of: int
    reason: str
    set_by: int | None
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why a student need not do an assignment. It is in no total."""

    reason: str
    given_by: int | None
    given_at: datetime


@dataclass(frozen=True, slots=True)
class CountedGrade:
    """What counts for one student at one assignment. Points in ten-thousandths, None where no try counts yet.

    ``computed_points`` of ``computed_max`` is what the tries make; an override stands above it and keeps it.
    """

    counting_attempt_id: int | None
    is_fully_marked: bool
    computed_points: int | None
    computed_max: int | None
    override: Override | None = None
    excuse: Excuse | None = None

    @property
    def points(self) -> int | None:
        """The points that count."""
        return self.override.points if self.override else self.computed_points

    @property
    def max_points(self) -> int | None:
        """All that could be had."""
        return self.override.of if self.override else self.computed_max

    @property
    def percent(self) -> int | None:
        """The points that count in whole percent."""
        if self.points is None or self.max_points is None:
            return None
        return percent(self.points, self.max_points)

    @property
    def mark(self) -> tuple[int, int] | None:
        """Points and of what, where they are final and in the totals; None for anything else."""
        if self.excuse:
            return None
        if self.override:
            return self.override.points, self.override.of
        if not self.is_fully_marked or self.computed_points is None or self.computed_max is None:
            return None
        return self.computed_points, self.computed_max


@dataclass(frozen=True, slots=True)
class ShownGrade:
    """What a student sees of a teacher's say in the own mark: a mark that was set, or an excuse."""

    is_excused: bool
    override: Override | None


def shown_grade(
    grade: CountedGrade | None, shown: Visible, results_shown_at: datetime | None
) -> ShownGrade | None:
    """Return what the student sees now, or None of nothing.

    A mark that was set waits for *Show results* like every mark of a teacher; an excuse is no mark.
    """
    if grade is None:
        return None
    override = grade.override
    is_out = override and shown.score and results_shown_at and override.set_at <= results_shown_at
    seen = ShownGrade(grade.excuse is not None, override if is_out else None)
    return seen if seen.is_excused or seen.override else None


_GRADE = table_of(Grade)
_DECIDED = (
    _GRADE.c.override_points,
    _GRADE.c.override_of,
    _GRADE.c.override_reason,
    _GRADE.c.override_by,
    _GRADE.c.override_at,
    _GRADE.c.is_excused,
    _GRADE.c.excuse_reason,
    _GRADE.c.excused_by,
    _GRADE.c.excused_at,
)
"""What a teacher decided about a cell."""

_UNDECIDED = [None, None, None, None, None, False, None, None, None]
_CELL = (
    _GRADE.c.assignment_id,
    _GRADE.c.student_id,
    _GRADE.c.counting_attempt_id,
    _GRADE.c.state,
    _GRADE.c.points,
    _GRADE.c.max_points,
    *_DECIDED,
)


def grades_of(
    work: Work, assignment_ids: Iterable[int], student_ids: Iterable[int]
) -> dict[Cell, CountedGrade]:
    """Return the stored cells, in one statement."""
    rows = work.session.execute(
        select(*_CELL).where(
            _GRADE.c.assignment_id.in_(list(assignment_ids)), _GRADE.c.student_id.in_(list(student_ids))
        )
    )
    cells = {}
    # A large class has twelve thousand rows, and a teacher has decided about few of them.
    for assignment_id, student_id, counting, state, points, most, *decided in rows:
        override, excuse = (None, None) if decided == _UNDECIDED else (_override(decided), _excuse(decided))
        cells[assignment_id, student_id] = CountedGrade(
            counting, state == "graded", points, most, override, excuse
        )
    return cells


def _override(decided: Sequence[Any]) -> Override | None:
    points, of, reason, set_by, set_at, *_ = decided
    return None if points is None else Override(points, of, reason, set_by, set_at)


def _excuse(decided: Sequence[Any]) -> Excuse | None:
    *_, is_excused, reason, given_by, given_at = decided
    return Excuse(reason, given_by, given_at) if is_excused else None


@cache
def _lock(dialect: str) -> Executable:
    statement = insert_into(dialect, Grade)
    cell = table_of(Grade).c
    return statement.on_conflict_do_update(
        index_elements=[cell.assignment_id, cell.student_id],
        set_={"computed_at": statement.excluded.computed_at},
    )


_COMPUTED = (
    update(_GRADE)
    .where(
        _GRADE.c.assignment_id == bindparam("in_assignment"), _GRADE.c.student_id == bindparam("of_student")
    )
    .values({name: bindparam(name) for name in ("state", "counting_attempt_id", "points", "max_points")})
)


def refresh_grade(work: Work, assignment: Assignment, student_id: int) -> None:
    """Compute the cell anew from the tries; an override and an excuse stay.

    The cell is locked before the tries are read: a teacher who marks the first try while the student hands in
    the second would otherwise leave the older of two sums.
    """
    work.session.flush()
    work.session.execute(
        _lock(dialect_of(work.session)),
        {
            "school_id": assignment.school_id,
            "assignment_id": assignment.id,
            "student_id": student_id,
            "state": "in_progress",
            "is_excused": False,
            "computed_at": work.now,
        },
    )
    counting = counting_mark(work, assignment, student_id)
    work.session.execute(
        _COMPUTED, {"in_assignment": assignment.id, "of_student": student_id, **computed_cell(counting)}
    )


def computed_cell(counting: TryMark | None) -> dict[str, str | int | None]:
    """Return the columns of a cell that follow from the try that counts."""
    if counting is None:
        return {"state": "in_progress", "counting_attempt_id": None, "points": None, "max_points": None}
    return {
        "state": "graded" if counting.is_fully_scored else "waiting",
        "counting_attempt_id": counting.attempt_id,
        "points": counting.points,
        "max_points": counting.max_points,
    }
