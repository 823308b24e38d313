"""The gradebook: a class's marks in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import get_template_attribute, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from quizapp.services.gradebook import Filters, Gradebook, GradebookRow
from quizapp.services.gradebook import gradebook as read_gradebook
from quizapp.services.standings import CellStanding
from quizapp.web.gradebook.blueprint import bp
from quizapp.web.gradebook.wording import Look, cell_words, look_of
from quizapp.web.runtime import actor, login_required, runtime

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """A row of the page: the address of its cells up to the id of the quiz, and each cell's id and what follows it."""

    row: GradebookRow
    cells_at: Markup
    cells: tuple[tuple[Markup, Markup], ...]


@bp.get("/classes/<int:classroom_id>/gradebook")
@login_required
def gradebook(classroom_id: int) -> ResponseReturnValue:
    """Show the marks of a class, everybody's or of those for whom something waits."""
    book = read_gradebook(runtime(), actor(), classroom_id=classroom_id, filters=filters_asked_for())
    return render_template(
        "gradebook/gradebook.html",
        book=book,
        rows=linked_rows(book),
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


def told_cells(book: Gradebook, tell: Callable[[Look], T]) -> list[tuple[T, ...]]:
    """Return the cells of each row as ``tell`` tells them; cells that look alike are told once."""
    known: dict[Look, T] = {}

    def told(cell: CellStanding) -> T:
        look = look_of(cell)
        if look not in known:
            known[look] = tell(look)
        return known[look]

    return [tuple(map(told, row.cells)) for row in book.rows]


def linked_rows(book: Gradebook) -> list[LinkedRow]:
    """Return the rows of the page. A large class has twelve thousand cells, so each look of one is rendered once."""
    ids = [escape(column.quiz.assignment_id) for column in book.columns]
    template = get_template_attribute("gradebook/rest_of_cell.html", "rest_of_cell")
    told = told_cells(book, lambda look: template(cell_words(look)).strip())
    return [
        LinkedRow(row, _cells_at(book.classroom_id, row.student_id), tuple(zip(ids, rests, strict=True)))
        for row, rests in zip(book.rows, told, strict=True)
    ]


def _cells_at(classroom_id: int, student_id: int) -> Markup:
    """Return the address of a student's cells, seen from the gradebook.

    A large class has twelve thousand cells: one address is made for each row, and none repeats that of the class.
    """
    page = url_for("gradebook.gradebook", classroom_id=classroom_id)
    cell = url_for("gradebook.cell", classroom_id=classroom_id, student_id=student_id, assignment_id=0)
    return escape(cell.removeprefix(page.removesuffix("gradebook")).removesuffix("0"))
