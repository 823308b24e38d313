"""The shortest ways to what was wrong once, kept as ordinary tests."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.permissions import OPERATOR
from quizapp.services.access.attempts import TryPlace
from quizapp.services.assignments import Dates, change_assignment
from quizapp.services.invariants import broken_invariants
from quizapp.services.saving import Arrived
from quizapp.services.try_deeds import reopen_attempt
from quizapp.storage.tables import Attempt, Response
from tests.builders.sitting import outcomes, sit_down


@pytest.fixture
def sitting(world):
    return sit_down(world)


def reopen(sitting):
    place = TryPlace(sitting.classroom, sitting.assignment_id, sitting.attempt_id)
    reopen_attempt(
        sitting.runtime, sitting.teacher.actor, place=place, minutes=10, reason="Too early", seen=0
    )


def stored(sitting):
    return {row.slot: row.value for row in sitting.rows(Response)}


def test_a_quiz_that_is_closed_in_the_past_ends_running_tries_at_their_start(sitting, clock):
    change_assignment(
        sitting.runtime,
        sitting.teacher.actor,
        classroom_id=sitting.classroom,
        assignment_id=sitting.assignment_id,
        dates=Dates(closes_at=clock.now - timedelta(hours=1)),
        limit_minutes=None,
        attempts_allowed=2,
    )

    (attempt,) = sitting.rows(Attempt)
    assert attempt.deadline_at == attempt.started_at


def test_a_try_that_is_handed_in_by_a_clock_that_was_put_back_does_not_end_before_it_began(sitting, clock):
    clock.move(hours=-1)

    assert sitting.submit().receipt

    (attempt,) = sitting.rows(Attempt)
    assert attempt.finished_at == attempt.started_at


def test_a_packet_from_before_a_reopening_does_not_replace_what_was_handed_in_after_it(sitting):
    written, lease = sitting.written_slot, sitting.lease()
    sitting.save(lease, Arrived(written, 1, "the text that stays"))
    late = Arrived(written, 2, "a change that was taken back")
    assert sitting.submit(lease, Arrived(written, 3, "the text that stays")).receipt
    reopen(sitting)

    told = sitting.save(lease, late)

    assert outcomes(told.acknowledged) == ["stale"]
    assert stored(sitting) == {written: "the text that stays"}
    assert not [one for one in broken_invariants(sitting.runtime, OPERATOR) if one.broken]


def test_a_page_from_before_a_reopening_goes_on_with_a_new_lease(sitting):
    written, lease = sitting.written_slot, sitting.lease()
    sitting.save(lease, Arrived(written, 1, "begun"))
    sitting.submit(lease)
    reopen(sitting)
    more = Arrived(written, 2, "begun and ended")

    told = sitting.save(lease, more)
    again = sitting.save(sitting.lease(), more)

    assert told.needs_lease
    assert outcomes(again.acknowledged) == ["stored"]
    assert stored(sitting) == {written: "begun and ended"}


def test_a_page_from_before_a_reopening_asks_where_another_has_answered_since(sitting):
    written, lease = sitting.written_slot, sitting.lease()
    sitting.save(lease, Arrived(written, 1, "begun"))
    sitting.submit(lease)
    reopen(sitting)
    sitting.save(sitting.lease(), Arrived(written, 1, "ended on the laptop"))

    told = sitting.save(lease, Arrived(written, 2, "went on with the phone"))

    assert not told.needs_lease
    assert outcomes(told.acknowledged) == ["stale"]
    assert told.acknowledged[0].stored == ("ended on the laptop",)
