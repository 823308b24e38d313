"""The report across classes, one class of it, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.reports import WHAT_TO_DO, Line, Missing
from quizapp.exchange.csv_out import write_csv
from quizapp.exchange.tables_out import Table
from quizapp.exchange.xlsx_out import write_xlsx
from quizapp.services.report_filters import Filters
from quizapp.services.reports import ClassReport, Report, class_report
from quizapp.services.reports import report as report_across_classes
from quizapp.web.admin.blueprint import bp
from quizapp.web.admin.report_charts import completion_chart, spread_chart
from quizapp.web.admin.report_forms import ReportForm
from quizapp.web.admin.report_tables import class_table, skill_table
from quizapp.web.admin.wording import MISSING
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.wording import KINDS

ABILITIES = "abilities"
WRITERS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@bp.get("/reports")
@login_required
def reports() -> ResponseReturnValue:
    """Show the report across classes, or what to do on the first day."""
    form = ReportForm(request.args)
    is_sound = form.validate()
    report = report_across_classes(runtime(), actor(), filters=form.filters() if is_sound else Filters())
    form.offer(report.choices)
    if report.refused is not None:
        with form.problems():
            raise report.refused
    if not report.choices.classrooms:
        return render_template("admin/first_day.html", report=report)
    html = render_template(
        "admin/reports.html",
        report=report,
        form=form,
        has_figures=is_sound and report.refused is None,
        completion=completion_chart(report.lines),
        spread=spread_chart(report.bands),
        reasons=reasons_of(report),
        missing_words=MISSING,
        files=_addresses(form.address_values()),
        skill_files=_addresses({**form.address_values(), "table": ABILITIES}),
    )
    return html, (422 if form.errors or form.form_errors else 200)


def _addresses(values: dict[str, str]) -> dict[str, str]:
    """Return the address of the file of each kind, with the filters that hold."""
    return {kind: f"{url_for('admin.report_file', kind=kind)}?{urlencode(values)}" for kind in WRITERS}


@bp.get("/reports.<any(csv, xlsx):kind>")
@login_required
def report_file(kind: str) -> ResponseReturnValue:
    """Give the report as it is seen with the same filters: its classes, or its abilities."""
    form = ReportForm(request.args)
    is_sound = form.validate()
    report = report_across_classes(runtime(), actor(), filters=form.filters() if is_sound else Filters())
    if not is_sound or report.refused is not None:
        return reports()
    table = skill_table(report) if request.args.get("table") == ABILITIES else class_table(report)
    return _file(table, kind)


def _file(table: Table, kind: str) -> Response:
    write, media_type = WRITERS[kind]
    response = Response(write(table), content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{table.name}.{kind}")
    return response


@bp.get("/reports/classes/<int:classroom_id>")
@login_required
def class_in_report(classroom_id: int) -> ResponseReturnValue:
    """Show one class: what it was given, with the figures of its own page."""
    page = class_report(runtime(), actor(), classroom_id=classroom_id)
    return render_template(
        "admin/class_report.html",
        page=page,
        spread=spread_chart(page.bands),
        reasons=reasons_of(page),
        missing_words=MISSING,
        kind_words=KINDS,
    )


def reasons_of(page: Report | ClassReport) -> list[tuple[Missing, str]]:
    """Return each reason for which a figure of the page is missing, with what can be done."""
    found = set(_missing(page))
    return [(reason, str(words)) for reason, words in WHAT_TO_DO.items() if reason in found]


def _missing(page: Report | ClassReport) -> Iterator[Missing]:
    figures: list[object] = [page.no_bands, *(band.marks for band in page.bands)]
    for one in page.skills:
        figures += [one.figures.students, one.figures.percent]
    if isinstance(page, Report):
        for line in page.lines:
            figures += [*_of_line(line.figures), line.waits, line.last_active_at]
        figures += _of_line(page.total) if page.total else ()
    else:
        figures += [*_of_line(page.line.figures), page.line.waits, page.line.last_active_at]
        for part in page.work:
            figures += [*_of_line(part.figures), part.waits]
    yield from (one for one in figures if isinstance(one, Missing))


def _of_line(line: Line) -> Iterable[object]:
    return (line.students, line.of, line.started, line.completed, line.marks, line.median)
