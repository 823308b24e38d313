"""The page that verdicts print, and the two counts under it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

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
MONDAY, THURSDAY = datetime(2026, 11, 16, 12, tzinfo=UTC), datetime(2026, 11, 19, 12, tzinfo=UTC)
TIMES = {"printed_at", "today_at", "seen_at", "lesson"}
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


def laid(now, then, *, befores=None, score=True):
    """Return today's page with the page of the case beside it; ``befores`` name the lines of then by those of today."""
    today = CASE.settings.model_copy(
        update={
            "beside": "earlier",
            "lines": tuple(
                line.model_copy(update={"before": (befores or {}).get(line.id)})
                for line in CASE.settings.lines
            ),
        }
    )
    shown = Shown(score=score, why=score, key=False)
    beside = CASE.type.beside_view(today, now, earlier=CASE.settings, earlier_value=then, shown=shown)
    return beside | {"printed_at": MONDAY, "today_at": THURSDAY, "seen_at": THURSDAY, "lesson": 2}


def test_lines_are_joined_by_what_the_author_says_then_by_claim_then_by_a_line_of_the_text():
    now = dict.fromkeys([f"l{number}" for number in range(1, 13)], "claimed")
    then = dict.fromkeys(now, "view")

    by_themselves = laid(now, then)
    as_told = laid(now, then, befores={"l2": "l4", "l1": "l9", "l7": "nowhere"})

    assert by_themselves["was"] == dict.fromkeys(["l1", "l3", "l5", "l6", "l8", "l10"], "view")
    assert set(as_told["was"]) == {"l1", "l2", "l3", "l5", "l6", "l8", "l10"}
    assert set(as_told["now"]) == {"l9", "l4", "l3", "l5", "l6", "l8", "l10"}


def test_a_first_verdict_is_no_change_and_a_good_reason_is_todays_key():
    found = laid(
        {"l1": "backed", "l3": "claimed", "l5": "view"}, {"l1": "claimed", "l3": "backed", "l6": "view"}
    )

    assert (found["changed"], found["for_good"]) == (2, 1)
    assert found["was"] == {"l1": "claimed", "l3": "backed"}


def test_what_was_changed_for_good_waits_for_the_score():
    assert laid({"l1": "backed"}, {"l1": "claimed"}, score=False)["for_good"] is None


def test_the_earlier_page_says_nothing_of_either_key():
    found = laid({"l1": "backed"}, {"l1": "claimed", "l6": "contradicted"})

    assert set(found) == {"masthead", "lines", "now", "was", "changed", "for_good"} | TIMES
    assert not any({"key", "mark", "feedback", "is_miscounted"} & set(line) for line in found["lines"])


def html_beside(now, then, **changes):
    view = reviewed(now, Shown(score=True, why=True, key=False)) | {"beside": laid(now, then) | changes}
    return rendered("ink_and_pencil", "review", view, is_open=False)


def test_the_two_pages_stand_side_by_side_with_their_days():
    html = unescape(html_beside({"l1": "backed", "l2": "claimed"}, {"l1": "claimed", "l2": "claimed"}))

    assert html.count('class="ip-page"') == 2
    assert "Monday's page" in html
    assert "Today's page" in html
    assert "Printed on Monday 16 November" in html
    assert "You have changed 1 verdict, 1 for good reason." in html
    assert html.count("Changed from") == html.count("Changed to") == 1
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("changes", "titles"),
    [
        ({"printed_at": THURSDAY}, ("Your page of lesson 2", "Today's page")),
        ({"printed_at": THURSDAY - timedelta(days=7)}, ("Your page of 12 November", "Today's page")),
        ({"seen_at": THURSDAY + timedelta(days=1)}, ("Monday's page", "Thursday's page")),
        ({"printed_at": None, "today_at": None}, ("The page of lesson 2", "Today's page")),
    ],
)
def test_a_page_is_called_by_a_day_that_the_other_one_does_not_have(changes, titles):
    html = unescape(html_beside({"l1": "backed"}, {"l1": "claimed"}, **changes))

    assert tuple(re.findall(r'<h3 class="ip-headline"[^>]*>([^<]+)</h3>', html)) == titles


def test_no_change_is_said_too():
    assert "You have changed no verdict since then." in html_beside({"l1": "backed"}, {"l1": "backed"})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"before": "l1"}, "name the slot of the earlier page in `beside`"),
        ({"beside": "earlier", "before": ("l1", "l1")}, "two lines of the earlier page have the id “l1”"),
    ],
)
def test_a_line_that_was_there_before_needs_the_page_and_a_line_of_its_own(change, says):
    settings = CASE.settings.model_dump()
    befores = change["before"] if isinstance(change["before"], tuple) else (change["before"],)
    for line, before in zip(settings["lines"], befores, strict=False):
        line["before"] = before

    with pytest.raises(ValueError, match=re.escape(says)):
        CASE.type.parse(settings | {"beside": change.get("beside")})
