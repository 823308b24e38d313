from __future__ import annotations

import re

import pytest

from tests.support.visitor import Visitor

L = "/library/lessons/who-says"


@pytest.fixture
def ruth(app, world):
    world.content()
    teacher = world.teacher("Ruth Adeyemi")
    world.student("Ana", classroom=world.classroom(teacher))
    return Visitor(app, world, teacher)


def count_of(page):
    return int(re.search(r"Step \d+ of (\d+)", page)[1])


def pages(ruth, case="B"):
    count = count_of(ruth.get(f"{L}/present?case={case}").text)
    return [ruth.get(f"{L}/present?case={case}&step={number}").text for number in range(1, count + 1)]


def test_every_step_opens_and_names_nobody(ruth):
    for page in [*pages(ruth, "A"), *pages(ruth, "B")]:
        assert "Ruth" not in page
        assert "Ana" not in page
        assert "Harbour" not in page
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))


def test_the_key_comes_with_reveal_and_not_before(ruth):
    asked = [page for page in pages(ruth) if ">Reveal</a>" in page]

    assert asked
    for page in asked:
        assert "The right answer" not in page
        assert "The key:" not in page
        assert "feedback__why" not in page
        forward = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
        assert "Key of question" in ruth.get(forward).text
        assert "Next, without the key" in page or page is asked[-1]


def test_a_first_guess_is_never_revealed(ruth):
    page = ruth.get(f"{L}/present?step=1").text

    assert "Your first guess" in page
    assert ">Reveal</a>" not in page


def test_the_case_is_b_until_the_address_says_a(ruth):
    texts = {case: "".join(pages(ruth, case)) for case in ("A", "B", "nonsense")}

    assert "about the kiosk" in texts["B"]
    assert "about the kiosk" in texts["nonsense"]
    assert "about the library" in texts["A"]
    assert "about the library" not in texts["B"]
    assert "case=A" in re.search(r'href="([^"]+)">Case A instead', texts["B"])[1]


@pytest.mark.parametrize("number", ["0", "-1", "999", "x", "9" * 40])
def test_a_step_that_is_not_there_leads_to_one_that_is(ruth, number):
    for page in ("present", "prompter"):
        assert ruth.get(f"{L}/{page}?step={number}").status_code == 200


def test_the_prompter_shows_prompts_the_key_and_all_steps(ruth):
    reveal = next(number for number, page in enumerate(pages(ruth), 1) if ">Reveal</a>" in page)
    page = ruth.get(f"{L}/prompter?step={reveal}").text

    for title in ("Prompts", "Sensitive points", "Timing", "Key of question 1"):
        assert title in page
    assert len(re.findall(r"/prompter\?case=B&amp;step=\d+\"[^>]*>\d+&ensp;", page)) == len(pages(ruth))
    assert 'target="projector"' in page


def test_paper_comes_with_and_without_the_keys(ruth):
    plain, keyed = ruth.get(f"{L}/print?case=B").text, ruth.get(f"{L}/print?case=B&keys=yes").text

    assert "The key:" not in plain
    assert "The right answer" not in plain
    assert "print-sheet__lines" in plain
    assert "The right answer" in keyed
    assert "Your answer" not in keyed
    for page in (plain, keyed):
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))


def test_a_full_answer_is_not_called_anybodys(ruth):
    page = ruth.get(L).text

    assert "The right answer" in page
    assert "Your answer:" not in page
    assert "Your choice" not in page


def test_the_lesson_and_its_assignment_lead_to_the_projector(ruth, world, app):
    teacher = world.teacher()
    classroom = world.classroom(teacher, "11B")
    assignment = world.assignment(classroom, kind="lesson", content_key="sample:who-says", title="Who says?")
    visitor = Visitor(app, world, teacher)

    assert f'href="{L}/present"' in visitor.get(L).text
    assert f'href="{L}/present"' in visitor.get(f"/classes/{classroom}/assignments/{assignment}").text
