"""The gradebook's cell: what counts for one student at one assignment. Every page and export reads it here."""

from __future__ import annotations

from collections.abc import Iterable
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
        is_final = self.override is not None or self.is_fully_marked
        if self.excuse or not is_final or self.points is None or self.max_points is None:
            return None
        return self.points, self.max_points


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


def grades_of(
    work: Work, assignment_ids: Iterable[int], student_ids: Iterable[int]
) -> dict[Cell, CountedGrade]:
    """Return the stored cells, in one statement."""
    rows = work.session.execute(
        select(
            Grade.assignment_id,
            Grade.student_id,
            Grade.state,
            Grade.counting_attempt_id,
            Grade.points,
            Grade.max_points,
            Grade.is_excused,
            Grade.excuse_reason,
            Grade.excused_by,
            Grade.excused_at,
            Grade.override_points,
            Grade.override_of,
            Grade.override_reason,
            Grade.override_by,
            Grade.override_at,
        ).where(Grade.assignment_id.in_(list(assignment_ids)), Grade.student_id.in_(list(student_ids)))
    )
    return {
        (row.assignment_id, row.student_id): CountedGrade(
            counting_attempt_id=row.counting_attempt_id,
            is_fully_marked=row.state == "graded",
            computed_points=row.points,
            computed_max=row.max_points,
            override=_override(row),
            excuse=Excuse(row.excuse_reason, row.excused_by, row.excused_at) if row.is_excused else None,
        )
        for row in rows
    }


def _override(row: Any) -> Override | None:
    if row.override_points is None:
        return None
    return Override(
        row.override_points, row.override_of, row.override_reason, row.override_by, row.override_at
    )


@cache
def _lock(dialect: str) -> Executable:
    statement = insert_into(dialect, Grade)
    cell = table_of(Grade).c
    return statement.on_conflict_do_update(
        index_elements=[cell.assignment_id, cell.student_id],
        set_={"computed_at": statement.excluded.computed_at},
    )


_GRADE = table_of(Grade)
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
