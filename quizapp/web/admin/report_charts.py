"""The two charts of the report: how marks are spread, and how much each class has completed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.core.charts import Bar, Column, Value, bars, bars_height, columns
from quizapp.core.reports import Band, Missing
from quizapp.core.scoring import percent
from quizapp.services.reports import ReportLine
from quizapp.web.admin.wording import MISSING
from quizapp.web.words import gettext as _
from quizapp.web.words import say

FULL = 100


@dataclass(frozen=True, slots=True)
class SpreadChart:
    """Upright bars, and what they show in words."""

    columns: tuple[Column, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class CompletionChart:
    """Lying bars, and what they show in words."""

    bars: tuple[Bar, ...]
    height: int
    sentence: str


def spread_chart(bands: Sequence[Band]) -> SpreadChart:
    """Return the chart of how marks are spread."""
    values = [
        Value(
            _("%(low)d–%(high)d%%", low=band.low, high=band.high),
            _figure(band.marks),
            None if isinstance(band.marks, Missing) else band.marks,
        )
        for band in bands
    ]
    return SpreadChart(columns(values), _sentence(values))


def completion_chart(lines: Sequence[ReportLine]) -> CompletionChart:
    """Return the chart of what each class has completed of what it was given."""
    values = []
    for line in lines:
        done, of = line.figures.completed, line.figures.of
        if isinstance(done, Missing) or isinstance(of, Missing) or not of:
            reason = done if isinstance(done, Missing) else Missing.HIDDEN
            values.append(Value(line.title, say(MISSING[reason]), None))
        else:
            share = percent(done, of) or 0
            values.append(Value(line.title, _("%(share)d%%", share=share), share))
    return CompletionChart(bars(values, FULL), bars_height(len(values)), _sentence(values))


def _figure(figure: int | Missing) -> str:
    return say(MISSING[figure]) if isinstance(figure, Missing) else str(figure)


def _sentence(values: Sequence[Value]) -> str:
    return ", ".join(f"{value.label}: {value.figure}" for value in values) + "."
