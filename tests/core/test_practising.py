from __future__ import annotations

import pytest

from quizapp.core.practising import Met, Task, key_of_turn, next_task, turn_of_key, wrong_longest_ago

SEED = 7


def task(name, difficulty="easy", family=None):
    return Task(name, difficulty, family)


def met(name, is_right=True, family=None):
    return Met(name, family, is_right)


def walk(tasks, seed=SEED):
    """Return the names of the tasks in the order in which somebody who is always right meets them."""
    known, done = {one.name: one for one in tasks}, []
    while (following := next_task(tasks, done, seed)) is not None:
        done.append(Met(following.name, known[following.name].family, True))
    return [one.task for one in done]


def test_easy_comes_before_medium_and_medium_before_hard():
    tasks = [task("h", "hard"), task("m", "medium"), task("e1"), task("e2")]

    assert [name[0] for name in walk(tasks)] == ["e", "e", "m", "h"]


def test_the_order_is_the_students_own_and_stays():
    tasks = [task(f"t{number}") for number in range(8)]

    assert walk(tasks) == walk(list(reversed(tasks)))
    assert len({tuple(walk(tasks, seed)) for seed in range(5)}) == 5


@pytest.mark.parametrize("seed", range(20))
def test_two_of_a_family_never_follow_each_other_where_there_is_a_way(seed):
    tasks = [task("a1", family="a"), task("a2", family="a"), task("a3", family="a"), task("b"), task("c")]

    order = walk(tasks, seed)

    assert [name[0] == "a" for name in order] == [True, False, True, False, True]


def test_a_family_that_stands_alone_is_asked_all_the_same():
    assert sorted(walk([task("a1", family="a"), task("a2", family="a")])) == ["a1", "a2"]


def test_what_was_not_right_comes_back_the_longest_ago_first():
    tasks = [task("a"), task("b"), task("c")]
    turns = [met("a", False), met("b", False), met("c", True)]

    assert next_task(tasks, turns, SEED) == task("a")
    assert next_task(tasks, [*turns, met("a", False)], SEED) == task("b")
    assert next_task(tasks, [*turns, met("a", True), met("b", True)], SEED) is None


def test_the_last_one_comes_back_at_once_only_where_nothing_else_is_left():
    tasks = [task("a"), task("b")]

    assert next_task(tasks, [met("b", True), met("a", False)], SEED) == task("a")
    assert next_task(tasks, [met("a", False), met("b", False), met("a", False)], SEED) == task("b")


def test_a_written_answer_is_not_wrong_and_a_task_that_is_gone_does_not_come_back():
    assert wrong_longest_ago([met("a", None), met("b", False)]) == ["b"]
    assert next_task([task("a")], [met("a", None), met("b", False)], SEED) is None


def test_nothing_to_ask_asks_nothing():
    assert next_task([], [], SEED) is None


def test_a_turn_is_known_by_its_key_and_a_lesson_is_none():
    assert turn_of_key(key_of_turn("S2", 12)) == ("S2", 12)
    assert turn_of_key("sample:who-says") is None
    assert turn_of_key(None) is None
