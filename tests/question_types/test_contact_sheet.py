"""The contact sheet: two frames at most, four decisions, and what never counts."""

from __future__ import annotations

from itertools import combinations

import pytest

from quizapp.core.scoring import Outcome, Score, score
from quizapp.question_types.contract import Shown
from tests.question_types.cases import all_cases, every_choice
from tests.question_types.pages import Form, rendered

[CASE] = [case for case in all_cases() if case.type.name == "contact_sheet"]
TYPE, SETTINGS = CASE.type, CASE.settings
EVERYTHING = Shown(score=True, why=True, key=True)
FRAMES = [frame.id for frame in SETTINGS.left_out]


def scored(value):
    return score(TYPE.move, TYPE.decisions(SETTINGS, value))


def asked_html(value):
    return rendered("contact_sheet", "question", TYPE.student_view(SETTINGS, value, seed=1))


def reviewed_html(value, shown):
    view = TYPE.review_view(SETTINGS, value, seed=1, shown=shown)
    return rendered("contact_sheet", "review", view, is_open=False)


def test_a_third_frame_is_refused_in_words_and_stays_ticked():
    fields = {"q3.before": ["crowd"], "q3.chosen": ["o1", "o4", "o6"], "q3.belief.o4": ["safe"]}

    value = TYPE.read_form(SETTINGS, fields, "q3")

    [problem] = TYPE.problems(SETTINGS, value)
    assert str(problem) == "You chose 3 frames. Keep the two that would change most."
    kept = Form(asked_html(value)).fields
    assert {name: held for name, held in kept.items() if held != [""]} == fields


@pytest.mark.parametrize("pair", list(combinations(FRAMES, 2)), ids=" ".join)
def test_any_two_of_the_four_frames_that_change_most_earn_everything(pair):
    chosen = [frame for frame in SETTINGS.left_out if frame.id in pair]

    value = {"chosen": list(pair)} | {f"belief.{frame.id}": frame.key for frame in chosen}

    assert scored(value) == Score(2 + sum(frame.changes_most for frame in chosen), 4)


def test_a_belief_counts_for_the_frame_that_it_was_named_for():
    value = {"chosen": ["o2", "o4"], "belief.o2": "busy", "belief.o4": "busy"}

    outcomes = {decision.part: decision.outcome for decision in TYPE.decisions(SETTINGS, value)}

    assert outcomes == {
        "first": Outcome.WRONG,
        "first-belief": Outcome.RIGHT,
        "second": Outcome.RIGHT,
        "second-belief": Outcome.WRONG,
    }


@pytest.mark.parametrize("before", ["crowd", "lessons", "unclear"])
@pytest.mark.parametrize("after", ["crowd", "lessons", "unclear"])
def test_the_answers_before_and_after_never_count(before, after):
    value = {"chosen": ["o1", "o2"], "belief.o1": "busy", "belief.o2": "safe"}

    assert scored(value | {"before": before, "after": after}) == scored(value)
    assert TYPE.is_blank(SETTINGS, {"before": before, "after": after})


def test_a_belief_beside_a_frame_that_is_not_chosen_is_kept_and_does_not_count():
    value = {"chosen": ["o1"], "belief.o1": "busy", "belief.o4": "safe"}

    assert TYPE.problems(SETTINGS, value) == []
    assert scored(value) == Score(2, 4)
    assert not TYPE.is_complete(SETTINGS, value)


def test_the_listed_answers_hold_every_frame_with_every_belief():
    named = {(frame, value[f"belief.{frame}"]) for value in every_choice(CASE) for frame in value["chosen"]}

    assert named == {(frame, belief) for frame in FRAMES for belief in SETTINGS.belief_ids}


def test_chosen_frames_lie_in_the_second_reel_where_they_were_filmed():
    again = TYPE.student_view(SETTINGS, {"chosen": ["o5", "o2"]}, seed=1)["again"]

    assert [frame["id"] for frame in again] == ["r1", "r2", "o2", "r3", "r4", "r5", "o5", "r6"]


def test_the_old_answer_stands_beside_the_question_asked_again():
    html = asked_html({"before": "crowd", "chosen": ["o1"]})

    assert "Your answer before:" in html
    assert "<span data-old-answer>Evenings with the crowd</span>" in html


def test_the_review_names_the_four_frames_with_the_key_only():
    value = {"chosen": ["o2", "o3"], "belief.o2": "busy", "belief.o3": "safe"}

    assert "Any two of these four" in reviewed_html(value, EVERYTHING)
    told = reviewed_html(value, Shown(score=True, why=True, key=False))
    assert "Any two of these four" not in told
    assert "An empty field" not in told
    assert SETTINGS.closing in told


def test_the_summary_is_what_a_teacher_reads():
    value = {"before": "crowd", "after": "lessons", "chosen": ["o1", "o4"], "belief.o1": "busy"}

    assert TYPE.summary(SETTINGS, value) == [
        "Before: Evenings with the crowd",
        "Frame 2: A steward is with the crowd from the first day.",
        "Frame 8: –",
        "After: Lessons in a hall",
    ]
