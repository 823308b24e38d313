"""The teacher's page of one try, the live view, and what the student sees of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.deadlines import Factor
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.storage.tables import Attempt, StaffView
from tests.builders.sitting import sit_down
from tests.builders.written import begin
from tests.support.statements import count_statements
from tests.support.visitor import Visitor

MINUTE = timedelta(minutes=1)
WHY = "The fire alarm rang"


@pytest.fixture
def sitting(world):
    return sit_down(world, preset="practice", limit_seconds=1200)


@pytest.fixture
def teacher(app, sitting):
    return Visitor(app, sitting.world, sitting.teacher)


@pytest.fixture
def student(app, sitting):
    return Visitor(app, sitting.world, sitting.student)


@pytest.fixture
def work(sitting):
    return f"/classes/{sitting.classroom}/assignments/{sitting.assignment_id}"


@pytest.fixture
def address(sitting, work):
    return f"{work}/tries/{sitting.attempt_id}"


def attempt_of(sitting):
    return next(row for row in sitting.rows(Attempt) if row.id == sitting.attempt_id)


def deed(name, *, seen=0, minutes=None):
    fields = {f"{name}-reason": WHY, f"{name}-seen": str(seen)}
    return fields | ({f"{name}-minutes": str(minutes)} if minutes else {})


# --- one try -----------------------------------------------------------------------------------------------------


def test_the_assignment_leads_to_each_try_and_to_the_live_view(teacher, work, address):
    page = teacher.get(work).text

    assert f'href="{address}"' in page
    assert f'href="{work}/live"' in page


def test_the_page_of_a_try_says_when_it_ends_and_what_minutes_would_do(teacher, address):
    page = teacher.get(address).text

    assert "In progress" in page
    assert "20 minutes from the start<" in page
    assert "5 minutes: until 12:25" in page
    assert "1 day: until Tue 24 Nov, 12:20" in page
    assert "Open again" not in page


def test_the_page_of_a_try_says_what_its_end_follows_from(teacher, address, world, sitting):
    closes = {"closes_at": "2026-11-23T18:00", "limit_minutes": "20", "attempts_allowed": "2"}
    teacher.post(f"{address.partition('/tries')[0]}/dates", closes)
    allowance = Allowance(factor=Factor.HALF_MORE)
    set_accommodation(
        world.runtime, sitting.teacher.actor, student_id=sitting.student.id, allowance=allowance
    )
    teacher.post(f"{address}/extend", deed("extend", minutes=5))

    said = "30 minutes from the start or Closes, whichever is first, with this student&#39;s own extra time"
    assert f"{said}, plus 5 minutes that a teacher gave" in teacher.get(address).text


def test_more_time_is_given_taken_back_and_told_with_its_reason(teacher, address, sitting):
    answer = teacher.post(f"{address}/extend", deed("extend", minutes=5))

    assert answer.status_code == 302
    page = teacher.get(address).text
    assert "This try now ends: 12:25." in page
    assert "plus 5 minutes that a teacher gave" in page
    assert WHY in page
    teacher.post(f"{address}/take-back", deed("take-back", seen=1))
    assert attempt_of(sitting).deadline_at == attempt_of(sitting).started_at + 20 * MINUTE


def test_a_second_press_is_told_and_changes_nothing(teacher, address, sitting):
    for _ in range(2):
        teacher.post(f"{address}/extend", deed("extend", minutes=5))

    assert "Nothing was changed now." in teacher.get(address).text
    assert attempt_of(sitting).extra_seconds == 300


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"extend-minutes": "5"}, "Say why, for the record."),
        ({"extend-reason": WHY}, "Choose how many minutes."),
        ({"extend-reason": WHY, "extend-minutes": "99999999"}, "From 1 minute to 14 days."),
        ({"extend-reason": WHY, "extend-minutes": "many"}, "Reason"),
    ],
)
def test_what_is_refused_stands_at_its_field_with_what_was_typed(teacher, address, sitting, fields, said):
    answer = teacher.post(f"{address}/extend", fields)

    assert answer.status_code == 422
    assert said in answer.text
    assert fields.get("extend-reason", "") in answer.text
    assert attempt_of(sitting).extra_seconds == 0


def test_a_try_is_opened_again_and_ended(teacher, address, sitting):
    sitting.submit()
    page = teacher.get(address).text
    assert "It is no new try." in page
    assert "Give more time" not in page

    teacher.post(f"{address}/reopen", deed("reopen", minutes=10))
    assert "opened again 1 time" in teacher.get(address).text
    teacher.post(f"{address}/end", deed("end", seen=1))

    page = teacher.get(address).text
    assert "by a teacher" in page
    assert page.count("<dt>Receipt</dt>") == 2


def test_only_minutes_that_make_a_difference_are_offered_where_the_rules_leave_time(
    teacher, address, sitting, clock
):
    sitting.submit()

    page = teacher.get(address).text

    assert "Opened again, this try goes on until 12:20 as it is." in page
    assert "No extra time: until 12:20" in page
    assert "30 minutes: until 12:30" in page
    assert all(f"<span>{minutes} minutes: until" not in page for minutes in (5, 10, 15))

    clock.move(minutes=17)
    page = teacher.get(address).text

    assert "Opened again, this try goes on until" not in page
    assert "5 minutes: until 12:22" in page


def test_a_try_without_an_end_is_opened_again_without_extra_time(app, world):
    sitting = sit_down(world, preset="practice")
    sitting.submit()
    visitor = Visitor(app, world, sitting.teacher)
    address = f"/classes/{sitting.classroom}/assignments/{sitting.assignment_id}/tries/{sitting.attempt_id}"

    page = visitor.get(address).text
    visitor.post(f"{address}/reopen", deed("reopen", minutes=5))

    assert "This try has no end, so it needs no extra time." in page
    assert page.count('name="reopen-minutes"') == 1
    assert "checked" in page
    assert "<dd>no end" in visitor.get(address).text


def test_before_a_try_is_opened_again_it_says_whether_the_right_answers_were_shown(
    app, teacher, address, sitting, world
):
    told = "can see the right answers of this try"
    assert told not in teacher.get(address).text
    sitting.submit()
    assert told in teacher.get(address).text

    homework = sit_down(world)
    homework.submit()
    page = Visitor(app, world, homework.teacher).get(
        f"/classes/{homework.classroom}/assignments/{homework.assignment_id}/tries/{homework.attempt_id}"
    )
    assert page.status_code == 200
    assert told not in page.text


def test_setting_aside_asks_once_more_and_is_final(teacher, address, sitting):
    asked = teacher.get(f"{address}/void").text
    assert "This can&#39;t be undone." in asked
    assert attempt_of(sitting).state == "in_progress"

    refused = teacher.post(f"{address}/void", {"seen": "0"})
    assert refused.status_code == 422
    teacher.post(f"{address}/void", {"reason": WHY, "seen": "0"})

    page = teacher.get(address).text
    assert "Set aside: it counts nowhere" in page
    assert "What you can do" not in page
    assert "set aside before" in teacher.get(f"{address}/void").text


def test_it_is_noted_who_looked(teacher, address, sitting, connection):
    teacher.get(address)

    assert connection.execute(select(StaffView.student_id, StaffView.page)).all() == [
        (sitting.student.id, "try")
    ]


def test_the_page_takes_as_many_statements_for_a_long_history_as_for_none(
    teacher, address, connection, sitting
):
    teacher.get(address)
    with count_statements(connection) as short:
        teacher.get(address)
    for seen in range(5):
        teacher.post(f"{address}/extend", deed("extend", minutes=5, seen=seen))
    teacher.get(address)

    with count_statements(connection) as long:
        teacher.get(address)

    assert attempt_of(sitting).extra_seconds == 1500
    assert len(long) == len(short)


# --- what the student sees ---------------------------------------------------------------------------------------


def test_the_student_sees_that_there_is_more_time(teacher, student, address, sitting):
    teacher.post(f"{address}/extend", deed("extend", minutes=5))

    assert "Your teacher gave you more time." in student.get(f"/assignments/{sitting.assignment_id}").text
    assert "This try ends on Mon 23 Nov, 12:25." in student.get(f"/attempts/{sitting.attempt_id}").text
    assert "Your teacher gave you more time; it ends Mon 23 Nov, 12:25" in student.get("/home").text


def test_the_student_goes_on_with_a_try_that_was_opened_again_after_closes(
    teacher, student, address, sitting, clock, world
):
    sitting.submit()
    teacher.post(
        f"{address.partition('/tries')[0]}/dates", {"closes_at": "2026-11-23T12:30", "attempts_allowed": "2"}
    )
    clock.move(hours=2)
    teacher.post(f"{address}/reopen", deed("reopen", minutes=30))

    before = student.get(f"/assignments/{sitting.assignment_id}").text
    assert "Your teacher opened this try again." in before
    assert "Continue" in before
    home = student.get("/home").text
    assert "Your teacher opened it again; it ends Mon 23 Nov, 14:30" in home
    assert "without a try" not in home
    assert student.get(f"/attempts/{sitting.attempt_id}").status_code == 200


def test_an_older_try_that_was_opened_again_is_the_one_to_go_on_with(teacher, student, address, sitting):
    sitting.submit()
    sitting.again().submit()

    teacher.post(f"{address}/reopen", deed("reopen", minutes=30))

    assert f"/attempts/{sitting.attempt_id}" in student.get("/home").text


def test_the_receipt_says_that_the_teacher_ended_or_set_it_aside(teacher, student, address, sitting):
    teacher.post(f"{address}/end", deed("end"))
    receipt = f"/attempts/{sitting.attempt_id}/receipt"
    assert "Your teacher ended the quiz" in student.get(receipt).text

    teacher.post(f"{address}/void", {"reason": WHY, "seen": "1"})

    page = student.get(receipt).text
    assert "Your teacher has set this try aside. It does not count." in page
    assert student.get(f"/attempts/{sitting.attempt_id}").location.endswith("/receipt")


# --- the live view -----------------------------------------------------------------------------------------------


def test_the_live_view_tells_who_is_where(teacher, work, sitting, world):
    world.student("Not yet here", classroom=sitting.classroom)
    sitting.save_all({1: sitting.wrong_answer(1)})

    page = teacher.get(f"{work}/live").text

    assert "<strong>1 is in</strong>" in page
    assert "1 of 6" in page
    assert "0 s ago" in page
    assert "Not started" in page


def test_its_part_is_sent_again_only_when_something_changed(teacher, work, sitting, clock):
    first = teacher.get(f"{work}/live/part")
    version = first.headers["ETag"]

    same = teacher.client.get(f"{work}/live/part", headers={"If-None-Match": version})
    assert (same.status_code, same.text) == (304, "")
    sitting.save_all({1: sitting.wrong_answer(1)})
    other = teacher.client.get(f"{work}/live/part", headers={"If-None-Match": version})

    assert other.status_code == 200
    assert other.headers["ETag"] != version


def test_a_poll_takes_two_statements_beside_the_sessions_own(teacher, work, connection, sitting, world):
    for _ in range(3):
        begin(world, world.student(classroom=sitting.classroom), sitting.assignment_id)
    with count_statements(connection) as session_alone:
        teacher.get("/device-check")

    with count_statements(connection) as poll:
        teacher.get(f"{work}/live/part")

    assert len(poll) <= len(session_alone) + 2, poll


def test_everybody_gets_minutes_once(teacher, work, sitting):
    fields = {"minutes": "10", "reason": WHY, "seen": "0"}
    teacher.post(f"{work}/live/minutes", fields)
    assert "Everybody who is in has 10 minutes more." in teacher.get(f"{work}/live").text
    teacher.post(f"{work}/live/minutes", fields)

    assert "Nothing was changed now." in teacher.get(f"{work}/live").text
    assert attempt_of(sitting).extra_seconds == 600
    assert teacher.post(f"{work}/live/minutes", {"minutes": "5"}).status_code == 422


def test_the_end_for_all_asks_once_more(teacher, work, sitting):
    assert "1 student is in." in teacher.get(f"{work}/live/end").text
    assert teacher.post(f"{work}/live/end", {}).status_code == 422
    assert attempt_of(sitting).state == "in_progress"

    teacher.post(f"{work}/live/end", {"reason": WHY})

    assert "1 try is handed in." in teacher.get(f"{work}/live").text
    assert attempt_of(sitting).handed_in_by == "teacher"


# --- the device --------------------------------------------------------------------------------------------------


def test_the_page_before_a_quiz_leads_to_the_check_of_the_device_and_back(student, sitting):
    before = f"/assignments/{sitting.assignment_id}"

    assert f"/device-check?back={sitting.assignment_id}" in student.get(before).text
    page = student.get(f"/device-check?back={sitting.assignment_id}").text

    assert f'href="{before}"' in page
    assert "This browser runs no scripts" in page


def test_the_clock_of_the_server_is_told_in_milliseconds(student, clock):
    assert student.get("/device-check/clock").json == {"milliseconds": int(clock.now.timestamp() * 1000)}


def test_an_address_to_go_back_to_that_is_none_is_left_out(student):
    assert "Back to the quiz" not in student.get("/device-check?back=//elsewhere").text
