"""The pages at the door: a phone without script comes in, and the teacher holds the door."""

from __future__ import annotations

import html
import re

import pytest

from quizapp.core.errors import Busy
from quizapp.core.messages import Message
from quizapp.services.door import close_door, open_door
from tests.builders.world import PIN
from tests.services.at_the_door import Phone, code_of, line_of
from tests.support.statements import count_statements
from tests.support.visitor import Visitor

NEW_PIN = "739164"


class Outsider:
    """A browser without script that nobody is signed in at."""

    def __init__(self, app):
        self.client = app.test_client()

    def get(self, path):
        return self.client.get(path)

    def post(self, path, fields=None):
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get("/sign-in").text)[1]
        return self.client.post(path, data={"csrf_token": token, **(fields or {})})


@pytest.fixture
def teacher(world):
    return world.teacher("Ms Adler")


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


@pytest.fixture
def ana(world, classroom):
    return world.student("Ana Silva", classroom=classroom, has_pin=False)


@pytest.fixture
def code(runtime, teacher, classroom):
    open_door(runtime, teacher.actor, classroom_id=classroom)
    return code_of(runtime, classroom)


@pytest.fixture
def phone(app):
    return Outsider(app)


@pytest.fixture
def desk(app, world, teacher):
    return Visitor(app, world, teacher)


def words(answer):
    """Return what the page says."""
    text = re.sub(r"<(script|style).*?</\1>", " ", answer.text, flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()))


def test_the_sign_in_page_leads_to_the_door_and_to_the_card(phone, teacher):
    page = phone.get("/sign-in").text

    assert 'href="/join"' in page
    assert 'href="/card"' in page


def test_a_student_comes_in_from_the_code_to_the_home_page(phone, ana, code):
    typed = f"{code[:3]} {code[3:].lower()}"
    to_names = phone.post("/join", {"code": typed})
    assert to_names.headers["Location"] == f"/join/{code}"
    assert "Ana Silva" in words(phone.get(f"/join/{code}"))

    to_pin = phone.post(f"/join/{code}/name", {"student_id": ana.id})
    assert "choose six digits" in words(phone.get(to_pin.headers["Location"]))
    inside = phone.post(f"/join/{code}/pin", {"secret": "٧٣٩١٦٤", "again": NEW_PIN})

    assert inside.status_code == 302
    assert "Ana Silva" in words(phone.get("/home"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"secret": "123456", "again": "123456"}, "Everybody tries this PIN first"),
        ({"secret": "73916", "again": "73916"}, "A PIN has six digits"),
        ({"secret": NEW_PIN, "again": "739165"}, "These are not the same digits"),
        ({}, "Choose six digits."),
    ],
)
def test_a_weak_or_mistyped_pin_is_refused_at_its_field(phone, ana, code, fields, sentence):
    phone.post(f"/join/{code}/name", {"student_id": ana.id})

    answer = phone.post(f"/join/{code}/pin", fields)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'aria-invalid="true"' in answer.text


def test_who_has_a_pin_types_it(world, phone, classroom, code):
    ben = world.student("Ben Ode", classroom=classroom)
    phone.post(f"/join/{code}/name", {"student_id": ben.id})

    wrong = phone.post(f"/join/{code}/pin", {"secret": "000001"})
    right = phone.post(f"/join/{code}/pin", {"secret": PIN})

    assert wrong.status_code == 422
    assert "This is not your PIN" in words(wrong)
    assert right.status_code == 302


def test_who_has_no_pin_asks_the_teacher_with_one_tap(world, phone, desk, classroom, code):
    ben = world.student("Ben Ode", classroom=classroom)
    phone.post(f"/join/{code}/name", {"student_id": ben.id})
    assert "I have no PIN: ask the teacher" in words(phone.get(f"/join/{code}/pin"))

    asked = phone.post(f"/join/{code}/no-pin")

    page = words(phone.get(asked.headers["Location"]))
    assert "Your teacher sees your name" in page
    assert "I have no PIN" not in page
    assert "Needs you: has no PIN that works" in words(desk.get(f"/classes/{classroom}/door"))


def test_names_that_were_added_without_pins_choose_at_the_door(phone, desk, runtime, classroom, code):
    added = desk.post(f"/classes/{classroom}/roster", {"names": "Ben Ode", "step": "door"})
    button = re.search(r'name="student_id" value="(\d+)"', phone.get(f"/join/{code}").text)

    phone.post(f"/join/{code}/name", {"student_id": button[1]})

    assert "They choose their PINs on their phones" in words(added)
    assert "login-card__pin" not in added.text
    assert "choose six digits" in words(phone.get(f"/join/{code}/pin"))


