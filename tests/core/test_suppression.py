"""Nothing that is hidden can be found by subtraction, and nothing is hidden without need."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.core.suppression import FEWEST, Cell, Hidden, hide, is_few, leaves_out_few

FARTHEST = 2
"""How far from the truth the reader of these tests looks where no total limits it."""


def falls(_row: int, values: Sequence[int]) -> bool:
    """In a row, nothing is more than what stands before it."""
    return all(after <= before for before, after in itertools.pairwise(values))


@dataclass(frozen=True)
class School:
    """Classes of known sizes with columns of falling counts; classes of few students are closed."""

    sizes: list[int]
    rows: list[list[Cell]]

    def fits(self, row: int, values: Sequence[int]) -> bool:
        """Say whether a class could have these counts, as far as a reader knows who knows the sizes."""
        return falls(row, [self.sizes[row], *values])


@st.composite
def schools(draw: st.DrawFn) -> School:
    """Return up to four classes with up to three columns, each count its own students."""
    columns = draw(st.integers(1, 3))
    sizes = draw(st.lists(st.integers(1, 8), min_size=1, max_size=4))
    rows = []
    for size in sizes:
        counts = sorted(
            draw(st.lists(st.integers(0, size), min_size=columns, max_size=columns)), reverse=True
        )
        rows.append([Cell(count, count, is_few(size)) for count in counts])
    return School(sizes, rows)


def tables_that_show_the_same(school: School, hidden: Hidden) -> Iterator[dict[tuple[int, int], int]]:
    """Yield the hidden counts of every table that a reader could take for the true one."""
    rows = school.rows
    places = sorted(hidden.cells)
    values = [[cell.value for cell in row] for row in rows]
    ranges = [
        range(max(0 if rows[r][c].is_closed else 1, values[r][c] - FARTHEST), values[r][c] + FARTHEST + 1)
        for r, c in places
    ]
    for guess in itertools.product(*ranges):
        table = [list(row) for row in values]
        for (r, c), value in zip(places, guess, strict=True):
            table[r][c] = value
        same_totals = all(
            sum(row[c] for row in table) == sum(row[c] for row in values)
            for c in range(len(values[0]))
            if c not in hidden.totals
        )
        if same_totals and all(school.fits(r, row) for r, row in enumerate(table)):
            yield dict(zip(places, guess, strict=True))


@settings(deadline=None, max_examples=80)
@given(schools())
def test_no_hidden_count_can_be_worked_out_from_what_is_shown(school: School) -> None:
    hidden = hide(school.rows, school.fits)
    assume(len(hidden.cells) <= 6)

    open_guesses: dict[tuple[int, int], set[int]] = {place: set() for place in hidden.cells}
    for guess in tables_that_show_the_same(school, hidden):
        for place, value in guess.items():
            open_guesses[place].add(value)

    assert all(len(values) > 1 for values in open_guesses.values())


@settings(deadline=None)
@given(schools())
def test_every_count_about_few_students_is_hidden_and_other_zeros_are_shown(school: School) -> None:
    hidden = hide(school.rows, school.fits)

    for r, row in enumerate(school.rows):
        for c, cell in enumerate(row):
            assert not cell.is_small or (r, c) in hidden.cells
            assert cell.value > 0 or cell.is_closed or (r, c) not in hidden.cells


@settings(deadline=None)
@given(schools())
def test_where_no_count_is_small_all_is_shown(school: School) -> None:
    large = [[Cell(cell.value + FEWEST, cell.value + FEWEST) for cell in row] for row in school.rows]

    assert hide(large, falls) == Hidden(frozenset(), frozenset())


def test_a_second_count_is_hidden_beside_a_small_one() -> None:
    rows = [[Cell(28, 28)], [Cell(27, 27)], [Cell(3, 3)]]

    hidden = hide(rows)

    assert hidden.cells == {(2, 0), (1, 0)}
    assert hidden.totals == set()


def test_two_ones_need_a_third_count_because_their_sum_gives_them_away() -> None:
    rows = [[Cell(1, 1)], [Cell(1, 1)], [Cell(9, 9)], [Cell(12, 12)]]

    assert hide(rows).cells == {(0, 0), (1, 0), (2, 0)}


def test_a_class_alone_with_few_students_hides_the_total() -> None:
    hidden = hide([[Cell(3, 3)], [Cell(0, 0)]])

    assert hidden.cells == {(0, 0)}
    assert hidden.totals == {0}


def test_many_answers_of_few_students_are_hidden() -> None:
    rows = [[Cell(40, 4)], [Cell(60, 30)], [Cell(50, 25)]]

    assert hide(rows).cells == {(0, 0), (2, 0)}


@pytest.mark.parametrize(("students", "few"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_students_are_few(students: int, few: bool) -> None:
    assert is_few(students) is few


@pytest.mark.parametrize(("selected", "refused"), [(10, False), (9, True), (6, True), (5, False), (0, False)])
def test_a_selection_may_leave_out_nobody_or_enough(selected: int, refused: bool) -> None:
    assert leaves_out_few(set(range(10)), set(range(selected))) is refused
