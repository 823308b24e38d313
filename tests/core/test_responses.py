"""Older never replaces newer, whatever the order in which answers arrive."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.attempts import Order, Outcome
from quizapp.core.responses import RECEIPT_SIGNS, Given, handed_in, outcome_beside, revision, seen_orders

orders = st.builds(Order, st.integers(0, 9), st.integers(0, 9))


@given(st.dictionaries(st.integers(1, 99), orders))
def test_a_revision_reads_back_as_it_was_written(seen):
    assert seen_orders(revision(seen)) == seen


@given(st.text())
def test_a_revision_of_any_text_is_read_without_complaint(text):
    assert all(isinstance(order, Order) for order in seen_orders(text).values())


@given(orders, orders, st.booleans(), st.booleans())
def test_what_is_acknowledged_is_stored_or_was_before(arrived, there, is_same, was_stored):
    outcome = outcome_beside(arrived, there, is_same_value=is_same, was_stored=was_stored)

    if outcome is Outcome.STORED:
        assert arrived == there
        assert is_same
    if outcome is Outcome.OLDER:
        assert is_same or not arrived.is_newer_than(there)
    if arrived.lease < there.lease and not (is_same or was_stored):
        assert outcome is Outcome.STALE


@given(
    st.permutations([Given(1, "a", Order(1, 2)), Given(2, None, Order(1, 1)), Given(3, ["x"], Order(2, 1))])
)
def test_the_receipt_depends_on_the_answers_alone(answers):
    made = handed_in(7, 1, answers)

    assert made == handed_in(7, 1, sorted(answers, key=lambda one: one.slot))
    assert made.receipt != handed_in(7, 2, answers).receipt
    assert made.receipt != handed_in(8, 1, answers).receipt
    assert set(made.receipt) <= set(RECEIPT_SIGNS) | {"-"}
    assert [one["slot"] for one in json.loads(made.body)["responses"]] == [1, 2, 3]
