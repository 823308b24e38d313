"""The gradebook: a class's marks in one table."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.gradebook import Filters, Gradebook, GradebookRow
from quizapp.services.gradebook import gradebook as read_gradebook
from quizapp.services.standings import CellStanding
from quizapp.web.gradebook.blueprint import bp
from quizapp.web.gradebook.wording import CellWords, Look, cell_words, look_of
from quizapp.web.runtime import actor, login_required, runtime


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row with its cells in words, and the address of its cells up to the id of the quiz."""

    row: GradebookRow
    cells: tuple[CellWords, ...]
    cells_at: str


@bp.get("/classes/<int:classroom_id>/gradebook")
@login_required
def gradebook(classroom_id: int) -> ResponseReturnValue:
    """Show the marks of a class, everybody's or of those for whom something waits."""
    book = read_gradebook(runtime(), actor(), classroom_id=classroom_id, filters=filters_asked_for())
    return render_template(
        "gradebook/gradebook.html",
        book=book,
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
    """Return the rows with their cells in words; cells that look alike are worded once."""
    known: dict[Look, CellWords] = {}

    def words(cell: CellStanding) -> CellWords:
        look = look_of(cell)
        if look not in known:
            known[look] = cell_words(look)
        return known[look]

    return [
        ShownRow(row, tuple(words(cell) for cell in row.cells), _cells_at(book.classroom_id, row.student_id))
        for row in book.rows
    ]


def _cells_at(classroom_id: int, student_id: int) -> str:
    """Return the address of a student's cells, seen from the gradebook.

    A large class has twelve thousand cells: one address is made for each row, and none repeats that of the class.
    """
    page = url_for("gradebook.gradebook", classroom_id=classroom_id)
    cell = url_for("gradebook.cell", classroom_id=classroom_id, student_id=student_id, assignment_id=0)
    return cell.removeprefix(page.removesuffix("gradebook")).removesuffix("0")
