"""A teacher enters the answers that a student's page could not send."""

from __future__ import annotations

import json
from io import BytesIO

import pytest

from quizapp.exchange.answer_files import LARGEST_FILE
from quizapp.services.saving import Arrived
from quizapp.storage.tables import AuditEntry, Response, ResponseHistory
from tests.builders.sitting import sit_down
from tests.support.visitor import Visitor

REASON = "The network was down in room 12."


@pytest.fixture
def sitting(world):
    return sit_down(world, preset="practice")


@pytest.fixture
def teacher(app, sitting):
    return Visitor(app, sitting.world, sitting.teacher)


@pytest.fixture
def address(sitting):
    return f"/classes/{sitting.classroom}/assignments/{sitting.assignment_id}/tries/{sitting.attempt_id}/student-file"


def answer_of(slot, value, **more):
    return {"slot": slot, "lease": 1, "seq": 1, "fields": {f"q{slot}": [value]}, "flagged": False, **more}


def file_of(sitting, *answers, **changed):
    """Return the file that a page of the try keeps."""
    return {
        "format": "second-source-unsent-answers",
        "v": 1,
        "attempt": sitting.attempt_id,
        "kept_at": "2026-11-23T11:59:00Z",
        "answers": list(answers),
        **changed,
    }


def compare(teacher, address, file):
    body = file if isinstance(file, bytes) else json.dumps(file).encode()
    return teacher.post(address, {"file": (BytesIO(body), "answers-of-try-1.json")})


def enter(teacher, address, file, seen, slots, reason=REASON):
    fields = {"file": json.dumps(file), "revision": seen, "slot": slots, "reason": reason}
    return teacher.post(f"{address}/answers", fields)


def seen_in(page):
    return page.text.partition('name="revision" type="hidden" value="')[2].partition('"')[0]


def test_the_page_asks_for_the_file_and_is_linked_from_the_open_try(teacher, sitting, address):
    cell = f"/classes/{sitting.classroom}/gradebook/{sitting.student.id}/{sitting.assignment_id}"

    assert "Keep my answers as a file" in teacher.get(address).text
    assert f'href="{address}"' in teacher.get(cell).text
    assert f'href="{address}"' in teacher.get(address.removesuffix("/student-file")).text


def test_a_file_is_compared_and_entered_with_a_reason(teacher, sitting, address):
    sitting.lease()
    file = file_of(sitting, answer_of(1, sitting.wrong_answer(1)), answer_of(sitting.written_slot, "A text."))

    compared = compare(teacher, address, file)
    assert compared.status_code == 200
    assert "Question 1" in compared.text
    assert sitting.rows(Response) == []
    entered = enter(teacher, address, file, seen_in(compared), ["1", str(sitting.written_slot)])

    assert entered.status_code == 302
    assert {row.slot: row.value for row in sitting.rows(Response)} == {
        1: sitting.wrong_answer(1),
        sitting.written_slot: "A text.",
    }
    assert {row.lease for row in sitting.rows(Response)} == {2}
    assert {row.source for row in sitting.rows(ResponseHistory)} == {"student file"}
    assert (
        "Answers entered from the student&#39;s file"
        in teacher.get(address.removesuffix("/student-file")).text
    )
    (noted,) = [row for row in sitting.rows(AuditEntry) if row.action == "attempt.student_file_entered"]
    assert (noted.actor_id, noted.reason, noted.after["slots"]) == (
        sitting.teacher.id,
        REASON,
        [1, sitting.written_slot],
    )


def test_what_was_saved_later_is_told_and_not_ticked_and_what_is_the_same_can_not_be(
    teacher, sitting, address
):
    written = sitting.written_slot
    sitting.lease()
    choice = sitting.wrong_answer(1)
    sitting.save(sitting.lease(), Arrived(1, 1, choice), Arrived(written, 2, "Written later on a phone."))
    file = file_of(sitting, answer_of(1, choice), answer_of(written, "Typed before."))

    page = compare(teacher, address, file).text

    assert "Stored already, nothing to enter." in page
    assert "What is stored came later." in page
    assert f'name="slot" value="{written}">' in page
    assert 'name="slot" value="1" disabled' in page


