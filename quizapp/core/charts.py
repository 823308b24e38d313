"""The geometry of small charts: counts in, places in a drawing out. Words and colours are the page's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
"""Of every chart, in the units of its drawing: as wide as the narrowest screen, so that its words stay readable."""

COLUMNS_TOP, COLUMNS_BASE = 24, 150
BAR_STEP, BAR_HEIGHT, BAR_TOP = 44, 14, 20
LONGEST_LABEL = 34


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar. ``height`` is None where its figure is not shown."""

    label: str
    figure: str
    x: int
    y: int
    width: int
    height: int | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One lying bar under its label. ``length`` is None where its figure is not shown."""

    label: str
    figure: str
    y: int
    length: int | None


@dataclass(frozen=True, slots=True)
class Value:
    """What a bar shows: its label, the figure in words, and the size; None where that is not shown."""

    label: str
    figure: str
    size: int | None


def columns(values: Sequence[Value]) -> tuple[Column, ...]:
    """Return upright bars side by side, the largest as high as the drawing allows."""
    if not values:
        return ()
    step = WIDTH // len(values)
    largest = max((value.size or 0 for value in values), default=0) or 1
    made = []
    for place, value in enumerate(values):
        room = COLUMNS_BASE - COLUMNS_TOP
        height = None if value.size is None else round(room * value.size / largest)
        made.append(
            Column(
                value.label,
                value.figure,
                x=place * step + 6,
                y=COLUMNS_BASE - (height or 0),
                width=step - 12,
                height=height,
            )
        )
    return tuple(made)


def bars(values: Sequence[Value], full: int) -> tuple[Bar, ...]:
    """Return lying bars one under the other; ``full`` is the size of one as wide as the drawing."""
    return tuple(
        Bar(
            _short(value.label),
            value.figure,
            y=place * BAR_STEP + BAR_TOP,
            length=None if value.size is None else round(WIDTH * min(value.size, full) / full),
        )
        for place, value in enumerate(values)
    )


def bars_height(count: int) -> int:
    """Return how high a drawing of so many lying bars is."""
    return count * BAR_STEP


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
