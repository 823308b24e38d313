"""*Grid*: each cell of a table is decided. Five checks, a disclosure card, an audit: the same table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.questions import Value
from quizapp.question_types.answers import plain_text
from quizapp.question_types.contract import Shown
from quizapp.question_types.decide_each import DecideEach, asked_choices, asked_line, reviewed_choice
from quizapp.question_types.grid.settings import AskedCell, Column, GridSettings


class Grid(DecideEach[GridSettings]):
    """One choice a cell; the part of a cell is ``row.column``. Nothing is shuffled."""

    name = "grid"
    label = Message("Grid")
    settings_model = GridSettings

    def lines(self, settings: GridSettings) -> Sequence[AskedCell]:
        """Return the cells row by row, in the order of the columns."""
        return [cell for cells in settings.asked.values() for _column, cell in cells]

    def choice_ids(self, settings: GridSettings) -> Sequence[str]:
        """Return every choice of every column."""
        return tuple(dict.fromkeys(choice for column in settings.columns for choice in column.choice_ids))

    def choices_of(self, settings: GridSettings, line_id: str) -> Sequence[str]:
        """Return the choices of the cell's column."""
        return _column(settings, line_id).choice_ids

    def student_view(self, settings: GridSettings, value: Value, *, seed: int) -> Mapping[str, Any]:
        """Return the table, each cell with its column's choices."""
        del seed
        return {
            "columns": [column.text for column in settings.columns],
            "rows": [
                {
                    "id": row.id,
                    "html": row.text,
                    "cells": [
                        asked_line(cell, number, value)
                        | {"label": plain_text(column.text), "choices": asked_choices(column.choices)}
                        for number, (column, cell) in enumerate(settings.asked[row.id], 1)
                    ],
                }
                for row in settings.rows
            ],
        }

    def review_view(
        self, settings: GridSettings, value: Value, *, seed: int, shown: Shown
    ) -> Mapping[str, Any]:
        """Return each row with its cells, marked and explained as far as allowed."""
        del seed
        return {
            "rows": [
                {
                    "id": row.id,
                    "html": row.text,
                    "cells": [
                        asked_line(cell, number, value) | reviewed_choice(cell, value, shown, column.choices)
                        for number, (column, cell) in enumerate(settings.asked[row.id], 1)
                    ],
                }
                for row in settings.rows
            ]
        }

    def summary(self, settings: GridSettings, value: Value) -> Sequence[str]:
        """Return each decided cell as ``row, column: choice``."""
        given = value or {}
        return [
            f"{plain_text(row.text)}, {plain_text(column.text)}: {_label(column, given[cell.id])}"
            for row in settings.rows
            for column, cell in settings.asked[row.id]
            if cell.id in given
        ]


def _column(settings: GridSettings, part: str) -> Column:
    column_id = part.partition(".")[2]
    return next(column for column in settings.columns if column.id == column_id)


def _label(column: Column, choice_id: str) -> str:
    return next(plain_text(choice.text) for choice in column.choices if choice.id == choice_id)


TYPE = Grid()