def test_the_second_who_claims_a_name_gets_a_clear_answer(app, phone, ana, code):
    phone.post(f"/join/{code}/name", {"student_id": ana.id})
    other = Outsider(app)
    assert "chosen already" in words(other.get(f"/join/{code}"))

    answer = other.post(f"/join/{code}/name", {"student_id": ana.id})

    assert answer.status_code == 422
    assert "Another phone has chosen this name a moment ago" in words(answer)


@pytest.mark.parametrize("typed", ["", "CCCCCC", "0O0O0O", "x" * 70])
def test_a_code_that_leads_nowhere_is_refused_at_its_field(phone, code, typed):
    answer = phone.post("/join", {"code": typed})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_a_picture_of_a_door_that_has_closed_says_what_to_do(runtime, teacher, classroom, phone, ana, code):
    phone.post(f"/join/{code}/name", {"student_id": ana.id})
    close_door(runtime, teacher.actor, classroom_id=classroom)

    for answer in (
        phone.get(f"/join/{code}"),
        phone.get(f"/join/{code}/pin"),
        phone.post(f"/join/{code}/pin"),
    ):
        assert answer.status_code == 404
        assert "ask your teacher to open the door" in words(answer)
        assert "Ana Silva" not in answer.text


def test_a_typed_name_waits_on_a_page_that_goes_on_by_itself(runtime, desk, teacher, classroom, phone, code):
    name = "محمد عبد الرحمن"
    refused = phone.post(f"/join/{code}/typed-name", {"name": " "})
    assert refused.status_code == 422
    phone.post(f"/join/{code}/typed-name", {"name": name})
    waiting = phone.get(f"/join/{code}/pin")
    assert waiting.headers["Refresh"]
    assert name in waiting.text

    claim = line_of(runtime, teacher, classroom, name).claim_id
    desk.post(f"/classes/{classroom}/door/claims/{claim}/let-in")

    assert "choose six digits" in words(phone.get(f"/join/{code}/pin"))


def test_who_lost_the_name_is_led_back_to_the_list(phone, ana, code):
    phone.post(f"/join/{code}/name", {"student_id": ana.id})

    phone.post(f"/join/{code}/let-go")

    assert phone.get(f"/join/{code}/pin").headers["Location"] == f"/join/{code}"
    assert phone.post(f"/join/{code}/pin").headers["Location"] == f"/join/{code}"


def test_names_stay_in_no_cache(phone, ana, code):
    assert phone.get(f"/join/{code}").headers["Cache-Control"] == "no-store"


def test_a_busy_server_gives_the_form_back_to_be_sent_again(monkeypatch, runtime, phone, ana, code):
    def busy(_pin):
        raise Busy(Message("Many people are signing in at this moment. This page tries again by itself."))

    phone.post(f"/join/{code}/name", {"student_id": ana.id})
    monkeypatch.setattr(runtime.passwords, "hash_pin", busy)

    answer = phone.post(f"/join/{code}/pin", {"secret": NEW_PIN, "again": NEW_PIN})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert "try-again.js" in answer.text
    monkeypatch.undo()
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
    assert phone.client.post(f"/join/{code}/pin", data=fields).status_code == 302


@pytest.fixture
def in_the_room(app):
    """Let phones reach the server at an address of its own."""
    app.config["PUBLIC_ADDRESS"] = "http://192.168.1.20:8000"


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:8000", "http://127.0.1.1", "http://[::1]:8000"])
def test_where_phones_would_find_themselves_the_pages_say_so_and_show_no_picture(
    app, desk, classroom, ana, address
):
    app.config["PUBLIC_ADDRESS"] = address
    door = f"/classes/{classroom}/door"
    desk.post(f"{door}/open")

    pages = [
        desk.get(door),
        desk.get(f"{door}/projector"),
        desk.post(f"/classes/{classroom}/cards", {"students": ana.id}),
        desk.post(f"/classes/{classroom}/roster", {"names": "Ben Ode", "step": "add"}),
    ]

    for page in pages:
        assert "Phones can't reach this address" in words(page)
        assert "quizapp serve --lan" in words(page)
        assert "data:image" not in page.text


def test_the_teacher_opens_shows_changes_and_closes_the_door(desk, runtime, classroom, ana, in_the_room):
    closed = words(desk.get(f"/classes/{classroom}/door"))
    assert "Open the door for 15 minutes" in closed
    desk.post(f"/classes/{classroom}/door/open")
    code = code_of(runtime, classroom)
    shown = f"{code[:3]} {code[3:]}"

    wall = desk.get(f"/classes/{classroom}/door/projector")
    assert shown in words(wall)
    assert 'src="data:image/svg+xml' in wall.text
    assert "0 of 1 are in" in words(wall)
    assert shown in words(desk.get(f"/classes/{classroom}/door"))

    desk.post(f"/classes/{classroom}/door/code")
    assert code_of(runtime, classroom) != code
    desk.post(f"/classes/{classroom}/door/close")
    assert "The door is closed." in words(desk.get(f"/classes/{classroom}/door/projector"))


