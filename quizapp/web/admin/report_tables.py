"""The report as tables for files: what is seen, hidden figures as words."""

from __future__ import annotations

from quizapp.core.reports import Figure, Line, Missing
from quizapp.exchange.tables_out import Table, Value
from quizapp.services.reports import Report, Waits
from quizapp.web.admin.wording import MISSING
from quizapp.web.words import gettext as _
from quizapp.web.words import say, when

DAY = "yyyy-MM-dd"


def class_table(report: Report) -> Table:
    """Return a row for each class, and one for all of them."""
    rows: list[tuple[Value, ...]] = [
        (
            line.title,
            ", ".join(teacher.display_name for teacher in line.teachers),
            *_line(line.figures),
            *_waits(line.waits),
            _cell(line.last_active_at)
            if isinstance(line.last_active_at, Missing)
            else when(line.last_active_at, DAY),
        )
        for line in report.lines
    ]
    if report.total is not None:
        rows.append((_("All of these"), "", *_line(report.total), *_waits(report.waits), ""))
    head = (
        _("Class"),
        _("Teachers"),
        _("Students"),
        _("Students times work given"),
        _("Started"),
        _("Completed"),
        _("Marks"),
        _("Median mark in percent"),
        _("Written answers waiting"),
        _("Oldest, in days"),
        _("Last activity"),
    )
    return Table(_("Report of %(day)s", day=when(report.now, DAY)), head, tuple(rows))


def skill_table(report: Report) -> Table:
    """Return a row for each ability."""
    head = (_("Ability"), _("Students"), _("Points in percent"))
    rows = tuple(
        (one.skill.ability, _cell(one.figures.students), _cell(one.figures.percent)) for one in report.skills
    )
    return Table(_("Abilities of %(day)s", day=when(report.now, DAY)), head, rows)


def _line(line: Line) -> tuple[Value, ...]:
    return tuple(
        _cell(figure)
        for figure in (line.students, line.of, line.started, line.completed, line.marks, line.median)
    )


def _waits(waits: Waits | Missing) -> tuple[Value, Value]:
    if isinstance(waits, Missing):
        return _cell(waits), _cell(waits)
    return waits.answers, waits.oldest_days


def _cell(figure: Figure) -> Value:
    return say(MISSING[figure]) if isinstance(figure, Missing) else figure
