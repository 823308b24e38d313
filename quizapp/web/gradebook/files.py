"""The gradebook as a file: exactly what the page shows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from flask import send_file
from flask.typing import ResponseReturnValue

from quizapp.core.scoring import points_in_words
from quizapp.exchange.csv_out import write_csv
from quizapp.exchange.tables_out import Table, Value
from quizapp.exchange.xlsx_out import write_xlsx
from quizapp.services.gradebook import Gradebook, GradebookRow
from quizapp.services.gradebook import gradebook as read_gradebook
from quizapp.web.gradebook.blueprint import bp
from quizapp.web.gradebook.marks import filters_asked_for, told_cells
from quizapp.web.gradebook.wording import CellWords, cell_words, file_words
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/classes/<int:classroom_id>/gradebook.csv")
@login_required
def csv(classroom_id: int) -> ResponseReturnValue:
    """Hand out what the page shows as CSV."""
    book, table = _asked_for(classroom_id)
    return _file(write_csv(table), "text/csv", _file_name(book, "csv"))


@bp.get("/classes/<int:classroom_id>/gradebook.xlsx")
@login_required
def xlsx(classroom_id: int) -> ResponseReturnValue:
    """Hand out what the page shows as a spreadsheet."""
    book, table = _asked_for(classroom_id)
    return _file(write_xlsx(table), XLSX, _file_name(book, "xlsx"))


def gradebook_table(book: Gradebook) -> Table:
    """Return the table behind the page: three columns a quiz, then the total with what it is of."""
    head = [_("Student")]
    for column in book.columns:
        title = column.quiz.title
        head += [
            _("%(quiz)s: points", quiz=title),
            _("%(quiz)s: of", quiz=title),
            _("%(quiz)s: state", quiz=title),
        ]
    head += [
        _("Total points"),
        _("Total of"),
        _("Total percent"),
        _("Marks counted"),
        _("Missing"),
        _("Excused"),
    ]
    rows = zip(book.rows, told_cells(book, cell_words), strict=True)
    return Table(book.classroom_title, tuple(head), tuple(_row(row, words) for row, words in rows))


def _row(row: GradebookRow, words: Sequence[CellWords]) -> tuple[Value, ...]:
    total = row.total
    cells: list[Value] = [row.display_name]
    for one in words:
        cells += [_number(one.points), _number(one.of), file_words(one)]
    has_marks = total.marks > 0
    return (
        *cells,
        _number(points_in_words(total.points)) if has_marks else None,
        _number(points_in_words(total.of)) if has_marks else None,
        total.percent,
        total.marks,
        row.missing,
        row.excused,
    )


def _number(written: str) -> Value:
    """Return a figure as the page writes it, as a number."""
    return Decimal(written) if written else None


def _asked_for(classroom_id: int) -> tuple[Gradebook, Table]:
    book = read_gradebook(runtime(), actor(), classroom_id=classroom_id, filters=filters_asked_for())
    return book, gradebook_table(book)


def _file_name(book: Gradebook, ending: str) -> str:
    title = "".join(one if one.isalnum() else "-" for one in book.classroom_title)
    return f"{_('gradebook')}-{title}.{ending}"


def _file(content: bytes, media_type: str, name: str) -> ResponseReturnValue:
    return send_file(BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name)
