from __future__ import annotations

from datetime import date

from quizapp.core.mastery import Answer, evidence, is_right
from quizapp.core.scoring import Score

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def answers(*given: tuple[str, date, bool]) -> list[Answer]:
    return [Answer(*one) for one in given]


ENOUGH = [
    ("q1", MONDAY, True),
    ("q2", MONDAY, True),
    ("q3", MONDAY, False),
    ("q4", TUESDAY, True),
    ("q5", TUESDAY, True),
]


def test_four_of_five_on_two_days_on_new_cases_show_a_skill():
    found = evidence(answers(*ENOUGH))

    assert found.is_shown
    assert (found.right_of_last, found.days, found.unseen) == (4, 2, 4)


def test_one_day_is_not_enough():
    assert not evidence(answers(*((case, MONDAY, right) for case, _, right in ENOUGH))).is_shown


def test_three_of_five_are_not_enough():
    assert not evidence(answers(*ENOUGH[:4], ("q5", TUESDAY, False))).is_shown


def test_four_answers_are_not_enough():
    assert not evidence(answers(*(one for one in ENOUGH if one[2]))).is_shown


def test_the_same_cases_again_are_not_enough():
    seen = answers(*((case, MONDAY, False) for case, _, _ in ENOUGH))

    found = evidence(seen + answers(*ENOUGH))

    assert found.unseen == 0
    assert not found.is_shown


def test_only_the_last_five_count():
    later = answers(*((f"n{number}", TUESDAY, False) for number in range(5)))

    found = evidence(answers(*ENOUGH) + later)

    assert not found.is_shown
    assert (found.right, found.answered, found.last) == (4, 10, 5)


def test_nothing_answered_is_nothing_shown():
    assert not evidence([]).is_shown


def test_right_is_three_quarters_of_the_marks():
    assert is_right(Score(3, 4))
    assert not is_right(Score(2, 4))
    assert not is_right(Score(8, 12))
    assert is_right(Score(9, 12))
