"""Nothing that is hidden can be found by subtraction, and nothing is hidden without need."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizapp.core.suppression import FEWEST, Cell, Hidden, hide, is_few, leaves_out_few

FARTHEST = 2
"""How far from the truth the reader of these tests looks where no total limits it."""


def falls(_row: int, values: Sequence[int]) -> bool:
    """In a row, nothing is more than what stands before it."""
    return all(after <= before for before, after in itertools.pairwise(values))


@st.composite
def tables(draw: st.DrawFn) -> list[list[Cell]]:
    """Return up to four classes with up to three columns of falling counts, each count its own students."""
    columns = draw(st.integers(1, 3))
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        counts = sorted(draw(st.lists(st.integers(0, 8), min_size=columns, max_size=columns)), reverse=True)
        rows.append([Cell(count, count) for count in counts])
    return rows


def tables_that_show_the_same(
    rows: Sequence[Sequence[Cell]], hidden: Hidden
) -> Iterator[dict[tuple[int, int], int]]:
    """Yield the hidden counts of every table that a reader could take for the true one."""
    places = sorted(hidden.cells)
    values = [[cell.value for cell in row] for row in rows]
    truth = [values[r][c] for r, c in places]
    ranges = [range(max(1, value - FARTHEST), value + FARTHEST + 1) for value in truth]
    for guess in itertools.product(*ranges):
        table = [list(row) for row in values]
        for (r, c), value in zip(places, guess, strict=True):
            table[r][c] = value
        same_totals = all(
            sum(row[c] for row in table) == sum(row[c] for row in values)
            for c in range(len(values[0]))
            if c not in hidden.totals
        )
        if same_totals and all(falls(r, row) for r, row in enumerate(table)):
            yield dict(zip(places, guess, strict=True))


@settings(deadline=None, max_examples=80)
@given(tables())
def test_no_hidden_count_can_be_worked_out_from_what_is_shown(rows: list[list[Cell]]) -> None:
    hidden = hide(rows, falls)
    assume(len(hidden.cells) <= 6)

    open_guesses: dict[tuple[int, int], set[int]] = {place: set() for place in hidden.cells}
    for guess in tables_that_show_the_same(rows, hidden):
        for place, value in guess.items():
            open_guesses[place].add(value)

    assert all(len(values) > 1 for values in open_guesses.values())


@settings(deadline=None)
@given(tables())
def test_every_count_about_few_students_is_hidden_and_zeros_are_shown(rows: list[list[Cell]]) -> None:
    hidden = hide(rows, falls)

    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            assert not cell.is_small or (r, c) in hidden.cells
            assert cell.value > 0 or (r, c) not in hidden.cells


@settings(deadline=None)
@given(tables())
def test_where_no_count_is_small_all_is_shown(rows: list[list[Cell]]) -> None:
    large = [[Cell(cell.value + FEWEST, cell.value + FEWEST) for cell in row] for row in rows]

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
