"""What pages of other releases send, and what an open page asks every few seconds."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from quizapp.core.permissions import OPERATOR
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.assignments import Dates, change_assignment
from quizapp.services.sweeping import sweep_overdue
from quizapp.storage.tables import Attempt, Response, ResponseHistory
from tests.builders.sitting import sit_down
from tests.support.statements import count_statements
from tests.support.visitor import Visitor

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.fixture
def sitting(world):
    return sit_down(world, preset="practice", limit_seconds=1200)


@pytest.fixture
def student(app, sitting):
    return Visitor(app, sitting.world, sitting.student)


@pytest.fixture
def address(sitting):
    return f"/attempts/{sitting.attempt_id}"


# --- pages of other releases -----------------------------------------------------------------------------------


def test_a_page_of_the_first_release_still_saves(student, sitting, address):
    sitting.lease()
    body = json.loads((FIXTURES / "save_v1.json").read_text(encoding="utf-8"))

    answer = student.send(f"{address}/responses", body)

    assert answer.status_code == 200
    assert [one["outcome"] for one in answer.json["responses"]] == ["stored", "stored"]
    assert [(row.slot, row.is_flagged) for row in sitting.rows(Response)] == [(1, True), (2, False)]


@pytest.mark.parametrize("path", ["responses", "submission"])
def test_a_page_of_a_newer_release_is_told_to_load_again_and_its_answers_are_kept(
    student, sitting, address, path
):
    body = {
        "v": 2,
        "lease": 7,
        "responses": [{"slot": 3, "seq": 4, "answer": {"new": "shape"}}, "of no shape at all"],
        "more": True,
    }

    answer = student.send(f"{address}/{path}", body)

    assert answer.status_code == 422
    assert answer.json["must_reload"] is True
    assert "Load the page again" in answer.json["message"]
    kept = sitting.rows(ResponseHistory)
    assert [(row.slot, row.lease, row.seq, row.outcome, row.source) for row in kept] == [
        (3, 7, 4, "malformed", "newer page"),
        (0, 7, 0, "malformed", "newer page"),
    ]
    assert kept[0].value == body["responses"][0]
    assert sitting.rows(Response) == []


def test_a_page_of_a_newer_release_keeps_nothing_in_the_try_of_another(app, sitting, address):
    classmate = Visitor(app, sitting.world, sitting.world.student(classroom=sitting.classroom))

    answer = classmate.send(f"{address}/responses", {"v": 2, "responses": [{"slot": 1}]})

    assert answer.status_code == 404
    assert sitting.rows(ResponseHistory) == []


# --- the state -------------------------------------------------------------------------------------------------


def state_of(student, address, etag=""):
    return student.client.get(
        f"{address}/state", headers={"Accept": "application/json", "If-None-Match": etag}
    )


def test_the_state_tells_of_the_end_and_of_nothing_new_with_304(student, address, clock):
    first = state_of(student, address)
    clock.now += timedelta(seconds=30)
    second = state_of(student, address, first.headers["ETag"])

    assert first.json == {
        "state": "open", "closed_by": None, "generation": 1, "hides_clock": False, "seconds_left": 1200,
        "server_time": "2026-11-23T12:00:00+00:00", "deadline": "2026-11-23T12:20:00+00:00", "ends": "12:20",
        "receipt_url": None,
    }  # fmt: skip
    assert (second.status_code, second.data) == (304, b"")
    assert second.headers["Server-Time"] == "2026-11-23T12:00:30+00:00"


def test_the_state_follows_dates_and_accommodations(student, sitting, address, clock):
    etag = state_of(student, address).headers["ETag"]
    closes = clock.now + timedelta(minutes=5)
    change_assignment(
        sitting.runtime,
        sitting.teacher.actor,
        classroom_id=sitting.classroom,
        assignment_id=sitting.assignment_id,
        dates=Dates(closes_at=closes),
        limit_minutes=20,
        attempts_allowed=2,
    )
    earlier = state_of(student, address, etag)
    set_accommodation(
        sitting.runtime,
        sitting.teacher.actor,
        student_id=sitting.student.id,
        allowance=Allowance(is_untimed=True, hides_clock=True),
    )
    untimed = state_of(student, address, earlier.headers["ETag"])

    assert (earlier.status_code, earlier.json["seconds_left"]) == (200, 300)
    assert untimed.json["hides_clock"] is True
    assert datetime.fromisoformat(untimed.json["deadline"]) == closes + timedelta(minutes=20)


def test_the_state_of_an_overdue_try_reads_closed_before_and_after_it_is_stored(
    student, sitting, address, clock
):
    clock.now += timedelta(seconds=1200 + 61)
    shown = state_of(student, address)
    sweep_overdue(sitting.runtime, OPERATOR)
    stored = state_of(student, address, shown.headers["ETag"])

    assert (shown.json["state"], shown.json["closed_by"]) == ("closed", "time")
    assert shown.json["receipt_url"] == f"{address}/receipt"
    assert stored.status_code in (200, 304)


def test_the_state_of_a_voided_try_says_who_closed_it(student, sitting, address):
    with sitting.runtime.database.writing() as session:
        session.get_one(Attempt, sitting.attempt_id).state = "voided"

    told = state_of(student, address).json

    assert (told["state"], told["closed_by"]) == ("closed", "void")


def test_the_state_takes_two_statements_beside_the_session_and_stores_nothing(student, sitting, address):
    state_of(student, address)
    with count_statements(sitting.runtime.database._connection) as sent:
        state_of(student, address)

    assert len(sent) == 3
    assert all(one.startswith("SELECT") for one in sent)


def test_the_state_is_for_its_student_alone(app, sitting, address):
    classmate = Visitor(app, sitting.world, sitting.world.student(classroom=sitting.classroom))
    nobody = app.test_client()

    assert state_of(classmate, address).status_code == 404
    answer = nobody.get(f"{address}/state", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (401, {"state": "signed_out"})
