"""Both pages are on one screen without a script, and nothing of the key comes before the answer."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.builders.again import SLUG, items_with_a_page_again
from tests.support.visitor import Visitor

FIRST, AGAIN = "/lessons/who-says", f"/lessons/{SLUG}"
MONDAY = {"l1": "backed", "l2": "backed", "l3": "backed"}


@pytest.fixture
def classroom(world):
    world.content(items_with_a_page_again())
    return world.classroom(world.teacher("Ms Reed"))


@pytest.fixture
def student(world, classroom):
    return world.student("Ana", classroom=classroom)


@pytest.fixture
def ana(app, world, student):
    return Visitor(app, world, student)


def prints(ana, lesson, name, verdicts, case="B"):
    ana.post(f"{lesson}/start", {"case": case, "screen": "4"})
    fields = {f"{name}.{line}": verdict for line, verdict in verdicts.items()}
    ana.post(f"{lesson}/4/answers", {"question": f"sample:{name}", **fields})


def again(verdicts):
    return {f"again-{line}": verdict for line, verdict in verdicts.items()}


def headlines(page):
    return re.findall(r'<h3 class="ip-headline"[^>]*>([^<]+)<', page)


def test_both_pages_stand_there_with_their_days_and_their_changes(app, world, clock, student, ana):
    prints(ana, FIRST, "lesson-page-b", MONDAY)
    clock.move(days=2)
    ana = Visitor(app, world, student)
    prints(ana, AGAIN, "again-b", again(MONDAY | {"l1": "claimed", "l2": "view"}))

    page = unescape(ana.get(f"{AGAIN}/4").text)

    first, today = headlines(page)
    assert first.endswith("day's page")
    assert today == "Today's page"
    assert "You have changed 2 verdicts, 1 for good reason." in page
    assert page.count("Changed from") == page.count("Changed to") == 2
    assert len(re.findall("Printed on [A-Z][a-z]+day ", page)) == 2
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_before_the_answer_nothing_tells_its_key(ana):
    prints(ana, FIRST, "lesson-page-b", MONDAY)
    ana.post(f"{AGAIN}/start", {"case": "B", "screen": "4"})

    page = ana.get(f"{AGAIN}/4").text

    assert headlines(page) == []
    assert "for good reason" not in page
    assert "Once you have printed this page, your page of lesson 1 stands beside it." in page


def test_without_an_earlier_page_one_line_leads_to_its_lesson(ana):
    prints(ana, AGAIN, "again-b", again(MONDAY))

    page = ana.get(f"{AGAIN}/4").text

    assert headlines(page) == ["The page that you print"]
    assert "You have not printed the page of lesson 1 yet." in page
    assert f'<a href="{FIRST}">Who says?</a></p>' in page


def test_a_page_of_the_other_case_is_named_and_not_shown(ana):
    prints(ana, FIRST, "lesson-page-a", MONDAY, case="A")
    prints(ana, AGAIN, "again-b", again(MONDAY))

    page = ana.get(f"{AGAIN}/4").text

    assert headlines(page) == ["The page that you print"]
    assert "In lesson 1 you judged the other case, so no page of yours stands beside this one." in page


def test_for_a_class_the_keys_of_both_pages_stand_beside_one_another(app, world, classroom, ana):
    teacher = Visitor(app, world, world.teacher("Ruth"))
    own = unescape(teacher.get(f"/library/lessons/{SLUG}").text)
    steps = re.findall(
        r"step=(\d+)[^>]*>\d+&ensp;Key of question 1<", teacher.get(f"/library/lessons/{SLUG}/prompter").text
    )
    paper = teacher.get(f"/library/lessons/{SLUG}/print").text

    assert headlines(own) == ["The page of lesson 1", "Today's page"] * 2
    assert "By the key, 1 verdict is another one than in lesson 1." in own
    assert any(
        "The page of lesson 1" in teacher.get(f"/library/lessons/{SLUG}/present?step={one}").text
        for one in steps
    )
    assert "Your page of lesson 1, Who says?, belongs beside this one." in paper
    assert "By the key" not in paper


def test_a_student_reads_on_paper_which_page_belongs_beside_this_one(ana):
    ana.post(f"{AGAIN}/start", {"case": "B", "screen": "1"})

    assert "Your page of lesson 1, Who says?, belongs beside this one." in ana.get(f"{AGAIN}/print").text
