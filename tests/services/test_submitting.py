"""Submitting: once, with everything, and the same receipt for ever."""

from __future__ import annotations

import hashlib
import json

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from quizapp.core.errors import NotFound
from quizapp.services.saving import Arrived
from quizapp.services.submitting import submit_attempt
from quizapp.storage.tables import Attempt, AuditEntry, Response, ResponseHistory, Score, Snapshot
from tests.builders.sitting import outcomes, sit_down
from tests.support.statements import count_statements


@pytest.fixture
def sitting(world):
    return sit_down(world)


def deeds(sitting):
    return [row.action for row in sitting.rows(AuditEntry) if row.subject_kind == "attempt"]


def test_submit_carries_answers_and_gives_a_receipt(sitting):
    values = sitting.right_answers()

    done = sitting.submit(sitting.lease(), *(Arrived(slot, slot, value) for slot, value in values.items()))

    (attempt,) = sitting.rows(Attempt)
    (snapshot,) = sitting.rows(Snapshot)
    assert done.receipt == snapshot.receipt
    assert (attempt.state, attempt.handed_in_by, attempt.finished_at) == ("submitted", "student", done.now)
    assert snapshot.hash == hashlib.sha256(snapshot.body.encode()).hexdigest()
    assert {one["slot"]: one["value"] for one in json.loads(snapshot.body)["responses"]} == values


def test_a_replay_gets_the_same_receipt_and_changes_nothing(sitting):
    lease, answer = sitting.lease(), Arrived(1, 1, sitting.wrong_answer(1))
    first = sitting.submit(lease, answer)
    before = (len(sitting.rows(Score)), deeds(sitting), len(sitting.rows(ResponseHistory)))

    again, bare = sitting.submit(lease, answer), sitting.submit()

    assert first.receipt == again.receipt == bare.receipt
    assert before == (len(sitting.rows(Score)), deeds(sitting), len(sitting.rows(ResponseHistory)))


def test_machine_scores_all_but_what_was_written(sitting):
    sitting.save_all(sitting.right_answers())

    sitting.submit()

    scores = {row.slot: (row.earned, row.of) for row in sitting.rows(Score)}
    assert sitting.written_slot not in scores
    assert all(earned == of for earned, of in scores.values())
    assert deeds(sitting) == ["attempt.started", "attempt.submitted"]


def test_a_blank_text_is_given_zero_and_the_try_is_graded(sitting):
    sitting.submit()

    scores = {row.slot: row for row in sitting.rows(Score)}
    assert (scores[sitting.written_slot].earned, scores[sitting.written_slot].given_by) == (0, "machine")
    assert sitting.rows(Attempt)[0].state == "graded"
    assert deeds(sitting) == ["attempt.started", "attempt.submitted", "attempt.graded"]
    graded = sitting.rows(AuditEntry)[-1]
    assert (graded.action, graded.actor_role, graded.actor_id) == ("attempt.graded", "nobody", None)


def test_an_answer_that_cannot_be_stored_keeps_the_try_open(sitting):
    lease = sitting.lease()

    done = sitting.submit(lease, Arrived(1, 1, "no such option"), Arrived(2, 2, sitting.wrong_answer(2)))

    assert done.receipt is None
    assert outcomes(done.acknowledged) == ["malformed", "stored"]
    assert sitting.rows(Attempt)[0].state == "in_progress"
    assert [row.slot for row in sitting.rows(Response)] == [2]


def test_a_window_that_is_behind_does_not_hand_in_over_a_newer_one(sitting):
    written = sitting.written_slot
    behind = sitting.lease()
    sitting.save(sitting.lease(), Arrived(written, 1, "newer"))

    done = sitting.submit(behind, Arrived(written, 9, "older"))

    assert done.receipt is None
    assert outcomes(done.acknowledged) == ["stale"]


def test_after_the_grace_what_was_saved_is_handed_in(world, clock):
    sitting = sit_down(world, limit_seconds=600)
    written = sitting.written_slot
    sitting.save_all({written: "saved in time"})
    clock.move(minutes=11, seconds=1)

    done = sitting.submit(1, Arrived(written, 5, "too late"))

    (attempt,) = sitting.rows(Attempt)
    assert done.receipt is not None
    assert outcomes(done.acknowledged) == ["closed"]
    assert (attempt.handed_in_by, attempt.finished_at) == ("time", attempt.deadline_at)
    assert sitting.rows(Response)[0].value == "saved in time"
    assert sitting.rows(ResponseHistory)[-1].value == "too late"


def test_within_the_grace_it_counts_and_ends_at_the_deadline(world, clock):
    sitting = sit_down(world, limit_seconds=600)
    clock.move(minutes=10, seconds=30)

    sitting.submit(sitting.lease(), Arrived(1, 1, sitting.wrong_answer(1)))

    (attempt,) = sitting.rows(Attempt)
    assert (attempt.handed_in_by, attempt.finished_at) == ("student", attempt.deadline_at)
    assert len(sitting.rows(Response)) == 1


def test_answers_of_a_closed_try_do_not_change(sitting):
    sitting.save_all({1: sitting.wrong_answer(1)})
    sitting.submit()

    with pytest.raises(DBAPIError, match="closed"), sitting.runtime.database.writing() as session:
        session.execute(update(Response).values(value="other"))


def test_nobody_hands_in_for_somebody_else(sitting):
    for person in (sitting.teacher, sitting.world.student(classroom=sitting.classroom)):
        with pytest.raises(NotFound):
            submit_attempt(sitting.runtime, person.actor, attempt_id=sitting.attempt_id)


def test_submitting_takes_a_fixed_number_of_statements(world):
    sitting = sit_down(world)
    sitting.save_all(sitting.right_answers())

    standing = [Arrived(slot, 100 + slot, value) for slot, value in sitting.right_answers().items()]
    lease = sitting.rows(Attempt)[0].lease

    with count_statements(world.runtime.database._connection) as sent:
        done = sitting.submit(lease, *standing)

    # One more finds out who is signed in: ten for the request.
    assert len(sent) == 9, sent
    assert outcomes(done.acknowledged) == ["stored"] * len(standing)


def test_what_was_saved_before_is_no_news_and_what_was_not_is_taken_in(sitting):
    sitting.save_all(sitting.right_answers())
    values = sitting.right_answers() | {1: sitting.wrong_answer(1)}
    lease = sitting.rows(Attempt)[0].lease
    noted = len(sitting.rows(ResponseHistory))

    done = sitting.submit(lease, *(Arrived(slot, 100 + slot, value) for slot, value in values.items()))

    assert done.receipt
    assert sitting.rows(Response)[0].value == values[1]
    assert len(sitting.rows(ResponseHistory)) == noted + len(values)


def test_a_changed_flag_is_news(sitting):
    sitting.save_all({1: sitting.wrong_answer(1)})
    lease = sitting.rows(Attempt)[0].lease

    sitting.submit(lease, Arrived(1, 2, sitting.wrong_answer(1), is_flagged=True))

    assert sitting.rows(Response)[0].is_flagged
