"""The figures of the administrator's report, as plain arithmetic over counts, with what must be hidden left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.core.gradebook import median_percent
from quizapp.core.reports import BANDS, Band, ClassWork, Figure, Figures, Line, Mark, Missing, SkillFigure
from quizapp.core.suppression import Cell, Hidden, hide, is_few

STARTED, COMPLETED, MARKS = range(3)
FIRST_SKILL = 3


def figures(works: Sequence[ClassWork], selected: Sequence[int]) -> Figures:
    """Return the figures of some classes out of all classes of the school.

    What is hidden is decided over all classes together, so that no narrower selection shows what a wider one hides.

    Args:
        works: every class of the school, for the same selection of work.
        selected: which of them are asked for, by their place.
    """
    skills = tuple(dict.fromkeys(one.skill for work in works for one in work.skills))
    sizes = [[Cell(len(work.student_ids), len(work.student_ids))] for work in works]
    table = [_cells(work, skills) for work in works]
    shown = _Shown(
        works,
        table,
        tuple(selected),
        # How many are in a class may be known from elsewhere, so what they did is hidden as if it were.
        hide(table, lambda row, values: _fits(works[row], values)) if table else _NOTHING,
        hide(sizes) if sizes else _NOTHING,
    )
    bands, no_bands = _bands(shown)
    return Figures(
        lines=tuple(shown.line(place) for place in selected),
        total=shown.total(),
        skills=tuple(shown.skill(skill, FIRST_SKILL + place) for place, skill in enumerate(skills)),
        bands=bands,
        no_bands=no_bands,
    )


def shown_parts(parts: Sequence[ClassWork], line: Line) -> tuple[Line, ...]:
    """Return the figures of each piece of work of one class, of whose ``line`` they are the parts.

    A column that is hidden in the line, or could not be shown in part, is hidden throughout, zeros included.
    """
    if not parts or line.started is Missing.NO_STUDENTS:
        return (line,) * len(parts)
    table = [_cells(part, ()) for part in parts]
    hidden = hide(table, lambda row, values: _fits(parts[row], values))
    whole = (line.started, line.completed, line.marks)
    closed = hidden.totals | {column for column, figure in enumerate(whole) if figure is Missing.HIDDEN}
    lines = []
    for place, row in enumerate(table):
        counts: list[Figure] = [
            Missing.HIDDEN if column in closed or (place, column) in hidden.cells else cell.value
            for column, cell in enumerate(row)
        ]
        lines.append(_line(line.students, line.students, counts, parts[place].marks))
    return tuple(lines)


_NOTHING = Hidden(frozenset(), frozenset())


def _cells(work: ClassWork, skills: Sequence[str]) -> list[Cell]:
    """Return what is counted of a class; all of it is closed where few are in the class and something was given."""
    closed = is_few(len(work.student_ids)) and work.given > 0
    done = [piece for piece in work.pieces if piece.is_done]
    by_skill = {one.skill: len(one.student_ids) for one in work.skills}
    return [
        Cell(len(work.pieces), len({piece.student_id for piece in work.pieces}), closed),
        Cell(len(done), len({piece.student_id for piece in done}), closed),
        Cell(len(work.marks), len({mark.student_id for mark in work.marks}), closed),
        *(Cell(by_skill.get(skill, 0), by_skill.get(skill, 0), closed) for skill in skills),
    ]


def _fits(work: ClassWork, values: Sequence[int]) -> bool:
    """Say whether a class could have these counts: nothing is finished that was not begun, and so on."""
    students = len(work.student_ids)
    started, completed, marks, *skills = values
    # A teacher may set a mark without a try, so marks are bound by the students alone.
    return (
        completed <= started <= students * work.given
        and marks <= students * work.given
        and all(one <= students for one in skills)
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What may be shown of the table of all classes, for the classes that are selected."""

    works: Sequence[ClassWork]
    table: Sequence[Sequence[Cell]]
    selected: tuple[int, ...]
    hidden: Hidden
    hidden_sizes: Hidden

    @property
    def is_whole(self) -> bool:
        return len(self.selected) == len(self.works)

    def cell(self, place: int, column: int) -> Figure:
        return Missing.HIDDEN if (place, column) in self.hidden.cells else self.table[place][column].value

    def sum_of(self, column: int) -> Figure:
        """Return the total of a column: hidden where it is hidden for the school, or holds something hidden."""
        parts = {(place, column) for place in self.selected}
        if column in self.hidden.totals if self.is_whole else parts & self.hidden.cells:
            return Missing.HIDDEN
        return sum(self.table[place][column].value for place in self.selected)

    def line(self, place: int) -> Line:
        """Return the figures of one class."""
        work = self.works[place]
        students: Figure = len(work.student_ids)
        if (place, 0) in self.hidden_sizes.cells:
            students = Missing.HIDDEN
        if not work.student_ids:
            return Line(0, 0, *(Missing.NO_STUDENTS,) * 4)
        if not work.given:
            return Line(students, 0, *(Missing.NOTHING_GIVEN,) * 4)
        of = students if isinstance(students, Missing) else students * work.given
        return _line(students, of, [self.cell(place, c) for c in (STARTED, COMPLETED, MARKS)], work.marks)

    def total(self) -> Line:
        """Return the figures of all selected classes together; a student in two of them counts in both."""
        works = [self.works[place] for place in self.selected]
        some_hidden = any((place, 0) in self.hidden_sizes.cells for place in self.selected)
        students: Figure = sum(len(work.student_ids) for work in works)
        if self.hidden_sizes.totals if self.is_whole else some_hidden:
            students = Missing.HIDDEN
        if not any(work.student_ids for work in works):
            return Line(0, 0, *(Missing.NO_STUDENTS,) * 4)
        if not any(work.given and work.student_ids for work in works):
            return Line(students, 0, *(Missing.NOTHING_GIVEN,) * 4)
        of = sum(len(work.student_ids) * work.given for work in works)
        return _line(
            students,
            # Students times work is another sum over the same students: beside their total it would give two away.
            Missing.HIDDEN if some_hidden else of,
            [self.sum_of(column) for column in (STARTED, COMPLETED, MARKS)],
            [mark for work in works for mark in work.marks],
        )

    def skill(self, skill: str, column: int) -> SkillFigure:
        """Return the figures of one skill over the selected classes."""
        found = [one for place in self.selected for one in self.works[place].skills if one.skill == skill]
        students = self.sum_of(column)
        of = sum(one.max_points for one in found)
        if isinstance(students, Missing):
            return SkillFigure(skill, students, students)
        if not of:
            return SkillFigure(skill, Missing.NO_MARKS, Missing.NO_MARKS)
        earned = sum(one.points for one in found)
        return SkillFigure(skill, students, (200 * earned + of) // (2 * of))


def _line(students: Figure, of: Figure, counts: Sequence[Figure], marks: Sequence[Mark]) -> Line:
    started, completed, count = counts
    if isinstance(count, Missing):
        return Line(students, of, started, completed, count, count)
    if count == 0:
        reason = Missing.NOT_BEGUN if started == 0 else Missing.NO_MARKS
        return Line(students, of, started, completed, reason, reason)
    middle = median_percent(mark.percent for mark in marks)
    assert middle is not None, "marks were counted"
    return Line(students, of, started, completed, count, middle)


def _bands(shown: _Shown) -> tuple[tuple[Band, ...], Missing | None]:
    """Return how the marks are spread, or why that is not shown.

    A narrower selection is shown only where every band of each of its classes can be: otherwise the spread of one
    class could be found by subtracting another's from the whole.
    """
    total = shown.sum_of(MARKS)
    if isinstance(total, Missing):
        return (), total
    marks = [mark for place in shown.selected for mark in shown.works[place].marks]
    if not marks:
        return (), Missing.NO_MARKS
    cells = _spread(marks)
    if shown.is_whole:
        hidden = hide([[cell] for cell in cells])
        if hidden.totals:
            return (), Missing.HIDDEN
        places = {row for row, _ in hidden.cells}
    elif _has_bare_class(shown):
        return (), Missing.HIDDEN
    else:
        places = set()
    return tuple(
        Band(low, high, Missing.HIDDEN if place in places else cell.value)
        for place, ((low, high), cell) in enumerate(zip(BANDS, cells, strict=True))
    ), None


def _has_bare_class(shown: _Shown) -> bool:
    """Say whether a selected class may not show its spread: a band with few students, or the only other without."""
    with_marks = [place for place, work in enumerate(shown.works) if work.marks]
    bare = {p for p in with_marks if any(cell.is_small for cell in _spread(shown.works[p].marks))}
    if len(bare) == 1:
        rest = [place for place in with_marks if place not in bare]
        bare.update(sorted(rest, key=lambda place: (len(shown.works[place].marks), place))[:1])
    return bool(bare & set(shown.selected))


def _spread(marks: Iterable[Mark]) -> list[Cell]:
    held = list(marks)
    in_band = [[mark for mark in held if low <= mark.percent <= high] for low, high in BANDS]
    return [Cell(len(many), len({mark.student_id for mark in many})) for many in in_band]
