from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from quizapp.storage.tables import Base
from tests.support.visitor import Visitor

L = "/lessons/who-says"
EXIT = {"l1": "claimed", "l2": "unsourced", "l3": "backed", "l4": "view"}


@pytest.fixture
def classroom(world):
    world.content()
    return world.classroom(world.teacher("Ms Reed"))


@pytest.fixture
def ana(app, world, classroom):
    return Visitor(app, world, world.student("Ana", classroom=classroom))


@pytest.fixture
def reader(ana):
    """Ana, who has begun the lesson in case A."""
    ana.post(f"{L}/start", {"case": "A", "screen": "1"})
    return ana


def counts(runtime):
    with runtime.database.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def test_home_says_where_to_start(ana):
    page = ana.get("/home").text

    assert "Start here: Who says?" in page
    assert "25 minutes" in page


def test_home_shows_dates_in_words(ana, world, classroom):
    world.assignment(
        classroom, kind="lesson", content_key="sample:who-says", title="Who says?", due_at=world.now
    )
    world.assignment(classroom)

    page = ana.get("/home").text

    assert "due Mon 23 Nov, 12:00" in page
    assert "no date" in page
    assert "/assignments/" in page


def test_both_cases_are_offered_in_one_way(ana):
    page = ana.get(L).text

    sentences = re.findall(r"<strong>[AB]</strong>&ensp;(.*?)</span>", page)
    assert len(sentences) == 2
    assert abs(len(sentences[0]) - len(sentences[1])) <= 20
    assert " checked" not in page
    assert "Not yet read by an editor" in page


def test_starting_needs_a_case_and_says_so_at_the_field(ana):
    answer = ana.post(f"{L}/start", {"screen": "1"})

    assert answer.status_code == 422
    assert 'href="#case">Choose your case first.' in answer.text


def test_a_link_to_a_later_screen_asks_for_the_case_and_then_leads_there(ana):
    answer = ana.get(f"{L}/4")
    assert answer.location == f"{L}?screen=4"
    assert "Go to screen 4" in ana.get(answer.location).text

    assert ana.post(f"{L}/start", {"case": "B", "screen": "4"}).location == f"{L}/4"


def test_screens_say_where_one_is(reader):
    assert "Screen 1 of 8, about 25 min left" in reader.get(f"{L}/1").text
    assert "Screen 4 of 8, about 16 min left" in reader.get(f"{L}/4").text


def test_each_screen_opens_and_all_of_them_print(reader):
    for number in range(1, 9):
        assert reader.get(f"{L}/{number}").status_code == 200

    page = reader.get(f"{L}/print").text
    ids = re.findall(r' id="([^"]+)"', page)
    assert "screen 8 of 8" in page
    assert len(ids) == len(set(ids))


def test_the_case_decides_the_text_and_stands_in_no_title_or_address(reader):
    a = reader.get(f"{L}/4").text
    reader.post(f"{L}/case", {"case": "B"})
    b = reader.get(f"{L}/4").text

    assert "about the library" in a
    assert "about the library" not in b
    assert "about the kiosk" in b
    assert re.findall(r"<title>.*</title>", a) == re.findall(r"<title>.*</title>", b)
    assert "Changed." in reader.get(L).text or "Changed." in b


def test_a_guess_goes_back_to_its_question_and_shows_no_mark(reader):
    fields = {"question": "sample:lesson-guess", "lesson-guess": "c", "shown": "1"}
    answer = reader.post(f"{L}/1/answers", fields)
    page = reader.get(f"{L}/1").text

    assert (answer.status_code, answer.location) == (302, f"{L}/1#question-1")
    assert "Your guess is kept." in page
    assert "is-right" not in page
    assert "Right" not in page


def test_printing_shows_the_three_small_pages_and_offers_to_print_again(reader):
    fields = {"question": "sample:lesson-page-a", "lesson-page-a.l1": "backed", "lesson-page-a.l2": "backed"}
    reader.post(f"{L}/4/answers", fields)

    page = reader.get(f"{L}/4").text
    ids = re.findall(r' id="([^"]+)"', page)
    assert "Believe everything" in page
    assert "Change your answer and look again" in page
    assert 'name="lesson-page-a.l1" value="backed" checked' in page
    assert len(ids) == len(set(ids))


