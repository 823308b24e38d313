"""The gradebook's cell: what counts for one student at one assignment."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Executable, update

from quizapp.services.runtime import Work
from quizapp.services.tries import Try, the_counting, tries_of
from quizapp.storage.queries.inserting import dialect_of, insert_into, table_of
from quizapp.storage.tables import Assignment, Grade


@cache
def _lock(dialect: str) -> Executable:
    statement = insert_into(dialect, Grade)
    cell = table_of(Grade).c
    return statement.on_conflict_do_update(
        index_elements=[cell.assignment_id, cell.student_id],
        set_={"computed_at": statement.excluded.computed_at},
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
    tries = tries_of(work, [assignment.id], [student_id]).get((assignment.id, student_id), [])
    counting = the_counting(assignment.counts, tries)
    cell = table_of(Grade)
    work.session.execute(
        update(cell)
        .where(cell.c.assignment_id == assignment.id, cell.c.student_id == student_id)
        .values(**_computed(counting))
    )


def _computed(counting: Try | None) -> dict[str, str | int | None]:
    if counting is None:
        return {"state": "in_progress", "counting_attempt_id": None, "points": None, "max_points": None}
    return {
        "state": "graded" if counting.is_fully_scored else "waiting",
        "counting_attempt_id": counting.attempt_id,
        "points": counting.points,
        "max_points": counting.max_points,
    }
