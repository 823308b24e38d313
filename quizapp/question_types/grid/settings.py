"""What an author writes for a *grid*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Self

from pydantic import model_validator

from quizapp.question_types.authoring import (
    InlineText,
    MisconceptionId,
    PartId,
    Reference,
    RightWrongFeedback,
    check_count,
    check_unique,
)
from quizapp.question_types.contract import SettingsModel
from quizapp.question_types.decide_each import Choice, EvidencedLine, check_feedback, check_own_choices


class Column(SettingsModel):
    """What is asked of every row, and what it can be answered with."""

    id: PartId
    text: InlineText
    choices: tuple[Choice, ...]

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The ids of the choices, in the order in which they stand."""
        return tuple(choice.id for choice in self.choices)


class Cell(SettingsModel):
    """One cell to decide: its ``id`` is its column's. ``accept`` are choices that are as right as the key."""

    id: PartId
    key: str
    accept: tuple[PartId, ...] = ()
    evidence: Reference
    feedback: RightWrongFeedback
    misconception: MisconceptionId | None = None


class AskedCell(EvidencedLine):
    """A cell as a line of its own: its id is its part, ``row.column``, and its text what the column asks."""

    accept: tuple[str, ...]

    def accepts(self, choice: str) -> bool:
        """Say whether this choice is right."""
        return choice == self.key or choice in self.accept


class Row(SettingsModel):
    """One thing that the columns ask about. A column without a cell is not asked of this row."""

    id: PartId
    text: InlineText
    cells: tuple[Cell, ...]


class GridSettings(SettingsModel):
    """Rows and columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        check_count("columns", len(self.columns), 1, 6)
        check_unique("columns", (column.id for column in self.columns))
        check_count("rows", len(self.rows), 1, 14)
        check_unique("rows", (row.id for row in self.rows))
        for column in self.columns:
            check_own_choices(f"choices of column “{column.id}”", column.choices, 2, 6)
        for row in self.rows:
            self._check_row(row)
        check_count("cells", sum(len(row.cells) for row in self.rows), 3, 14)
        return self

    @cached_property
    def asked(self) -> Mapping[str, tuple[tuple[Column, AskedCell], ...]]:
        """By row id its cells in the order of the columns, each with its column."""
        return {row.id: tuple(_asked(row, self.columns)) for row in self.rows}

    def _check_row(self, row: Row) -> None:
        columns = {column.id: column for column in self.columns}
        check_unique(f"cells of row “{row.id}”", (cell.id for cell in row.cells))
        for cell in row.cells:
            if cell.id not in columns:
                allowed = ", ".join(columns)
                raise ValueError(f"row “{row.id}” has a cell for “{cell.id}”: the columns are {allowed}")
            offered = columns[cell.id].choice_ids
            if cell.key not in offered:
                raise ValueError(
                    f"cell “{row.id}.{cell.id}” has the key “{cell.key}”: allowed are {', '.join(offered)}"
                )
            check_feedback(f"cell “{row.id}.{cell.id}”", cell.feedback, offered)
            for choice in cell.accept:
                if choice not in offered or choice == cell.key:
                    raise ValueError(
                        f"row “{row.id}” accepts “{choice}” in “{cell.id}”: allowed are the other choices of "
                        f"that column, {', '.join(offered)}"
                    )


def _asked(row: Row, columns: Iterable[Column]) -> Iterator[tuple[Column, AskedCell]]:
    written = {cell.id: cell for cell in row.cells}
    for column in columns:
        cell = written.get(column.id)
        if cell is not None:
            # Everything in it was validated with the row.
            yield column, AskedCell.model_construct(
                id=f"{row.id}.{column.id}", text=column.text, key=cell.key, accept=cell.accept,
                evidence=cell.evidence, feedback=cell.feedback, misconception=cell.misconception,
            )  # fmt: skip
