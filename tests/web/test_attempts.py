"""Taking a quiz over HTTP, with script and without; and everything that may go wrong on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.services.saving import Arrived
from quizapp.storage.tables import Accommodation, Response, ResponseHistory
from tests.builders.sitting import sit_down
from tests.support.statements import count_statements
from tests.support.visitor import Visitor


@pytest.fixture
def sitting(world):
    return sit_down(world, preset="practice")


@pytest.fixture
def student(app, sitting):
    return Visitor(app, sitting.world, sitting.student)


@pytest.fixture
def address(sitting):
    return f"/attempts/{sitting.attempt_id}"


def save(*responses, lease=1):
    return {"v": 1, "lease": lease, "responses": list(responses)}


def posted(sitting):
    """Return the form of the page with the right answer to the first question in it."""
    return {"q1": sitting.right_answers()[1], "revision": ""}


# --- before it -------------------------------------------------------------------------------------------------


def test_the_page_before_a_quiz_says_it_in_one_line_and_has_one_button(app, world, clock):
    sitting = sit_down(world)
    assignment = world.assignment(
        sitting.classroom, closes_at=clock.now + timedelta(days=4, hours=6), limit_seconds=1200
    )
    student = Visitor(app, world, sitting.student)

    page = student.get(f"/assignments/{assignment}").text

    assert (
        "6 questions · about 12 min · time limit 20 min · 2 tries, best counts · closes Fri 27 Nov, 18:00"
        in page
    )
    assert page.count("is-primary") == 1
    assert "All the rules" in page
    assert "Europe/London" in page


def test_an_open_try_is_continued_not_begun(student, sitting, address):
    page = student.get(f"/assignments/{sitting.assignment_id}").text

    assert "Continue" in page
    assert f'href="{address}"' in page
    assert ">Start<" not in page


def test_start_asks_for_the_case_at_its_field_and_then_leads_to_the_try(app, world):
    sitting = sit_down(world)
    other = world.assignment(sitting.classroom)
    student = Visitor(app, world, sitting.student)

    refused = student.post(f"/assignments/{other}/attempts")
    begun = student.post(f"/assignments/{other}/attempts", {"case": "B"})
    again = student.post(f"/assignments/{other}/attempts", {"case": "nonsense"})

    assert refused.status_code == 422
    assert "Choose your case first." in refused.text
    assert begun.status_code == 302
    assert again.location == begun.location


def test_a_closed_quiz_says_when_it_closed_and_what_to_do(app, world, clock):
    sitting = sit_down(world)
    over = world.assignment(sitting.classroom, closes_at=clock.now - timedelta(hours=1))
    student = Visitor(app, world, sitting.student)

    page, answer = (
        student.get(f"/assignments/{over}"),
        student.post(f"/assignments/{over}/attempts", {"case": "B"}),
    )

    for text in (page.text, answer.text):
        assert "This quiz closed on Mon 23 Nov, 11:00. Ask your teacher for more time." in text
    assert answer.status_code == 422


def test_who_has_handed_in_is_told_of_the_end_and_not_to_ask_for_more_time(app, world, clock):
    sitting = sit_down(world, closes_at=clock.now + timedelta(hours=1))
    sitting.submit()
    clock.now += timedelta(hours=2)

    page = Visitor(app, world, sitting.student).get(f"/assignments/{sitting.assignment_id}").text

    assert "This quiz closed on Mon 23 Nov, 13:00." in page
    assert "Ask your teacher for more time" not in page


def test_a_wrong_password_is_told_at_its_field(app, world):
    sitting = sit_down(world)
    locked = world.assignment(
        sitting.classroom, password_hash=world.runtime.passwords.hash_password("sesame")
    )
    student = Visitor(app, world, sitting.student)

    answer = student.post(f"/assignments/{locked}/attempts", {"case": "B", "password": "wrong"})

    assert answer.status_code == 422
    assert "This is not the password for this quiz." in answer.text
    assert "wrong" not in answer.text.replace("is-wrong", "")


# --- without script --------------------------------------------------------------------------------------------


def test_the_whole_quiz_works_without_script(student, sitting, address):
    saved = student.post(f"{address}/form", {**posted(sitting), "flag": "q2", "go": "stay"})
    assert saved.status_code == 302
    page = student.get(address).text
    assert "Saved 12:00:00" in page
    assert 'value="q2" data-flag checked' in page

    summary = student.post(f"{address}/form", {**posted(sitting), "flag": "q2", "go": "summary"})
    assert summary.location.endswith("/summary")
    page = student.get(f"{address}/summary").text
    assert "1 of 6 questions answered" in page
    assert "flagged" in page

    receipt = student.post(f"{address}/submission")
    assert receipt.location.endswith("/receipt")
    assert "1 of 6" in student.get(f"{address}/receipt").text
    assert "1 of 9 points" in student.get(f"{address}/result").text


def test_a_form_that_was_left_open_shows_both_texts_and_a_choice(student, sitting, address):
    written = sitting.written_slot
    sitting.save(sitting.lease(), Arrived(written, 1, "typed on the phone"))

    answer = student.post(f"{address}/form", {f"q{written}": "typed here", "revision": "", "go": "stay"})

    assert answer.status_code == 409
    for text in ("typed here", "typed on the phone", f'name="keep-{written}" value="mine"', "Keep which?"):
        assert text in answer.text


def test_what_can_be_no_answer_stays_as_it_was_typed(student, sitting, address):
    order = sitting.slot_of("order")

    answer = student.post(f"{address}/form", {f"q{order}.a": "1", f"q{order}.b": "1", "revision": ""})

    assert answer.status_code == 422
    assert "More than one has place 1." in answer.text
    assert answer.text.count("selected") == 2


def test_clear_takes_the_answer_away(student, sitting, address):
    student.post(f"{address}/form", {**posted(sitting), "go": "stay"})

    answer = student.post(f"{address}/form", {**posted(sitting), "revision": "1:1.0", "clear": "q1"})

    assert answer.location.endswith("#question-1")
    assert [row.value for row in sitting.rows(Response)] == [None]


def test_when_time_is_over_every_page_leads_to_the_receipt(app, world, clock):
    sitting = sit_down(world, limit_seconds=600)
    student, address = Visitor(app, world, sitting.student), f"/attempts/{sitting.attempt_id}"
    clock.move(minutes=12)

    late = student.post(f"{address}/form", {"q1": "x", "revision": ""})

    for answer in (late, student.get(address), student.get(f"{address}/summary")):
        assert answer.location.endswith("/receipt")
    assert "The time was over" in student.get(f"{address}/receipt").text


def test_an_overdue_try_shows_its_receipt_after_one_press(app, world, clock):
    sitting = sit_down(world, limit_seconds=600)
    student, address = Visitor(app, world, sitting.student), f"/attempts/{sitting.attempt_id}"
    clock.move(minutes=12)

    assert "Show my receipt" in student.get(f"{address}/receipt").text
    student.post(f"{address}/submission")

    assert "Number" in student.get(f"{address}/receipt").text


# --- with script -----------------------------------------------------------------------------------------------


def test_a_page_takes_a_lease_and_saves_under_it(student, sitting, address):
    lease = student.send(f"{address}/leases").json
    answer = student.send(
        f"{address}/responses", save({"slot": 1, "seq": 1, "fields": {"q1": [sitting.wrong_answer(1)]}})
    )

    assert (lease["lease"], lease["state"], lease["revision"]) == (1, "open", "")
    assert answer.status_code == 200
    assert answer.json["responses"] == [
        {
            "slot": 1, "seq": 1, "outcome": "stored", "is_kept": True, "said": "Saved 12:00:00",
            "problems": [], "yours": [], "stored": [],
        }
    ]  # fmt: skip
    assert sitting.rows(Response)[0].value == sitting.wrong_answer(1)


def test_a_window_that_is_behind_gets_409_with_both_texts(student, sitting, address):
    written = sitting.written_slot
    sitting.lease()
    sitting.save(sitting.lease(), Arrived(written, 1, "newer"))

    answer = student.send(f"{address}/responses", save({"slot": written, "seq": 9, "value": "older"}))

    assert answer.status_code == 409
    (told,) = answer.json["responses"]
    assert (told["yours"], told["stored"]) == (["older"], ["newer"])
    assert told["said"] == "You answered this in another window at 12:00:00. Keep which?"


def test_no_answer_to_this_question_is_422_and_kept_in_the_history(student, sitting, address):
    sitting.lease()

    answer = student.send(
        f"{address}/responses",
        save({"slot": 1, "seq": 1, "value": "nonsense"}, {"slot": 77, "seq": 2, "value": "x"}),
    )

    assert answer.status_code == 422
    assert [one["outcome"] for one in answer.json["responses"]] == ["malformed", "unknown"]
    assert [row.outcome for row in sitting.rows(ResponseHistory)] == ["malformed", "unknown"]


def test_submit_carries_the_answers_and_a_replay_gets_the_same_receipt(student, sitting, address):
    sitting.lease()
    body = save({"slot": 1, "seq": 1, "value": sitting.wrong_answer(1)})

    first, second = (student.send(f"{address}/submission", body) for _ in range(2))

    assert first.status_code == second.status_code == 200
    assert first.json["receipt"] == second.json["receipt"]
    assert first.json["receipt_url"] == f"{address}/receipt"
    assert first.json["receipt"] in student.get(f"{address}/receipt").text


def test_a_save_after_handing_in_is_409_and_names_the_receipt(student, sitting, address):
    sitting.lease()
    sitting.submit()

    answer = student.send(f"{address}/responses", save({"slot": 1, "seq": 1, "value": None}))

    assert answer.status_code == 409
    assert (answer.json["state"], answer.json["receipt_url"]) == ("closed", f"{address}/receipt")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"", 400),
        (b"[" * 100_000, 400),
        (b'"text"', 422),
        (b'{"v": 2, "lease": 1, "responses": []}', 422),
        (b'{"v": 1, "lease": 1, "responses": [], "extra": 1}', 422),
        (b'{"v": 1, "lease": -1, "responses": []}', 422),
        (b'{"v": 1, "lease": 1, "responses": [{"slot": 99999999999, "seq": 1}]}', 422),
        (b'{"v": 1, "lease": 1, "responses": [{"slot": 1, "seq": "1"}]}', 422),
        (b" " * (2 * 1024 * 1024 + 1), 413),
    ],
)
def test_a_body_that_is_no_save_is_refused_in_a_sentence(student, address, body, status):
    answer = student.client.post(
        f"{address}/responses",
        data=body,
        content_type="application/json",
        headers={"X-CSRFToken": student.token},
    )

    assert answer.status_code == status
    assert answer.json["message"].endswith(".")


def test_a_post_without_the_pages_token_stores_nothing(student, sitting, address):
    for token in ("", "wrong"):
        answer = student.client.post(
            f"{address}/responses",
            json=save({"slot": 1, "seq": 1, "value": None}),
            headers={"X-CSRFToken": token},
        )
        assert answer.status_code == 400
        assert answer.json["state"] == "refused"

    assert sitting.rows(ResponseHistory) == []


def test_signed_out_in_the_middle_the_script_is_told_so(student, sitting, address, app):
    token = student.token
    student.post("/sign-out")
    visitor = app.test_client()

    answers = [
        client.post(f"{address}/responses", json=save(), headers={"X-CSRFToken": token})
        for client in (student.client, visitor)
    ]

    assert {answer.status_code for answer in answers} <= {400, 401}


@pytest.mark.parametrize("page", ["", "/summary", "/receipt", "/result"])
def test_another_students_try_is_not_there(app, sitting, address, page):
    classmate = Visitor(app, sitting.world, sitting.world.student(classroom=sitting.classroom))

    for visitor in (classmate, Visitor(app, sitting.world, sitting.teacher)):
        assert visitor.get(f"{address}{page}").status_code == 404
        assert visitor.get(f"/attempts/999999{page}").status_code == 404


@pytest.mark.parametrize("deed", ["leases", "responses", "submission", "form", "self-marks"])
def test_nobody_else_can_answer(app, sitting, address, deed):
    classmate = Visitor(app, sitting.world, sitting.world.student(classroom=sitting.classroom))

    if deed in ("leases", "responses", "submission"):
        assert classmate.send(f"{address}/{deed}", save()).status_code == 404
    else:
        assert classmate.post(f"{address}/{deed}", {"slot": "1", "level": "1"}).status_code == 404
    assert sitting.rows(ResponseHistory) == []


# --- the pages -------------------------------------------------------------------------------------------------


def test_a_page_of_a_try_takes_the_same_few_statements_whatever_was_answered(student, sitting, address):
    student.get(address)
    connection = sitting.runtime.database._connection
    with count_statements(connection) as empty:
        student.get(address)
    sitting.save_all(sitting.right_answers())
    with count_statements(connection) as full:
        student.get(address)

    assert len(empty) == len(full) <= 6


def test_a_hidden_clock_is_hidden_and_extra_time_is_said_behind_a_line(app, world, clock):
    sitting = sit_down(world)
    world.add(
        Accommodation(
            school_id=world.school_id, student_id=sitting.student.id, factor_percent=200, is_untimed=False,
            extra_attempts=0, hides_clock=True, note="", valid_from=clock.now, set_at=clock.now, valid_to=None,
            ended_at=None,
        )
    )  # fmt: skip
    timed = world.assignment(sitting.classroom, limit_seconds=600)
    student = Visitor(app, world, sitting.student)

    begun = student.post(f"/assignments/{timed}/attempts", {"case": "B"})
    page = student.get(begun.location).text

    assert 'data-seconds-left="1200"' in page
    assert "data-hidden" in page
    assert "This includes your extra time." in page


def test_the_own_mark_is_kept_and_shown_again(student, sitting, address):
    sitting.save_all(sitting.right_answers())
    sitting.submit()

    kept = student.post(f"{address}/self-marks", {"slot": str(sitting.written_slot), "level": "0"})
    missing = student.post(f"{address}/self-marks", {"slot": str(sitting.written_slot)})

    assert kept.status_code == 302
    assert missing.status_code == 422
    assert 'name="level" value="0" checked' in student.get(f"{address}/result").text
