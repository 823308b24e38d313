"""The page that verdicts print, and the two counts under it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.core.questions import Verdict
from quizapp.question_types.contract import Shown
from quizapp.question_types.ink_and_pencil.printing import (
    Counts,
    Setting,
    believe_everything,
    counts,
    doubt_everything,
    setting_of,
)
from quizapp.question_types.registry import question_type
from tests.question_types.cases import all_cases
from tests.question_types.pages import rendered

[CASE] = [case for case in all_cases() if case.type.name == "ink_and_pencil"]
EVERYTHING = Shown(score=True, why=True, key=True)
verdicts = st.sampled_from([verdict.value for verdict in Verdict])
pages = st.dictionaries(st.sampled_from([f"l{number}" for number in range(1, 13)]), verdicts, min_size=1)


def reviewed(value, shown=EVERYTHING):
    return CASE.type.review_view(CASE.settings, value, seed=1, shown=shown)


def html_of(value, shown=EVERYTHING):
    return rendered("ink_and_pencil", "review", reviewed(value, shown), is_open=False)


@pytest.mark.parametrize(
    ("verdict", "setting"),
    [
        ("backed", Setting.INK),
        ("claimed", Setting.CLAIMED),
        ("unsourced", Setting.PENCIL),
        ("contradicted", Setting.STRUCK),
        ("view", Setting.QUOTED),
        (None, Setting.BLANK),
        ("ink", Setting.BLANK),
    ],
)
def test_a_verdict_decides_how_a_line_is_set(verdict, setting):
    assert setting_of(verdict) is setting


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("key", list(Verdict))
def test_each_pair_of_key_and_verdict_is_counted_once_at_most(key, verdict):
    expected = Counts((), ())
    if verdict is Verdict.BACKED and key is not Verdict.BACKED:
        expected = Counts(("l1",), ())
    if key is Verdict.BACKED and verdict in (Verdict.UNSOURCED, Verdict.CONTRADICTED, Verdict.VIEW):
        expected = Counts((), ("l1",))

    assert counts({"l1": key.value}, {"l1": verdict.value}) == expected


def test_an_open_line_is_neither_printed_nor_left_out():
    assert counts({"l1": "backed", "l2": "claimed"}, {}) == Counts((), ())


def test_the_three_pages_count_as_in_the_example():
    keys = CASE.settings.keys
    yours = CASE.type.correct_value(CASE.settings) | {"l2": "backed", "l5": "backed", "l10": "unsourced"}

    found = [counts(keys, page) for page in (believe_everything(keys), doubt_everything(keys), yours)]

    assert [(len(page.printed_without_backing), len(page.left_out_although_backed)) for page in found] == [
        (8, 0),
        (0, 4),
        (2, 1),
    ]


@given(keys=pages)
def test_a_page_set_by_the_key_has_no_fault(keys):
    assert counts(keys, keys) == Counts((), ())


@given(keys=pages, given_verdicts=pages)
def test_no_page_has_more_faults_than_the_two_extremes(keys, given_verdicts):
    believing, doubting = counts(keys, believe_everything(keys)), counts(keys, doubt_everything(keys))

    found = counts(keys, given_verdicts)

    assert set(found.printed_without_backing) <= set(believing.printed_without_backing)
    assert set(found.left_out_although_backed) <= set(doubting.left_out_although_backed)
    assert found.lines == {*found.printed_without_backing, *found.left_out_although_backed}


def test_the_page_is_printed_by_the_students_verdicts():
    html = html_of({"l1": "backed", "l2": "claimed", "l4": "unsourced", "l5": "view", "l6": "contradicted"})

    assert '<ins class="ip-says" data-set-for="claimed">the officer says</ins>' in html
    assert "[who says?]" in html
    assert "<q data-set-words>it is like an iceberg</q>" in html
    assert "<del data-set-words>the pool opened on Friday</del>" in html
    assert "<ins>The pool opened on Sunday.</ins>" in html
    assert html.count("[no verdict yet]") == 7


def test_a_miscounted_line_says_why_and_where():
    view = reviewed({"l2": "backed", "l3": "view"})

    assert [line["id"] for line in view["lines"] if line["is_miscounted"]] == ["l2", "l3"]
    assert view["lines"][1]["feedback"] == "Look for the speaker in the same sentence."
    assert '<a href="#q3-l2">line 2</a>, <a href="#q3-l3">line 3</a>' in html_of(
        {"l2": "backed", "l3": "view"}
    )


@pytest.mark.parametrize("why", [True, False])
def test_counts_wait_for_the_key(why):
    shown = Shown(score=True, why=why, key=False)

    view = reviewed({"l1": "unsourced", "l2": "backed"}, shown)

    assert view["editions"] is None
    assert not any(line["is_miscounted"] or line["key"] for line in view["lines"])
    assert "Believe everything" not in html_of({"l1": "unsourced"}, shown)


def test_in_a_lesson_the_counts_come_before_the_key():
    shown = Shown(score=True, why=True, key=False, counts=True)

    view = reviewed({"l1": "unsourced", "l2": "backed"}, shown)

    assert [edition["name"] for edition in view["editions"]] == ["believe", "doubt", "yours"]
    assert [line["id"] for line in view["lines"] if line["is_miscounted"]] == ["l1", "l2"]
    assert not any(line["key"] or line["key_feedback"] for line in view["lines"])


def test_a_correction_waits_for_the_why():
    answer = {"l6": "contradicted"}

    assert "opened on Sunday" not in html_of(answer, Shown(score=True, why=False, key=False))
    assert "[correct it to what?]" in html_of(answer, Shown(score=True, why=False, key=False))
    assert "opened on Sunday" in html_of(answer, Shown(score=False, why=True, key=False))


def test_the_question_shows_the_page_as_it_is_so_far():
    view = CASE.type.student_view(CASE.settings, {"l4": "unsourced", "l5": "view"}, seed=1)

    html = rendered("ink_and_pencil", "question", view)

    assert html.count('class="ip-line is-pencil"') == 1
    assert html.count('class="ip-line is-quoted"') == 1
    assert html.count('class="ip-line is-blank"') == 10
    assert "opened on Sunday" not in html


def test_it_may_fill_a_screen():
    assert question_type("ink_and_pencil").whole_page
