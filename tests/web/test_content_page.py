"""The content in counts, for authors: the numbers of the service, each in its table."""

from __future__ import annotations

import re

import pytest

from quizapp.services.content_figures import content_figures
from tests.support.visitor import Visitor

ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher()


@pytest.fixture
def page(app, world, teacher):
    return Visitor(app, world, teacher).get("/library/content").text


def rows(page: str, table: str) -> list[list[str]]:
    """Return the cells of a table's rows, its head first."""
    inner = page.partition(f'id="{table}">')[2].partition("</table>")[0]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in CELL.findall(row)] for row in ROW.findall(inner)
    ]


def test_each_table_has_the_numbers_of_the_service(runtime, teacher, page):
    figures = content_figures(runtime, teacher.actor)
    skill = figures.skills[0]

    assert rows(page, "kinds")[1][1:] == [
        str(count) for count in (*skill.by_difficulty, *skill.by_context, *skill.by_level)
    ]
    assert [row[2:] for row in rows(page, "misconceptions")[1:]] == [
        [str(one.questions), str(one.in_bank), str(one.refutations)] for one in figures.misconceptions
    ]
    assert [row[2] for row in rows(page, "paragraphs")[1:]] == [
        str(one.questions) for one in figures.paragraphs
    ]
    assert [row[2] for row in rows(page, "reading")[1:]] == [str(one.words) for one in figures.levels]
    assert rows(page, "keys")[1][:3] == [str(count) for count in figures.keys.places]


def test_the_minutes_of_each_screen_stand_beside_those_that_it_has(runtime, teacher, page):
    screens = content_figures(runtime, teacher.actor).lessons[0].screens

    assert rows(page, "screens")[1][1:] == [f"{one.takes:.1f} of {one.minutes}" for one in screens]


def test_without_content_the_page_says_what_to_do(app, world):
    page = Visitor(app, world, world.teacher()).get("/library/content").text

    assert "quizapp content sync" in page
    assert "<table" not in page