def test_a_page_that_is_drawn_anew_keeps_what_was_chosen_and_stores_nothing(reader, runtime):
    before = counts(runtime)
    fields = {"question": "sample:lesson-page-a", "lesson-page-a.l1": "backed", "draw": "1"}
    answer = reader.post(f"{L}/4/answers", fields)

    assert answer.status_code == 200
    assert 'name="lesson-page-a.l1" value="backed" checked' in answer.text
    assert "Believe everything" not in answer.text
    assert counts(runtime) == before


def test_a_malformed_answer_keeps_what_was_typed(reader):
    fields = {"question": "sample:lesson-exit", "lesson-exit.l1": "claimed", "lesson-exit.l2": "fake"}
    answer = reader.post(f"{L}/6/answers", fields)

    assert answer.status_code == 422
    assert 'name="lesson-exit.l1" value="claimed" checked' in answer.text
    assert 'href="#question-1"' in answer.text


def test_the_check_says_how_often_sure_was_right(reader):
    fields = {"question": "sample:lesson-exit"} | {f"lesson-exit.{k}": v for k, v in EXIT.items()}
    fields |= {f"sure-lesson-exit-{line}": "1" for line in EXIT} | {"lesson-exit.l1": "view"}
    reader.post(f"{L}/6/answers", fields)

    assert "You were sure 4 times; 3 of those were right." in reader.get(f"{L}/6").text


@pytest.mark.parametrize("shown", ["", "x", "99999999999999999999", "-1"])
def test_whatever_a_page_says_about_its_time_the_answer_is_taken(reader, shown):
    fields = {"question": "sample:lesson-guess", "lesson-guess": "a", "shown": shown}

    assert reader.post(f"{L}/1/answers", fields).status_code == 302


def test_next_screen_moves_on_and_the_last_leads_home(reader):
    assert reader.post(f"{L}/3/next").location == f"{L}/4"
    assert reader.post(f"{L}/7/next").location == f"{L}/8"
    assert reader.post(f"{L}/8/next").location == "/home"
    assert "Finished on Mon 23 Nov" in reader.get("/lessons").text


def test_stuck_is_confirmed(reader):
    answer = reader.post(f"{L}/4/stuck")

    assert "your teacher can see that you are stuck on screen 4" in reader.get(answer.location).text


def test_every_tag_of_a_lesson_leads_to_a_card(reader):
    page = reader.get("/page").text
    ids = set(re.findall(r' id="([^"]+)"', page))

    for number in range(1, 9):
        for target in re.findall(r'href="/page#([^"]+)"', reader.get(f"{L}/{number}").text):
            assert target in ids
    assert "A fuller copy says that children come with an adult." in page


def test_every_word_of_a_lesson_leads_to_the_wall(reader):
    wall = reader.get("/words").text

    targets = re.findall(r'href="/words#([^"]+)"', reader.get(f"{L}/2").text)
    assert targets
    assert all(f'id="{target}"' in wall for target in targets)


def test_getting_stores_nothing(reader, runtime):
    pages = ["/home", "/lessons", L, f"{L}/print", "/page", "/words", "/progress"]
    before = counts(runtime)

    for path in [*pages, *(f"{L}/{number}" for number in range(1, 9))]:
        assert reader.get(path).status_code == 200

    assert counts(runtime) == before


@pytest.mark.parametrize(
    "path", ["/lessons/none", "/lessons/none/1", f"{L}/9", f"{L}/0", "/lessons/none/print"]
)
def test_foreign_addresses_are_not_found(reader, path):
    assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/home", "/lessons", L, f"{L}/1", f"{L}/print", "/page", "/words", "/progress"]
)
def test_nobody_is_asked_to_sign_in(app, world, path):
    world.school()

    answer = app.test_client().get(path)

    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


def test_staff_read_the_page_and_the_words_and_nothing_else_here(app, world, classroom):
    for person in (world.teacher(), world.admin()):
        visitor = Visitor(app, world, person)

        assert visitor.get("/page").status_code == 200
        assert visitor.get("/words").status_code == 200
        assert "Only you see it" not in visitor.get("/page").text
        for path in ("/home", "/lessons", L, f"{L}/1", f"{L}/print", "/progress"):
            assert visitor.get(path).status_code == 404


def test_what_one_can_show_names_the_rule_it_uses(reader):
    fields = {"question": "sample:lesson-find", "lesson-find": ["a", "b"]}
    reader.post(f"{L}/8/answers", fields)

    page = reader.get("/progress").text
    assert "Find who says it" in page
    assert "1 of 1 right" in page
    assert "Your one answer so far was right." in page
    assert "4 of the last 5 right, on 2 different days" in page
