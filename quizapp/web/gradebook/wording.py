"""A cell of the gradebook in words, the same on the page and in its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from quizapp.core.messages import Message
from quizapp.core.scoring import Outcome, points_in_words
from quizapp.services.standings import CellStanding, Standing
from quizapp.web.words import gettext as _
from quizapp.web.words import say

STATES = {
    Standing.NOT_STARTED: Message("not started"),
    Standing.IN_PROGRESS: Message("in progress"),
    Standing.WAITING: Message("waits for a mark"),
    Standing.GRADED: Message("graded"),
    Standing.OVERDUE: Message("missing"),
    Standing.MISSED: Message("missing"),
    Standing.EXCUSED: Message("excused"),
}

KINDS = {
    Standing.NOT_STARTED: "is-blank",
    Standing.OVERDUE: "is-missing",
    Standing.MISSED: "is-missing",
    Standing.EXCUSED: "is-excused",
}
"""How a cell without a figure looks."""


class Look(NamedTuple):
    """All of a cell that can be seen; cells of the same look are worded alike. A tuple, which hashes fast."""

    standing: Standing
    points: int | None
    max_points: int | None
    waits_for_mark: bool
    has_open_try: bool
    has_handed_in: bool
    is_set: bool
    is_late: bool


def look_of(cell: CellStanding) -> Look:
    """Return what can be seen of a cell."""
    return Look(
        cell.standing,
        cell.points,
        cell.max_points,
        cell.waits_for_mark,
        cell.has_open_try,
        cell.has_handed_in,
        cell.grade is not None and cell.grade.override is not None,
        cell.is_late,
    )


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell in words: the figure "7 of 9" or nothing, and what is said beside it or in its place.

    ``points`` and ``of`` are the two numbers of the figure as they are written, ``kind`` is the class of the cell.
    """

    figure: str
    said: str
    points: str
    of: str
    kind: str


def cell_words(cell: Look) -> CellWords:
    """Return a cell in words. Blank, zero, excused and missing never look alike."""
    if cell.standing is Standing.EXCUSED or cell.points is None or cell.max_points is None:
        said = [say(STATES[cell.standing])] + ([_("late")] if cell.is_late else [])
        return CellWords("", ", ".join(said), "", "", KINDS.get(cell.standing, ""))
    points, of = points_in_words(cell.points), points_in_words(cell.max_points)
    figure = _("%(points)s of %(max)s", points=points, max=of)
    return CellWords(figure, ", ".join(_beside(cell)), points, of, "")


def _beside(cell: Look) -> list[str]:
    """Return what stands beside a figure."""
    said = []
    if cell.waits_for_mark:
        said.append(_("so far, waits for a mark"))
    if cell.has_open_try:
        said.append(_("another try is in progress") if cell.has_handed_in else say(STATES[cell.standing]))
    if cell.is_set:
        said.append(_("set by a teacher"))
    if cell.is_late:
        said.append(_("late"))
    return said


def file_words(words: CellWords) -> str:
    """Return what a file says of a cell beside its two numbers; where the page says nothing the mark is final."""
    return words.said or say(STATES[Standing.GRADED])


OUTCOMES = {
    Outcome.RIGHT: Message("right"),
    Outcome.WRONG: Message("wrong"),
    Outcome.BLANK: Message("no answer"),
    Outcome.FOUND: Message("found"),
    Outcome.EXTRA: Message("chosen, and not one of them"),
    Outcome.MISSED: Message("missed"),
    Outcome.LEFT: Message("rightly left"),
}
"""What became of one decision, where its words are not shown."""
