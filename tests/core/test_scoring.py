"""The five scores, by hand and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.questions import Move
from quizapp.core.scoring import (
    POINT,
    Decision,
    Outcome,
    Score,
    percent,
    points,
    points_in_words,
    rule_in_words,
    score,
    score_levels,
)

found_outcomes = st.lists(
    st.sampled_from([Outcome.FOUND, Outcome.EXTRA, Outcome.MISSED, Outcome.LEFT]), max_size=12
)
right_outcomes = st.lists(
    st.sampled_from([Outcome.RIGHT, Outcome.WRONG, Outcome.BLANK]), min_size=1, max_size=15
)
scores = st.integers(1, 30).flatmap(lambda of: st.builds(Score, st.integers(0, of), st.just(of)))


def decided(*outcomes):
    return [Decision(f"p{number}", None, outcome) for number, outcome in enumerate(outcomes)]


@pytest.mark.parametrize(
    ("outcome", "expected"), [(Outcome.RIGHT, 1), (Outcome.WRONG, 0), (Outcome.BLANK, 0)]
)
def test_pick_one_is_right_or_not(outcome, expected):
    assert score(Move.PICK_ONE, decided(outcome)) == Score(expected, 1)


@pytest.mark.parametrize("move", [Move.DECIDE_EACH, Move.PUT_IN_ORDER])
def test_decided_parts_count_of_all_parts_blank_ones_too(move):
    assert score(move, decided(Outcome.RIGHT, Outcome.WRONG, Outcome.BLANK)) == Score(1, 3)


@pytest.mark.parametrize(
    ("found", "extra", "missed", "expected"),
    [(5, 1, 1, Score(4, 6)), (6, 0, 0, Score(6, 6)), (1, 3, 1, Score(0, 2)), (0, 0, 3, Score(0, 3))],
)
def test_extras_are_taken_off_what_was_found(found, extra, missed, expected):
    outcomes = [Outcome.FOUND] * found + [Outcome.EXTRA] * extra + [Outcome.MISSED] * missed

    assert score(Move.FIND_THEM, decided(*outcomes, Outcome.LEFT)) == expected


@pytest.mark.parametrize(
    ("levels", "expected"), [([2, 1, 0], Score(3, 6)), ([2], Score(2, 2)), ([0], Score(0, 2))]
)
def test_each_criterion_is_worth_two(levels, expected):
    assert score_levels(levels) == expected


@pytest.mark.parametrize("levels", [[3], [-1], [1, 5], []])
def test_there_are_no_other_levels(levels):
    with pytest.raises(ValueError, match=r"levels|a score of"):
        score_levels(levels)


def test_a_written_answer_is_not_scored_by_machine():
    with pytest.raises(ValueError, match="by its levels"):
        score(Move.WRITE, [])


@pytest.mark.parametrize(("earned", "of"), [(2, 1), (-1, 1), (0, 0)])
def test_a_score_stays_between_nothing_and_all(earned, of):
    with pytest.raises(ValueError, match="a score of"):
        Score(earned, of)


@given(outcomes=right_outcomes)
def test_deciding_one_more_line_never_costs_anything(outcomes):
    blanked = [Outcome.BLANK, *outcomes[1:]]

    assert (
        score(Move.DECIDE_EACH, decided(*blanked)).earned
        <= score(Move.DECIDE_EACH, decided(*outcomes)).earned
    )


@given(outcomes=found_outcomes)
def test_finding_never_earns_more_than_there_is(outcomes):
    result = score(Move.FIND_THEM, decided(Outcome.MISSED, *outcomes))

    assert 0 <= result.earned < result.of


@pytest.mark.parametrize(
    ("move", "outcomes", "words"),
    [
        (Move.PICK_ONE, [Outcome.RIGHT], "Right"),
        (Move.PICK_ONE, [Outcome.WRONG], "Not right"),
        (Move.DECIDE_EACH, [Outcome.RIGHT] * 10 + [Outcome.WRONG] * 4, "10 of 14 right"),
        (Move.PUT_IN_ORDER, [Outcome.RIGHT] * 8 + [Outcome.BLANK] * 2, "8 of 10 pairs in the right order"),
        (
            Move.FIND_THEM,
            [Outcome.FOUND] * 5 + [Outcome.EXTRA, Outcome.MISSED],
            "5 found, 1 extra, of 6: 4 of 6",
        ),
    ],
)
def test_the_rule_stands_in_words_under_the_mark(move, outcomes, words):
    decisions = decided(*outcomes)

    assert str(rule_in_words(move, decisions, score(move, decisions))) == words


def test_the_rule_of_a_written_answer_names_the_rubric():
    assert str(rule_in_words(Move.WRITE, [], score_levels([2, 1]))) == "3 of 4 by the rubric"


@pytest.mark.parametrize(
    ("marks", "result", "expected"),
    [
        (1, Score(1, 3), 3333),
        (1, Score(2, 3), 6667),
        (2, Score(1, 3), 6667),
        (1, Score(1, 32), 313),  # 312.5 is rounded up
        (3, Score(7, 7), 3 * POINT),
        (5, Score(0, 9), 0),
    ],
)
def test_points_are_rounded_half_up_once(marks, result, expected):
    assert points(marks, result) == expected


@given(marks=st.integers(0, 100), result=scores)
def test_points_lie_between_nothing_and_the_marks(marks, result):
    earned = points(marks, result)

    assert 0 <= earned <= marks * POINT
    assert abs(earned * result.of - marks * POINT * result.earned) * 2 <= result.of


@given(result=scores)
def test_full_marks_are_for_full_answers_only(result):
    assert result.is_full is (result.earned == result.of)
    assert (points(1, result) == POINT) is result.is_full


@pytest.mark.parametrize(
    ("earned", "of", "expected"),
    [(0, 0, None), (0, POINT, 0), (1, 3, 33), (1, 200, 1), (199, 200, 100), (2, 3, 67)],
)
def test_percent_is_whole_and_rounded_half_up(earned, of, expected):
    assert percent(earned, of) == expected


@pytest.mark.parametrize(
    ("amount", "words"),
    [(30_000, "3"), (23_333, "2.33"), (25_000, "2.5"), (0, "0"), (9_999, "1"), (99_950, "10"), (100, "0.01")],
)
def test_points_read_as_people_write_them(amount, words):
    assert points_in_words(amount) == words
