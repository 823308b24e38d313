"""A drawing stands on every page that shows its lesson, with its facts in words."""

from __future__ import annotations

import re

import pytest

from quizapp.core.questions import Case
from quizapp.services.lessons import start_lesson
from tests.support.visitor import Visitor

LESSON = "/library/lessons/who-says"


@pytest.fixture
def ruth(app, world):
    world.content()
    teacher = world.teacher("Ruth Adeyemi")
    world.classroom(teacher)
    return Visitor(app, world, teacher)


@pytest.fixture
def ana(app, world):
    world.content()
    student = world.student("Ana", classroom=world.classroom(world.teacher()))
    start_lesson(world.runtime, student.actor, slug="who-says", case=Case.B)
    return Visitor(app, world, student)


def drawings(page):
    return re.findall(r'<figure class="drawing.*?</figure>', page, re.DOTALL)


def assert_all_stand(page):
    titles = ["What was seen &amp; what was said", "What the page says of itself", "Two pages, one origin"]
    found = drawings(page)

    assert [
        title for title, one in zip(titles, found, strict=True) if f"{title}</figcaption>" in one
    ] == titles
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for one in found:
        title, words = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', one).groups()
        assert f'<title id="{title}">' in one
        assert f'<desc id="{words}">' in one
        assert "style=" not in one


def test_a_student_sees_it_on_its_screen_and_on_paper(ana):
    screens = "".join(ana.get(f"/lessons/who-says/{number}").text for number in (2, 3, 5))

    assert len(drawings(screens)) == 3
    assert_all_stand(ana.get("/lessons/who-says/print").text)


def test_a_teacher_sees_it_on_the_own_page_and_on_paper(ruth):
    assert_all_stand(ruth.get(LESSON).text)
    assert_all_stand(ruth.get(f"{LESSON}/print").text)


def test_it_is_a_step_on_the_projector(ruth):
    prompter = ruth.get(f"{LESSON}/prompter").text
    steps = re.findall(r"(\d+)&ensp;Drawing<", prompter)

    assert len(steps) == 3
    for number in steps:
        assert len(drawings(ruth.get(f"{LESSON}/present?step={number}").text)) == 1


def test_the_facts_of_a_chain_stand_in_words(ana):
    [chain] = drawings(ana.get("/lessons/who-says/2").text)

    assert "From The builder (person) to The page (page): said" in chain
    assert "Made up for this exercise" in chain
    assert '<text class="drawing__label"' in chain


def test_what_is_missing_on_a_page_is_said(ana):
    [page] = drawings(ana.get("/lessons/who-says/3").text)

    assert "Byline: missing</text>" in page
    assert "<strong>Byline, missing</strong>" in page
    assert 'It names nobody, see <a class="tag" href="/page#P1">¶ P1</a>.' in page


def test_the_way_of_each_page_of_a_map_stands_in_words(ana):
    [found] = drawings(ana.get("/lessons/who-says/5").text)

    assert "Page 1, A news page, got it from One talk" in found
    assert "Page 2, A blog, got it from page 1" in found


def test_words_of_an_author_are_no_markup(ana):
    [page] = drawings(ana.get("/lessons/who-says/3").text)

    assert "<b>" not in page
    assert "Gate &lt;b&gt; opens</text>" in page
