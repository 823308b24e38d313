"""A simulated search: what is cited counts, what was opened is only kept."""

from __future__ import annotations

import pytest

from quizapp.core.scoring import Score, score
from quizapp.question_types.contract import Shown
from quizapp.question_types.simulated_search.type import LONGEST_TRAIL
from tests.question_types.cases import all_cases
from tests.question_types.pages import Form, rendered

[CASE] = [case for case in all_cases() if case.type.name == "simulated_search"]
SETTINGS = CASE.settings
EVERYTHING = Shown(score=True, why=True, key=True)


def read(**fields):
    return CASE.type.read_form(SETTINGS, {field: [held] for field, held in fields.items()}, "q3")


def earned(value):
    return score(CASE.type.move, CASE.type.decisions(SETTINGS, value))


@pytest.mark.parametrize(
    ("value", "points"),
    [
        ({"verdict": "backed"}, 2),
        ({"first": "r2"}, 1),
        ({"second": "r2"}, 1),
        ({"first": "r1", "second": "r2"}, 1),
        ({"first": "r2", "second": "r3"}, 2),
        ({"first": "r3", "second": "r6"}, 1),
        ({"first": "r4", "second": "r5"}, 0),
    ],
)
def test_the_verdict_counts_two_and_each_page_of_an_origin_of_its_own_one(value, points):
    assert earned(value) == Score(points, 4)


def test_what_was_opened_changes_no_score():
    right = CASE.type.correct_value(SETTINGS)

    assert earned(right) == earned(right | {"opened": ["r4", "r1", "r4"]})


def test_the_button_of_a_page_adds_it_to_the_trail_and_the_next_form_keeps_it():
    value = read(**{"q3.opened": "r1 r3", "draw": "q3.open.r2", "q3.verdict": "view"})

    assert value == {"verdict": "view", "opened": ["r1", "r3", "r2"]}
    page = rendered("simulated_search", "question", CASE.type.student_view(SETTINGS, value, seed=1))
    assert CASE.type.read_form(SETTINGS, Form(page).fields, "q3") == value
    assert page.count("found__page is-closed") == len(SETTINGS.results) - 1
    assert '<div class="found__page" id="q3-r2-page">' in page


@pytest.mark.parametrize("button", ["q30.open.r2", "q3.open.r9", "1"])
def test_another_questions_button_opens_nothing(button):
    assert read(draw=button) is None


def test_the_trail_ends_at_its_longest():
    full = " ".join(["r1"] * LONGEST_TRAIL)

    value = read(**{"q3.opened": full, "draw": "q3.open.r2"})

    assert value == {"opened": ["r1"] * LONGEST_TRAIL}
    assert CASE.type.problems(SETTINGS, value) == []
    assert CASE.type.problems(SETTINGS, read(**{"q3.opened": f"{full} r1"}))


def test_opening_pages_alone_is_no_answer():
    assert CASE.type.is_blank(SETTINGS, {"opened": ["r1"]})


def test_the_review_tells_the_trail_and_that_it_does_not_count():
    value = {"first": "r2", "opened": ["r2", "r1"]}

    html = rendered(
        "simulated_search",
        "review",
        CASE.type.review_view(SETTINGS, value, seed=1, shown=Shown(score=False, why=False, key=False)),
        is_open=False,
    )

    assert "Page 2 · Closed door</li>" in html
    assert html.index("Page 2 · Closed door</li>") < html.index("Page 1 · Pool shut for a week</li>")
    assert "It does not count." in html
    assert "press note)" not in html


def test_where_each_page_got_it_comes_with_the_key():
    view = CASE.type.review_view(SETTINGS, {"first": "r2"}, seed=1, shown=EVERYTHING)

    html = rendered("simulated_search", "review", view, is_open=False)

    assert "the pool's own press note (the origin of the claim)" in html
    assert "about something else" in html


def test_a_second_page_of_the_same_origin_is_told_so():
    told = CASE.type.feedback(SETTINGS, {"first": "r3", "second": "r6"})

    assert [one.html for one in told] == [
        "It stands on its own feet.",
        "It has the origin of your first page.",
    ]


def test_an_answer_reads_as_plain_lines():
    value = {"verdict": "backed", "first": "r2", "opened": ["r1", "r2"]}

    assert CASE.type.summary(SETTINGS, value) == [
        "Verdict: Backed up",
        "First page: 2, Closed door",
        "Opened: 1, 2",
    ]
