"""The folder as its reader walks it: from the end of a lesson to a changed verdict, without a script."""

from __future__ import annotations

import re

import pytest

from tests.builders.folder import FIRST, RIGHT, SECOND, folder_items
from tests.support.visitor import Visitor


@pytest.fixture
def ana(app, world):
    world.content(folder_items())
    return Visitor(app, world, world.student("Ana", classroom=world.classroom(world.teacher())))


def finish(visitor, slug, case="B"):
    visitor.post(f"/lessons/{slug}/start", {"case": case, "screen": "7"})
    return visitor.post(f"/lessons/{slug}/7/next", {})


def judge(visitor, number, verdicts, case="b"):
    fields = {f"folder-{number}-{case}.{line}": verdict for line, verdict in verdicts.items()}
    return visitor.post(f"/folder/d{number}/verdicts", {"shown": "0", **fields})


def test_a_lesson_that_ends_says_that_a_document_has_come(ana):
    finish(ana, FIRST)

    home = ana.get("/home").text

    assert "A document has come into your folder" in home
    assert "/folder/d1" in home
    assert "/folder" in ana.get("/lessons").text


def test_what_waits_names_its_lesson_and_not_its_title(ana):
    finish(ana, SECOND)

    page = ana.get("/folder").text

    assert "Document 2B" in page
    assert "Document 1B" not in page
    assert f"/lessons/{FIRST}" in page


def test_an_open_line_is_told_at_the_top_and_what_was_chosen_stays(ana):
    finish(ana, FIRST)

    answer = judge(ana, 1, {"l1": "backed"})

    assert answer.status_code == 422
    assert "Still open: 2" in answer.text
    assert re.search(r'value="backed"[^>]*checked', answer.text)


def test_a_changed_verdict_is_seen_and_says_what_it_was_for(ana):
    finish(ana, FIRST)
    finish(ana, SECOND)
    judge(ana, 1, RIGHT[0])
    assert judge(ana, 2, RIGHT[1]).headers["Location"].endswith("/folder/d2#question-1")

    page = ana.get("/folder").text

    assert "You have changed 1 verdict, 1 for good reason." in re.sub(r"\s+", " ", page)
    assert page.count("After document 2:") == 3


def test_nothing_says_which_edition_is_read_but_the_folder_itself(ana):
    finish(ana, FIRST, case="A")

    elsewhere = [ana.get(path).text for path in ("/home", "/lessons", "/progress", "/practise")]
    titles = [ana.get(path).text.split("</title>")[0] for path in ("/folder", "/folder/d1")]

    for text in (*elsewhere, *titles):
        assert not any(told in text for told in ("Strait", "Depot", "Document 1A", "case A"))


def test_no_word_of_the_feedback_comes_before_an_answer(ana):
    finish(ana, FIRST)
    lines = next(item for item in folder_items() if item.key == "sample:folder-1-b").body["settings"]["lines"]
    told = {text for line in lines for text in line["feedback"].values()}

    before = ana.get("/folder/d1").text
    judge(ana, 1, RIGHT[0])
    after = ana.get("/folder/d1").text

    assert not any(text in before for text in told)
    assert any(text in after for text in told)
