"""The ways over an editor's desk: each defensible one earns everything, and a changed choice takes later steps out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quizapp.core.scoring import Outcome, score
from quizapp.question_types.contract import Shown
from tests.question_types.cases import all_cases
from tests.question_types.pages import Form, rendered

[CASE] = [case for case in all_cases() if case.type.name == "editors_desk"]
SETTINGS = CASE.settings


def ways(value, number=1, node=None) -> Iterator[dict[str, str]]:
    """Yield the answers with every action and reason of every way."""
    node = node or SETTINGS.nodes[0]
    for action in node.actions:
        for reason in node.reasons:
            longer = value | {f"step-{number}": action.id, f"step-{number}.reason": reason.id}
            if action.next:
                yield from ways(longer, number + 1, SETTINGS.node(action.next))
            else:
                yield longer


def is_defensible(value):
    actions = {action.id: action for node in SETTINGS.nodes for action in node.actions}
    picked = [
        (actions[value[f"step-{number}"]], value[f"step-{number}.reason"])
        for number in range(1, SETTINGS.steps + 1)
    ]
    return all(reason in action.accept for action, reason in picked)


def words_now(view):
    return [word["html"] for meter in view["meters"] for word in meter["words"] if word["is_now"]]


def test_each_defensible_way_earns_everything_and_no_other_way_does():
    every = list(ways({}))

    full = [value for value in every if score(CASE.type.move, CASE.type.decisions(SETTINGS, value)).is_full]

    assert len(full) > 1
    assert full == [value for value in every if is_defensible(value)]


def test_every_action_and_every_reason_of_every_way_is_answered():
    for value in ways({}):
        told = CASE.type.feedback(SETTINGS, value)

        assert [one.part for one in told] == list(CASE.type.part_ids(SETTINGS))
        assert all(one.html for one in told)


def test_a_step_that_does_not_follow_any_more_is_blank_and_said_to_be_out():
    changed = {
        "step-1": "print-now",
        "step-2": "role-only",
        "step-2.reason": "informs",
        "step-3": "empty-pool",
    }

    assert CASE.type.problems(SETTINGS, changed) == []
    given = [decision.given for decision in CASE.type.decisions(SETTINGS, changed)]
    page = rendered("editors_desk", "question", CASE.type.student_view(SETTINGS, changed, seed=1))

    assert given == ["print-now", None, None, None, None, None]
    assert "Steps 2, 3 were taken out" in page
    assert CASE.type.read_form(SETTINGS, Form(page).fields, "q3") == {"step-1": "print-now"}


def test_a_reason_waits_for_its_choice():
    outcomes = [one.outcome for one in CASE.type.decisions(SETTINGS, {"step-1.reason": "two-voices"})]

    assert set(outcomes) == {Outcome.BLANK}


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (None, "no one"),
        ({"step-1": "ask-more"}, "no one"),
        ({"step-1": "print-now"}, "one detail too many"),
        ({"step-1": "ask-more", "step-2": "shift"}, "one detail too many"),
    ],
)
def test_meters_speak_of_the_way_that_was_taken(value, word):
    assert words_now(CASE.type.student_view(SETTINGS, value, seed=1)) == [word]
    everything = Shown(score=True, why=True, key=True)
    assert words_now(CASE.type.review_view(SETTINGS, value, seed=1, shown=everything)) == [word]


def test_the_key_names_each_choice_that_can_be_defended():
    value = {"step-1": "print-now"}

    html = rendered(
        "editors_desk",
        "review",
        CASE.type.review_view(SETTINGS, value, seed=1, shown=Shown(score=True, why=True, key=True)),
        is_open=False,
    )

    assert "<strong>Ask a second person</strong>, because: One person can be mistaken" in html
    assert "<strong>Ask the pool</strong>" in html
    assert "<strong>Print it tonight</strong>" not in html


def test_a_way_reads_as_plain_lines():
    value = {"step-1": "ask-more", "step-1.reason": "two-voices", "step-2": "shift"}

    assert CASE.type.summary(SETTINGS, value) == [
        "Step 1: Ask a second person, because: One person can be mistaken",
        "Step 2: By work and shift",
    ]
