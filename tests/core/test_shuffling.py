"""Order and chance that a seed decides."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.shuffling import chosen, question_seed, rank, shuffled

seeds = st.integers(0, 2**63)
items = st.lists(st.text(max_size=5), unique=True, max_size=8)


def test_the_order_is_the_same_on_every_machine():
    assert shuffled("abcdef", 42, "options") == ("b", "a", "c", "f", "e", "d")
    assert rank(42, "options", "a") == 2_932_569_602_786_280_197


@given(seed=seeds, given_items=items)
def test_nothing_is_lost_and_nothing_added(seed, given_items):
    assert sorted(shuffled(given_items, seed)) == sorted(given_items)


@given(seed=seeds, given_items=items)
def test_the_order_does_not_depend_on_the_order_it_came_in(seed, given_items):
    assert shuffled(reversed(given_items), seed) == shuffled(given_items, seed)


@given(seed=seeds, given_items=items)
def test_two_keep_their_order_when_others_leave(seed, given_items):
    whole = shuffled(given_items, seed)

    fewer = shuffled(given_items[1:], seed)

    assert fewer == tuple(item for item in whole if item in fewer)


def test_names_and_parts_of_names_are_kept_apart():
    assert rank(1, "ab", "c") != rank(1, "a", "bc")
    assert rank(1, "a") != rank(11, "a")


def test_every_place_is_as_likely_for_every_item():
    first = Counter(shuffled("abc", seed)[0] for seed in range(3_000))

    assert all(900 < count < 1_100 for count in first.values())


def test_equal_ids_fall_differently_in_different_questions():
    orders = {shuffled("abc", question_seed(7, f"second-source:q{number}")) for number in range(40)}

    assert len(orders) == 6
    assert question_seed(7, "second-source:q1") == question_seed(7, "second-source:q1")


@given(seed=seeds)
def test_one_of_them_is_chosen(seed):
    assert chosen(["a", "b"], seed, "case") in ("a", "b")


def test_nothing_can_be_chosen_from_nothing():
    with pytest.raises(ValueError, match="nothing to choose from"):
        chosen([], 1)