def test_written_words_and_the_words_of_a_case_do_not_stand_beside_the_name(teacher, sitting, address):
    written = sitting.written_slot
    sitting.save(sitting.lease(), Arrived(written, 1, "What was stored."))

    page = compare(teacher, address, file_of(sitting, answer_of(written, "What is in the file."))).text

    assert "What was stored." not in page
    # The file itself travels in a hidden field, and nowhere else.
    assert page.count("What is in the file.") == 1
    assert "An answer" in page


def test_only_what_is_ticked_is_entered(teacher, sitting, address):
    file = file_of(sitting, answer_of(1, sitting.wrong_answer(1)), answer_of(sitting.written_slot, "A text."))

    enter(teacher, address, file, "", ["1"])

    assert [row.slot for row in sitting.rows(Response)] == [1]


@pytest.mark.parametrize(
    ("slots", "reason", "said"),
    [([], REASON, "Choose at least one answer"), (["1"], " ", "Say why"), (["1"], "x" * 501, "At most 500")],
)
def test_nothing_chosen_or_no_reason_is_asked_for_and_nothing_is_lost(
    teacher, sitting, address, slots, reason, said
):
    file = file_of(sitting, answer_of(1, sitting.wrong_answer(1)))

    answer = enter(teacher, address, file, "", slots, reason)

    assert answer.status_code == 422
    assert said in answer.text
    assert "In the file" in answer.text
    assert sitting.rows(Response) == []


def test_answers_that_changed_since_are_compared_again(teacher, sitting, address):
    file = file_of(sitting, answer_of(1, sitting.wrong_answer(1)))
    seen = seen_in(compare(teacher, address, file))
    sitting.save(sitting.lease(), Arrived(1, 1, sitting.right_answers()[1]))

    answer = enter(teacher, address, file, seen, ["1"])
    again = enter(teacher, address, file, seen_in(answer), ["1"])

    assert answer.status_code == 422
    assert "have changed since you looked" in answer.text
    assert again.status_code == 302
    assert sitting.rows(Response)[0].value == sitting.wrong_answer(1)


def test_a_try_that_is_handed_in_must_be_reopened_first(teacher, sitting, address):
    file = file_of(sitting, answer_of(1, sitting.wrong_answer(1)))
    sitting.submit()

    pages = (teacher.get(address), compare(teacher, address, file), enter(teacher, address, file, "", ["1"]))

    for page in pages:
        assert "Reopen it first" in page.text
    assert sitting.rows(Response) == []


def bad_files():
    one = answer_of(1, "nonsense")
    return [
        (b"", "Choose the file"),
        (b"no file of ours", "This is not a file of unsent answers."),
        (b"[" * 50_000, "This is not a file of unsent answers."),
        (b" " * (LARGEST_FILE + 1), "too large"),
        ({"v": 2}, "newer release"),
        ({"attempt": 999_999}, "This file belongs to another try."),
        ({"answers": [{"slot": 77, "lease": 1, "seq": 1, "fields": {}}]}, "This try has no question 77."),
        ({"answers": [one]}, "Question 1: "),
        ({"answers": [one, one]}, "Question 1 stands in this file twice."),
        ({"answers": [{**one, "fields": "text"}]}, "The answer to question 1 can&#39;t be read"),
        ({"answers": [{**one, "score": 9}]}, "The answer to question 1 can&#39;t be read"),
        ({"answers": ["text"]}, "Answer 1 of this file names no question."),
        ({"answers": []}, "damaged"),
    ]


@pytest.mark.parametrize(("bad", "said"), bad_files())
def test_a_bad_file_is_told_and_stores_nothing(teacher, sitting, address, bad, said):
    file = bad if isinstance(bad, bytes) else file_of(sitting, answer_of(1, "x")) | bad

    answer = compare(teacher, address, file)

    assert answer.status_code == 422
    assert said in answer.text
    assert sitting.rows(ResponseHistory) == []
    if not isinstance(bad, bytes):
        assert enter(teacher, address, file, "", ["1"]).status_code == 422
        assert sitting.rows(Response) == []


def test_the_students_own_page_asks_before_it_lays_anything_over_what_was_entered(teacher, sitting, address):
    written = sitting.written_slot
    lease = sitting.lease()
    enter(teacher, address, file_of(sitting, answer_of(written, "From the file.")), "", [str(written)])

    (told,) = sitting.save(lease, Arrived(written, 5, "Typed on.")).acknowledged

    assert told.outcome.value == "stale"