def test_the_door_of_an_empty_class_says_that_nobody_is_on_its_list(
    desk, runtime, teacher, world, in_the_room
):
    empty = world.classroom(teacher)
    desk.post(f"/classes/{empty}/door/open")

    for page in ("door", "door/list", "door/projector"):
        shown = words(desk.get(f"/classes/{empty}/{page}"))

        assert "Nobody is on the class list yet" in shown
        assert "0 of 0" not in shown


def test_the_wall_shows_who_is_in_and_nothing_else_about_anybody(desk, phone, world, classroom, ana, code):
    world.student("Ben Absent", classroom=classroom)
    phone.post(f"/join/{code}/typed-name", {"name": "Rude Word"})
    other = Outsider(phone.client.application)
    other.post(f"/join/{code}/name", {"student_id": ana.id})
    other.post(f"/join/{code}/pin", {"secret": NEW_PIN, "again": NEW_PIN})

    wall = words(desk.get(f"/classes/{classroom}/door/projector"))

    assert "Ana Silva" in wall
    assert "Rude Word" not in wall
    assert "Ben Absent" not in wall


def test_the_live_list_answers_unchanged_with_two_statements(desk, runtime, classroom, ana, code, connection):
    first = desk.get(f"/classes/{classroom}/door/list")

    with count_statements(connection) as sent:
        again = desk.client.get(
            f"/classes/{classroom}/door/list", headers={"If-None-Match": first.headers["ETag"]}
        )
    assert again.status_code == 304
    assert len(sent) == 2

    Phone(runtime, "one", code).claim(ana)
    changed = desk.client.get(
        f"/classes/{classroom}/door/list", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert "Free the name" in words(changed)


def test_the_teacher_undoes_and_gives_a_new_start_in_one_tap(
    desk, runtime, teacher, classroom, phone, ana, code
):
    phone.post(f"/join/{code}/name", {"student_id": ana.id})
    phone.post(f"/join/{code}/pin", {"secret": NEW_PIN, "again": NEW_PIN})
    claim = line_of(runtime, teacher, classroom, "Ana Silva").claim_id

    assert desk.post(f"/classes/{classroom}/door/claims/{claim}/free").status_code == 302
    assert phone.get("/home").status_code == 302

    phone.post(f"/join/{code}/name", {"student_id": ana.id})
    claim = line_of(runtime, teacher, classroom, "Ana Silva").claim_id
    answer = desk.post(f"/classes/{classroom}/door/claims/{claim}/new-start")
    assert "can choose a new PIN" in words(desk.get(answer.headers["Location"]))


def test_the_sheet_with_pins_has_a_picture_of_the_address(desk, classroom, ana, in_the_room):
    sheet = desk.post(f"/classes/{classroom}/roster", {"names": "Ben Ode", "step": "add"})
    new_pin = desk.post(f"/students/{ana.id}/pin")

    for page in (sheet, new_pin):
        assert page.text.count('src="data:image/svg+xml') == 1
        assert "192.168.1.20:8000/sign-in" in words(page)
        assert re.search(r'login-card__pin">\d{6}<', page.text)


def test_cards_are_printed_once_and_sign_in_by_picture_or_by_typing(desk, app, classroom, ana, in_the_room):
    assert "Tick at least one student" in words(desk.post(f"/classes/{classroom}/cards"))
    sheet = desk.post(f"/classes/{classroom}/cards", {"students": ana.id})
    code = re.search(r"login-card__code[^>]*>([^<]+)<", sheet.text)[1]
    plain = code.replace(" ", "")
    assert 'src="data:image/svg+xml' in sheet.text
    assert code not in desk.get(f"/classes/{classroom}/cards").text

    by_picture, by_typing, stranger = Outsider(app), Outsider(app), Outsider(app)
    assert "Ana Silva" in words(by_picture.get(f"/card/{plain}"))
    assert by_picture.post("/card", {"code": plain}).status_code == 302
    assert by_typing.post("/card", {"code": code.lower()}).status_code == 302
    assert "Ana Silva" in words(by_typing.get("/home"))

    assert desk.post(f"/classes/{classroom}/cards/{ana.id}/revoke").status_code == 302
    assert stranger.get(f"/card/{plain}").status_code == 404
    refused = stranger.post("/card", {"code": code})
    assert refused.status_code == 422
    assert "ask your teacher for a new card" in words(refused)


def test_who_is_signed_in_is_told_to_sign_out_first(app, world, ana, code):
    inside = Visitor(app, world, ana)

    assert inside.get(f"/join/{code}").headers["Location"] == "/"
    assert "You are signed in as Ana Silva" in words(inside.get("/home"))
