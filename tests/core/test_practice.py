from __future__ import annotations

import pytest

from quizapp.core.practice import Changes, Purpose, changes, purpose_of, shows_key, shows_score, takes_another
from quizapp.core.scoring import Decision, Outcome
from quizapp.core.screens import ScreenKind


def test_a_first_guess_shows_nothing_and_is_taken_once():
    assert not shows_score(Purpose.FIRST_GUESS)
    assert not shows_key(Purpose.FIRST_GUESS, 1, is_full=True)
    assert not takes_another(Purpose.FIRST_GUESS, 1, is_full=False, is_whole_page=False)


@pytest.mark.parametrize("purpose", [Purpose.EXIT_CHECK, Purpose.GUESS_AGAIN])
def test_a_check_is_taken_once_and_shows_everything(purpose):
    assert shows_score(purpose)
    assert shows_key(purpose, 1, is_full=False)
    assert not takes_another(purpose, 1, is_full=False, is_whole_page=False)


@pytest.mark.parametrize(
    ("tries", "is_full", "key", "another"),
    [(1, False, False, True), (1, True, True, False), (2, False, True, False), (1, None, True, True)],
)
def test_a_task_shows_its_key_when_right_or_after_the_second_try(tries, is_full, key, another):
    assert shows_key(Purpose.TASK, tries, is_full=is_full) is key
    assert takes_another(Purpose.TASK, tries, is_full=is_full, is_whole_page=False) is another


def test_a_page_may_be_printed_as_often_as_one_likes():
    assert takes_another(Purpose.TASK, 7, is_full=True, is_whole_page=True)


def test_a_question_on_a_screen_that_only_tells_is_practice():
    assert purpose_of(ScreenKind.REFUTATION) is Purpose.PRACTICE
    assert purpose_of(ScreenKind.TASK) is Purpose.TASK


def test_a_change_is_a_decision_that_was_made_before_and_is_another_now():
    before = [
        Decision("l1", "a", Outcome.WRONG),
        Decision("l2", None, Outcome.BLANK),
        Decision("l3", "a", Outcome.RIGHT),
    ]
    after = [
        Decision("l1", "b", Outcome.RIGHT),
        Decision("l2", "b", Outcome.RIGHT),
        Decision("l3", "b", Outcome.WRONG),
    ]

    assert changes(before, after) == Changes(changed=2, for_good=1)
    assert changes(after, after) + Changes(1, 1) == Changes(1, 1)
