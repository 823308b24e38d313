"""The gradebook: a class's marks in one table."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.gradebook import Column, Filters, Gradebook, GradebookRow
from quizapp.services.gradebook import gradebook as read_gradebook
from quizapp.web.gradebook.blueprint import bp
from quizapp.web.gradebook.wording import CellWords, cell_words
from quizapp.web.runtime import actor, login_required, runtime


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column with the address of its cells, up to the id of the student."""

    column: Column
    cells_at: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its cells in words."""

    row: GradebookRow
    cells: tuple[CellWords, ...]


@bp.get("/classes/<int:classroom_id>/gradebook")
@login_required
def gradebook(classroom_id: int) -> ResponseReturnValue:
    """Show the marks of a class, everybody's or of those for whom something waits."""
    book = read_gradebook(runtime(), actor(), classroom_id=classroom_id, filters=filters_asked_for())
    return render_template(
        "gradebook/gradebook.html",
        book=book,
        columns=[_column(book, one) for one in book.columns],
        rows=shown_rows(book),
        kept=kept_filters(book.filters),
    )


def filters_asked_for() -> Filters:
    """Return the filters in the address; what can't be a quiz's id is none."""
    quiz = request.args.get("quiz", "")
    is_id = quiz.isascii() and quiz.isdigit() and len(quiz) < 19
    return Filters(int(quiz) if is_id else None, only_waiting=request.args.get("waiting") == "1")


def kept_filters(filters: Filters) -> dict[str, str]:
    """Return the filters as they stand in an address."""
    kept = {"quiz": str(filters.assignment_id)} if filters.assignment_id is not None else {}
    return kept | ({"waiting": "1"} if filters.only_waiting else {})


def shown_rows(book: Gradebook) -> list[ShownRow]:
    """Return the rows with their cells in words."""
    return [ShownRow(row, tuple(cell_words(cell) for cell in row.cells)) for row in book.rows]


def _column(book: Gradebook, column: Column) -> ShownColumn:
    # One address a column and not one a cell: a large class has twelve thousand.
    first = url_for(
        "gradebook.cell",
        classroom_id=book.classroom_id,
        assignment_id=column.quiz.assignment_id,
        student_id=0,
    )
    return ShownColumn(column, first.removesuffix("0"))
