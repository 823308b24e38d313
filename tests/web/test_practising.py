"""Practice as a student walks it without a script: from a link to a question, its feedback and another one."""

from __future__ import annotations

import re

import pytest

from tests.builders.practising import SKILL, choice, practice_items
from tests.support.visitor import Visitor

QUESTION = re.compile(r'name="question" value="sample:([^"]+)"')
TURN = re.compile(rf'action="/practise/{SKILL}/(\d+)/answers"')


@pytest.fixture
def ana(app, world):
    world.content(practice_items())
    return Visitor(app, world, world.student("Ana", classroom=world.classroom(world.teacher())))


def give(visitor, page, *, is_right=True):
    """Answer the question of a page, and return where that leads."""
    name, number = QUESTION.search(page)[1], TURN.search(page)[1]
    answer = choice(name, is_right=is_right)
    fields = {"question": f"sample:{name}", "shown": "0", name: answer}
    return visitor.post(f"/practise/{SKILL}/{number}/answers", fields)


def plain(page):
    return re.sub(r"\s+", " ", page)


def test_the_skills_stand_with_their_ability_and_what_was_right(ana):
    before = plain(ana.get("/practise").text)
    give(ana, ana.get(f"/practise/{SKILL}").text)
    after = plain(ana.get("/practise").text)

    assert "Find who says it" in before
    assert "Sourcing" in before
    assert "No answer yet. 5 questions are new to you." in before
    assert "Right so far: 1 of 1 answer. 4 questions are new to you." in after


def test_an_answer_is_explained_and_leads_to_another_one_or_home(ana):
    first = ana.get(f"/practise/{SKILL}").text
    assert "Another one" not in first

    answer = give(ana, first)
    shown = ana.get(answer.location).text

    assert answer.location.endswith(f"/practise/{SKILL}/1#question-1")
    assert "feedback" in shown
    assert f'href="/practise/{SKILL}">Another one' in shown
    assert 'href="/home">Enough for now' in shown
    assert QUESTION.search(ana.get(f"/practise/{SKILL}").text)[1] != QUESTION.search(first)[1]


def test_the_key_waits_for_the_second_try(ana):
    page = ana.get(f"/practise/{SKILL}").text

    shown = ana.get(give(ana, page, is_right=False).location).text
    assert "Try again" in shown

    ana.get(give(ana, shown).location)
    assert "Try again" not in ana.get(f"/practise/{SKILL}/1").text


def test_a_second_click_and_a_second_window_lead_to_the_one_answer(ana):
    page = ana.get(f"/practise/{SKILL}").text

    answers = [give(ana, page), give(ana, page)]

    assert {answer.location for answer in answers} == {f"/practise/{SKILL}/1#question-1"}
    assert "Right so far: 1 of 1 answer." in plain(ana.get("/practise").text)


def test_nothing_chosen_is_told_at_the_top(ana):
    page = ana.get(f"/practise/{SKILL}").text

    answer = ana.post(f"/practise/{SKILL}/1/answers", {"question": f"sample:{QUESTION.search(page)[1]}"})

    assert answer.status_code == 422
    assert "Nothing is chosen yet" in answer.text
    assert 'href="#question-1"' in answer.text


def test_a_page_that_is_drawn_anew_keeps_what_was_chosen_and_is_no_answer(ana):
    name = QUESTION.search(ana.get(f"/practise/{SKILL}").text)[1]

    drawn = ana.post(f"/practise/{SKILL}/1/answers", {"question": f"sample:{name}", name: "b", "draw": "1"})

    assert drawn.status_code == 200
    assert re.search(r'value="b"[^>]*checked', drawn.text)
    assert "No answer yet." in ana.get("/practise").text


def test_what_is_asked_elsewhere_by_now_is_told_and_leads_to_what_stands_there(ana):
    answer = ana.post(f"/practise/{SKILL}/1/answers", {"question": "sample:friday", "friday": "a"})

    assert answer.location.endswith(f"/practise/{SKILL}/1#question-1")
    assert "another question stands here" in ana.get(answer.location).text


def test_when_everything_was_right_a_sentence_says_so(ana):
    for _ in range(5):
        give(ana, ana.get(f"/practise/{SKILL}").text)

    page = plain(ana.get(f"/practise/{SKILL}").text)

    assert "Nothing is left to ask" in page
    assert "Right so far: 5 of 5 answers." in page


def test_a_skill_without_questions_says_so_and_an_unknown_one_is_not_found(ana):
    assert "no questions for practice on this skill yet" in ana.get("/practise/s1").text
    assert ana.get("/practise/s9").status_code == 404
    assert ana.get(f"/practise/{SKILL}/2").status_code == 404


def test_it_is_found_from_the_course_from_the_end_of_a_lesson_and_from_what_i_can_show(ana):
    ana.post("/lessons/who-says/start", {"case": "B", "screen": "8"})
    give(ana, ana.get(f"/practise/{SKILL}").text)

    assert 'href="/practise"' in ana.get("/lessons").text
    for address in ("/lessons/who-says/8", "/progress"):
        assert f'href="/practise/{SKILL}"' in ana.get(address).text
    assert f'href="/practise/{SKILL}"' not in ana.get("/lessons/who-says/7").text


@pytest.mark.parametrize("case", ["A", "B"])
def test_which_case_is_read_stands_in_no_address_title_or_notice(ana, case):
    ana.post("/lessons/who-says/start", {"case": case, "screen": "1"})
    for number in range(1, 5):
        page = ana.get(f"/practise/{SKILL}").text
        answer = give(ana, page)

        assert answer.location == f"/practise/{SKILL}/{number}#question-{number}"
        assert "<title>Find who says it: practice" in page
        assert "flash" not in ana.get(answer.location).text.split("<main", 1)[1]
    assert QUESTION.search(page)[1] == f"rent-{case.lower()}"


def test_no_key_comes_before_an_answer(ana):
    page = ana.get(f"/practise/{SKILL}").text

    assert "You may have been drawn in" not in page
    assert "Yes. " not in page
