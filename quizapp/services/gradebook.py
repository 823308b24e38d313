"""The gradebook of a class: every student at every quiz, and totals that say of what.

Nothing is computed here that another page computes: cells are standings and grades, and every figure of the page and
of its files comes from this one reading. As many statements for 200 students as for two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.core.assignments import Kind
from quizapp.core.errors import NotFound
from quizapp.core.gradebook import Total, median_percent, total
from quizapp.core.permissions import Actor, Permission
from quizapp.core.scoring import percent
from quizapp.services.access.classrooms import access_classroom
from quizapp.services.grades import Cell
from quizapp.services.runtime import Work, reading
from quizapp.services.standings import CellStanding, Standing, cell_standings
from quizapp.services.windows import windows_of_class
from quizapp.storage.tables import Assignment, Enrolment, User

Mark = tuple[int, int]
"""Points, and of what: in ten-thousandths."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown: one quiz or all, everybody or only who has an answer that waits for a mark."""

    assignment_id: int | None = None
    only_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz that can be chosen, and the head of its column."""

    assignment_id: int
    title: str
    due_at: datetime | None
    closes_at: datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A quiz with what its shown cells come to. The median is over final marks, in whole percent."""

    quiz: Quiz
    marks: int
    median: int | None


@dataclass(frozen=True, slots=True)
class GradebookRow:
    """A student with a cell for each shown quiz, the final mark of each that has one, and their total."""

    student_id: int
    display_name: str
    is_suspended: bool
    cells: tuple[CellStanding, ...]
    marks: tuple[Mark | None, ...]
    total: Total
    missing: int
    excused: int


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A class's gradebook as it is shown. ``students`` counts the class, whatever the filters leave."""

    classroom_id: int
    classroom_title: str
    filters: Filters
    quizzes: tuple[Quiz, ...]
    columns: tuple[Column, ...]
    rows: tuple[GradebookRow, ...]
    students: int
    now: datetime


@reading
def gradebook(work: Work, actor: Actor, *, classroom_id: int, filters: Filters | None = None) -> Gradebook:
    """Return the gradebook of a class that the actor teaches, students by name and quizzes by date.

    Raises:
        NotFound: no such class for this actor, or no such quiz in it.
    """
    chosen = filters or Filters()
    classroom = access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    students = students_of(work, classroom_id)
    quizzes = quizzes_of(work, classroom_id)
    shown = [one for one in quizzes if chosen.assignment_id in (None, one.id)]
    if chosen.assignment_id is not None and not shown:
        raise NotFound
    windows = windows_of_class(work, shown, [one.id for one in students])
    cells = cell_standings(work, shown, windows)
    rows = [_row(one, shown, cells) for one in students]
    if chosen.only_waiting:
        rows = [row for row in rows if any(cell.waits_for_mark for cell in row.cells)]
    return Gradebook(
        classroom_id=classroom.id,
        classroom_title=classroom.title,
        filters=chosen,
        quizzes=tuple(_head(one) for one in quizzes),
        columns=tuple(
            _column(_head(one), [row.marks[place] for row in rows]) for place, one in enumerate(shown)
        ),
        rows=tuple(rows),
        students=len(students),
        now=work.now,
    )


def students_of(work: Work, classroom_id: int) -> Sequence[User]:
    """Return the students who are in a class now, by name."""
    return work.session.scalars(
        select(User)
        .join(Enrolment, Enrolment.student_id == User.id)
        .where(Enrolment.classroom_id == classroom_id, Enrolment.left_at.is_(None), User.erased_at.is_(None))
        .order_by(User.display_key, User.id)
    ).all()


def quizzes_of(work: Work, classroom_id: int) -> Sequence[Assignment]:
    """Return the quizzes that a class was given, in the order in which they are due; those without a date last."""
    rows = work.session.scalars(
        select(Assignment).where(
            Assignment.classroom_id == classroom_id,
            Assignment.kind == Kind.QUIZ.value,
            Assignment.archived_at.is_(None),
        )
    ).all()
    return sorted(rows, key=lambda one: (_date(one) is None, _date(one) or work.now, one.id))


def _date(assignment: Assignment) -> datetime | None:
    return assignment.due_at or assignment.closes_at


def _row(student: User, shown: Sequence[Assignment], cells: Mapping[Cell, CellStanding]) -> GradebookRow:
    row = tuple(cells[quiz.id, student.id] for quiz in shown)
    marks = tuple(cell.mark for cell in row)
    return GradebookRow(
        student_id=student.id,
        display_name=student.display_name,
        is_suspended=student.suspended_at is not None,
        cells=row,
        marks=marks,
        total=total(mark for mark in marks if mark is not None),
        missing=sum(cell.is_missing for cell in row),
        excused=sum(cell.standing is Standing.EXCUSED for cell in row),
    )


def _head(quiz: Assignment) -> Quiz:
    return Quiz(quiz.id, quiz.title, quiz.due_at, quiz.closes_at)


def _column(quiz: Quiz, marks: Sequence[Mark | None]) -> Column:
    final = [mark for mark in marks if mark is not None]
    percents = [one for mark in final if (one := percent(*mark)) is not None]
    return Column(quiz, len(final), median_percent(percents))
