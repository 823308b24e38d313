"""What a teacher does to one try: more time, opened again, ended, set aside. Nothing of before is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from quizapp.core.deadlines import Factor
from quizapp.core.errors import Conflict, NotFound, Refusal
from quizapp.core.permissions import OPERATOR
from quizapp.services.access.attempts import TryPlace
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.assignments import Dates, change_assignment
from quizapp.services.gradebook_cells import cell_page
from quizapp.services.invariants import broken_invariants
from quizapp.services.saving import Arrived
from quizapp.services.sweeping import sweep_overdue
from quizapp.services.try_deeds import (
    MOST_MINUTES,
    end_attempt,
    extend_attempt,
    reopen_attempt,
    take_back_time,
    void_attempt,
)
from quizapp.storage.tables import Assignment, Attempt, AuditEntry, Response, Score, Snapshot
from tests.builders.sitting import outcomes, sit_down

MINUTE = timedelta(minutes=1)
WHY = "The fire alarm rang"
DEEDS = (extend_attempt, take_back_time, reopen_attempt, end_attempt, void_attempt)
NEED_MINUTES = (extend_attempt, reopen_attempt)


@pytest.fixture
def sitting(world):
    return sit_down(world, limit_seconds=1200, closes_at=world.now + timedelta(hours=1))


def place_of(sitting):
    return TryPlace(sitting.classroom, sitting.assignment_id, sitting.attempt_id)


def do(sitting, deed, *, seen=0, minutes=10, reason=WHY, by=None, place=None):
    values = {"minutes": minutes} if deed in NEED_MINUTES else {}
    actor = (by or sitting.teacher).actor
    return deed(sitting.runtime, actor, place=place or place_of(sitting), reason=reason, seen=seen, **values)


def attempt_of(sitting):
    return next(row for row in sitting.rows(Attempt) if row.id == sitting.attempt_id)


def entries(sitting, action):
    return [row for row in sitting.rows(AuditEntry) if row.action == action]


def grade_of(sitting):
    at = {"classroom_id": sitting.classroom, "assignment_id": sitting.assignment_id}
    page = cell_page(sitting.runtime, sitting.teacher.actor, student_id=sitting.student.id, **at)
    return page.standing.grade


def test_more_time_moves_the_deadline_of_one_try(sitting):
    before = attempt_of(sitting).deadline_at

    done = do(sitting, extend_attempt, minutes=5)

    assert done.is_done
    assert attempt_of(sitting).deadline_at == done.deadline_at == before + 5 * MINUTE


def test_more_time_reaches_past_closes(sitting, world):
    with world.runtime.database.writing() as session:
        session.execute(update(Assignment).values(closes_at=world.now + 20 * MINUTE))

    do(sitting, extend_attempt, minutes=30)

    assert attempt_of(sitting).deadline_at == world.now + 50 * MINUTE


def test_more_time_stays_when_dates_limit_or_accommodation_change(sitting, world):
    do(sitting, extend_attempt, minutes=5)
    at = {"classroom_id": sitting.classroom, "assignment_id": sitting.assignment_id}

    change_assignment(
        world.runtime, sitting.teacher.actor, **at, dates=Dates(), limit_minutes=30, attempts_allowed=2
    )
    longer = attempt_of(sitting).deadline_at
    set_accommodation(
        world.runtime,
        sitting.teacher.actor,
        student_id=sitting.student.id,
        allowance=Allowance(factor=Factor.DOUBLE),
    )

    assert longer == world.now + 35 * MINUTE
    assert attempt_of(sitting).deadline_at == world.now + 65 * MINUTE


def test_within_the_grace_more_time_counts_from_now(sitting, clock):
    clock.move(minutes=20, seconds=30)

    do(sitting, extend_attempt, minutes=5)

    assert attempt_of(sitting).deadline_at == clock.now + 5 * MINUTE
    assert attempt_of(sitting).generation == 1


@pytest.mark.parametrize("is_swept", [True, False])
def test_more_time_after_the_end_opens_the_try_again(sitting, clock, is_swept):
    sitting.save_all({1: sitting.wrong_answer(1)})
    clock.move(minutes=25)
    if is_swept:
        sweep_overdue(sitting.runtime, OPERATOR)

    done = do(sitting, extend_attempt, minutes=5)

    attempt = attempt_of(sitting)
    assert (attempt.state, attempt.generation, attempt.finished_at) == ("in_progress", 2, None)
    assert attempt.deadline_at == done.deadline_at == clock.now + 5 * MINUTE
    assert [row.generation for row in sitting.rows(Snapshot)] == [1]


def test_what_was_handed_in_or_has_no_end_is_not_extended(world):
    endless = sit_down(world)

    with pytest.raises(Refusal, match="no end"):
        do(endless, extend_attempt)
    endless.submit()
    with pytest.raises(Refusal, match="Open it again"):
        do(endless, extend_attempt)


def test_an_extension_is_taken_back_before_its_time_runs(sitting, clock):
    before = attempt_of(sitting).deadline_at
    do(sitting, extend_attempt, minutes=5)

    do(sitting, take_back_time, seen=1)

    assert attempt_of(sitting).deadline_at == before
    with pytest.raises(Refusal, match="no extension"):
        do(sitting, take_back_time, seen=2)
    do(sitting, extend_attempt, minutes=5, seen=2)
    clock.move(minutes=21)
    with pytest.raises(Refusal, match="would be over"):
        do(sitting, take_back_time, seen=3)


def test_opening_again_keeps_the_answers_and_all_that_was_handed_in(sitting, clock):
    values = sitting.right_answers()
    sitting.save_all(values)
    first = sitting.submit().receipt
    scores = len(sitting.rows(Score))
    clock.move(minutes=30)

    do(sitting, reopen_attempt, minutes=10)

    attempt = attempt_of(sitting)
    assert (attempt.state, attempt.generation, attempt.number) == ("in_progress", 2, 1)
    assert attempt.deadline_at == clock.now + 10 * MINUTE
    assert {row.slot: row.value for row in sitting.rows(Response)} == values
    assert [row.receipt for row in sitting.rows(Snapshot)] == [first]
    assert len(sitting.rows(Score)) == scores
    assert grade_of(sitting).computed_points is None


def test_opening_again_takes_no_time_away(sitting, clock):
    clock.move(minutes=2)
    sitting.submit()

    do(sitting, reopen_attempt, minutes=5)

    assert attempt_of(sitting).deadline_at == clock.now + 18 * MINUTE


def test_the_next_hand_in_has_its_own_snapshot_scores_and_receipt(sitting):
    slot = 1
    sitting.save_all({slot: sitting.wrong_answer(slot)})
    first = sitting.submit().receipt
    do(sitting, reopen_attempt)
    lease = sitting.lease()
    sitting.save(lease, Arrived(slot, 1, sitting.right_answers()[slot]))

    second = sitting.submit(lease)

    again = sitting.submit(lease)
    assert second.receipt == again.receipt != first
    assert [row.generation for row in sitting.rows(Snapshot)] == [1, 2]
    given = {(row.generation, row.earned) for row in sitting.rows(Score) if row.slot == slot}
    assert given == {(1, 0), (2, 1)}
    assert grade_of(sitting).computed_points == 10_000
    assert [one for one in broken_invariants(sitting.runtime, OPERATOR) if one.broken] == []


def test_a_submit_of_before_hands_nothing_in_again(sitting):
    lease, answer = sitting.lease(), Arrived(1, 1, sitting.wrong_answer(1))
    sitting.submit(lease, answer)
    do(sitting, reopen_attempt)

    replayed = sitting.submit(lease, answer)

    assert replayed.receipt is None
    assert attempt_of(sitting).state == "in_progress"
    assert sitting.submit().receipt is not None


def test_a_save_of_before_never_lies_over_what_came_after_the_reopening(sitting):
    written = sitting.written_slot
    behind = sitting.lease()
    sitting.save(behind, Arrived(written, 1, "first"))
    sitting.submit(behind)
    do(sitting, reopen_attempt)
    sitting.save(sitting.lease(), Arrived(written, 1, "second"))

    late = sitting.save(behind, Arrived(written, 99, "late"))

    assert outcomes(late.acknowledged) == ["stale"]
    assert [row.value for row in sitting.rows(Response)] == ["second"]


def test_opening_again_is_no_new_try(sitting):
    sitting.submit()

    do(sitting, reopen_attempt)

    assert sitting.again().attempt_id == sitting.attempt_id
    sitting.submit()
    assert attempt_of(sitting.again()).number == 2


def test_one_try_at_a_time_is_open(sitting, clock):
    sitting.submit()
    second = sitting.again()

    with pytest.raises(Refusal, match="another try open"):
        do(sitting, reopen_attempt)

    clock.move(minutes=25)
    do(sitting, reopen_attempt)
    assert (attempt_of(sitting).state, attempt_of(second).handed_in_by) == ("in_progress", "time")


def test_ending_hands_in_what_was_saved_in_the_teachers_name(sitting):
    sitting.save_all({1: sitting.right_answers()[1]})

    do(sitting, end_attempt)

    attempt, (ended,) = attempt_of(sitting), entries(sitting, "attempt.ended")
    assert (attempt.handed_in_by, attempt.finished_at) == ("teacher", sitting.world.now)
    assert (ended.actor_id, ended.reason) == (sitting.teacher.id, WHY)
    assert sitting.submit().receipt == sitting.rows(Snapshot)[0].receipt
    assert [one for one in broken_invariants(sitting.runtime, OPERATOR) if one.broken] == []


def test_a_try_that_is_set_aside_counts_nowhere_and_frees_its_place(sitting):
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    best, second = grade_of(sitting).computed_points, sitting.again()
    second.submit()

    do(sitting, void_attempt)

    assert attempt_of(sitting).state == "voided"
    grade = grade_of(sitting)
    assert (grade.counting_attempt_id, grade.computed_points) == (second.attempt_id, 0)
    assert best > 0
    assert attempt_of(sitting.again()).number == 3


def test_a_try_that_is_set_aside_takes_nothing_more(sitting):
    lease = sitting.lease()
    do(sitting, void_attempt)

    saved = sitting.save(lease, Arrived(1, 1, sitting.wrong_answer(1)))

    assert outcomes(saved.acknowledged) == ["closed"]
    for deed in (reopen_attempt, end_attempt, void_attempt):
        with pytest.raises(Conflict):
            do(sitting, deed, seen=1)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_second_press_changes_nothing(sitting, deed):
    if deed is take_back_time:
        do(sitting, extend_attempt)
    if deed is reopen_attempt:
        sitting.submit()
    seen = 1 if deed is take_back_time else 0
    first = do(sitting, deed, seen=seen)
    after = (attempt_of(sitting).deadline_at, attempt_of(sitting).state, len(sitting.rows(AuditEntry)))

    second = do(sitting, deed, seen=seen)

    assert (first.is_done, second.is_done) == (True, False)
    assert after == (
        attempt_of(sitting).deadline_at, attempt_of(sitting).state, len(sitting.rows(AuditEntry)),
    )  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS)
def test_only_who_teaches_the_class_does_it(sitting, world, deed):
    co_teacher = world.teacher()
    world.co_teacher(co_teacher, sitting.classroom)

    for stranger in (world.teacher(), world.admin(), sitting.student):
        with pytest.raises(NotFound):
            do(sitting, deed, by=stranger)
    for place in (
        replace(place_of(sitting), classroom_id=999),
        replace(place_of(sitting), assignment_id=999),
        replace(place_of(sitting), attempt_id=999),
    ):
        with pytest.raises(NotFound):
            do(sitting, deed, place=place)
    assert do(sitting, extend_attempt, by=co_teacher).is_done


@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_needs_a_reason(sitting, deed):
    with pytest.raises(Refusal) as refused:
        do(sitting, deed, reason="  ")

    assert refused.value.field == "reason"


@pytest.mark.parametrize("deed", NEED_MINUTES)
@pytest.mark.parametrize("minutes", [0, -5, MOST_MINUTES + 1])
def test_minutes_out_of_range_are_refused_at_their_field(sitting, deed, minutes):
    with pytest.raises(Refusal) as refused:
        do(sitting, deed, minutes=minutes)

    assert refused.value.field == "minutes"


def test_the_record_holds_reason_before_and_after(sitting, clock):
    before = attempt_of(sitting).deadline_at
    do(sitting, extend_attempt, minutes=5)

    (entry,) = entries(sitting, "attempt.extended")

    assert (entry.actor_id, entry.reason) == (sitting.teacher.id, WHY)
    assert entry.before["deadline_at"] == before.isoformat()
    assert entry.after["deadline_at"] == (before + 5 * MINUTE).isoformat()
    assert (entry.before["extra_seconds"], entry.after["extra_seconds"]) == (0, 300)


@pytest.mark.parametrize("hours", [-1, -24])
def test_a_clock_that_is_put_back_moves_no_deadline_and_no_save_backwards(sitting, clock, hours):
    written, started = sitting.written_slot, clock.now
    lease = sitting.lease()
    sitting.save(lease, Arrived(written, 1, "before"))
    deadline = attempt_of(sitting).deadline_at
    clock.move(hours=hours)

    saved = sitting.save(lease, Arrived(written, 2, "after"))
    do(sitting, extend_attempt, minutes=5)

    (row,) = sitting.rows(Response)
    assert (row.value, row.saved_at) == ("after", started)
    assert saved.acknowledged[0].stored_at == started
    assert attempt_of(sitting).deadline_at == deadline + 5 * MINUTE
    sitting.submit(lease)
    assert attempt_of(sitting).finished_at == attempt_of(sitting).started_at


def test_a_clock_that_is_put_forward_ends_tries_and_the_teacher_opens_them_again(sitting, clock):
    sitting.save_all({1: sitting.wrong_answer(1)})
    clock.move(days=1)
    sweep_overdue(sitting.runtime, OPERATOR)
    clock.move(days=-1)

    do(sitting, reopen_attempt, minutes=5)

    assert attempt_of(sitting).deadline_at == clock.now + 20 * MINUTE
    assert len(sitting.rows(Response)) == 1
