"""What a teacher does to everybody in a quiz at once, and what many hands at the same moment leave."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from quizapp.core.deadlines import Factor
from quizapp.core.errors import Conflict, NotFound, Refusal
from quizapp.core.permissions import OPERATOR
from quizapp.services.access.attempts import TryPlace
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.assignments import Dates, change_assignment
from quizapp.services.exam_day import end_for_all, extend_for_all
from quizapp.services.invariants import broken_invariants
from quizapp.services.saving import Arrived
from quizapp.services.try_deeds import extend_attempt, reopen_attempt, void_attempt
from quizapp.storage.tables import Attempt, AuditEntry, Response, Snapshot
from tests.builders.sitting import sit_down
from tests.builders.written import begin
from tests.support.statements import count_statements

MINUTE = timedelta(minutes=1)
WHY = "The network was down"
AT_ONCE = 50


@pytest.fixture
def sitting(world):
    return sit_down(world, limit_seconds=1200)


def at_the_assignment(sitting, deed, *, by=None, **values):
    at = {"classroom_id": sitting.classroom, "assignment_id": sitting.assignment_id}
    return deed(sitting.runtime, (by or sitting.teacher).actor, **at, **values)


def everybody(sitting, deed, **values):
    return at_the_assignment(sitting, deed, **{"reason": WHY, **values})


def give(sitting, *, minutes=5, seen=0, **values):
    return everybody(sitting, extend_for_all, minutes=minutes, seen=seen, **values)


def neighbour(sitting):
    """Let another student of the class begin the quiz, and return student and try."""
    student = sitting.world.student(classroom=sitting.classroom)
    return student, begin(sitting.world, student, sitting.assignment_id)


def tries(sitting):
    return {row.id: row for row in sitting.rows(Attempt)}


def actions(sitting):
    return [row.action for row in sitting.rows(AuditEntry)]


def test_everybody_who_is_in_gets_the_minutes(sitting):
    _, other = neighbour(sitting)
    before = {key: row.deadline_at for key, row in tries(sitting).items()}

    assert give(sitting) == 2

    after = {key: row.deadline_at for key, row in tries(sitting).items()}
    assert after == {key: at + 5 * MINUTE for key, at in before.items()}
    assert other in after
    assert actions(sitting).count("attempt.extended") == 2
    assert actions(sitting).count("assignment.extended_for_all") == 1


def test_whoever_has_more_time_gets_more_of_these_minutes_too(sitting, world):
    set_accommodation(
        world.runtime,
        sitting.teacher.actor,
        student_id=sitting.student.id,
        allowance=Allowance(factor=Factor.HALF_MORE),
    )

    give(sitting, minutes=10)

    assert tries(sitting)[sitting.attempt_id].deadline_at == world.now + 45 * MINUTE


def test_who_has_handed_in_or_run_out_of_time_gets_none(sitting, clock):
    sitting.submit()
    _, late = neighbour(sitting)
    clock.move(minutes=22)
    neighbour(sitting)
    before = tries(sitting)

    assert give(sitting) == 1

    after = tries(sitting)
    for key in (sitting.attempt_id, late):
        assert after[key].deadline_at == before[key].deadline_at


def test_pressed_twice_it_gives_the_minutes_once(sitting, world):
    assert give(sitting) == 1
    assert give(sitting) is None
    assert give(sitting, seen=1) == 1
    assert tries(sitting)[sitting.attempt_id].deadline_at == world.now + 30 * MINUTE


def test_the_end_hands_in_every_try_with_what_was_saved(sitting):
    sitting.save_all({1: sitting.wrong_answer(1)})
    neighbour(sitting)

    assert everybody(sitting, end_for_all) == 2
    assert everybody(sitting, end_for_all) == 0

    assert {row.handed_in_by for row in sitting.rows(Attempt)} == {"teacher"}
    assert len(sitting.rows(Snapshot)) == 2
    assert actions(sitting).count("assignment.ended_for_all") == 1
    assert {row.reason for row in sitting.rows(AuditEntry) if row.action == "attempt.ended"} == {WHY}
    assert [one for one in broken_invariants(sitting.runtime, OPERATOR) if one.broken] == []


def test_only_who_teaches_the_class_does_it_and_says_why(sitting, world):
    for stranger in (world.teacher(), world.admin(), sitting.student):
        with pytest.raises(NotFound):
            give(sitting, by=stranger)
        with pytest.raises(NotFound):
            everybody(sitting, end_for_all, by=stranger)
    for deed in (give, lambda sitting, **values: everybody(sitting, end_for_all, **values)):
        with pytest.raises(Refusal) as refused:
            deed(sitting, reason="")
        assert refused.value.field == "reason"
    with pytest.raises(Refusal) as refused:
        give(sitting, minutes=0)
    assert refused.value.field == "minutes"


def test_the_minutes_take_two_statements_more_a_try(sitting, world):
    with count_statements(world.runtime.database._connection) as few:
        give(sitting)
    for _ in range(5):
        neighbour(sitting)

    with count_statements(world.runtime.database._connection) as many:
        give(sitting, seen=1)

    assert len(many) <= len(few) + 10, many


def test_other_dates_reach_a_full_class_in_as_few_statements_as_one_student(sitting, world):
    dates = Dates(closes_at=world.now + 15 * MINUTE)
    rules = {"limit_minutes": 20, "attempts_allowed": 2}
    with count_statements(world.runtime.database._connection) as few:
        at_the_assignment(sitting, change_assignment, dates=dates, **rules)
    for _ in range(5):
        neighbour(sitting)

    with count_statements(world.runtime.database._connection) as many:
        moved = at_the_assignment(sitting, change_assignment, dates=Dates(), **rules)

    assert moved == 6
    assert len(many) <= len(few) + 10, many


def at_once(deed):
    """Do it fifty times at once; a conflict is an answer like any other."""

    def careful(number):
        try:
            return deed(number)
        except (Conflict, Refusal) as refused:
            return refused

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(careful, range(AT_ONCE)))


@pytest.fixture
def live_sitting(live_world):
    return sit_down(live_world, limit_seconds=1200)


def one_try(sitting, deed, **values):
    place = TryPlace(sitting.classroom, sitting.assignment_id, sitting.attempt_id)
    return deed(sitting.runtime, sitting.teacher.actor, place=place, reason=WHY, seen=0, **values)


def test_fifty_extensions_at_once_give_the_minutes_once(live_sitting):
    before = tries(live_sitting)[live_sitting.attempt_id].deadline_at

    done = at_once(lambda _: one_try(live_sitting, extend_attempt, minutes=5))

    assert sum(one.is_done for one in done) == 1
    assert tries(live_sitting)[live_sitting.attempt_id].deadline_at == before + 5 * MINUTE


def test_fifty_extensions_for_all_at_once_give_the_minutes_once(live_sitting):
    before = tries(live_sitting)[live_sitting.attempt_id].deadline_at

    given = at_once(lambda _: give(live_sitting))

    assert sorted(given, key=str) == [1, *[None] * (AT_ONCE - 1)]
    assert tries(live_sitting)[live_sitting.attempt_id].deadline_at == before + 5 * MINUTE


def test_fifty_reopenings_at_once_begin_one_generation(live_sitting):
    live_sitting.submit()

    done = at_once(lambda _: one_try(live_sitting, reopen_attempt, minutes=5))

    assert sum(one.is_done for one in done) == 1
    assert tries(live_sitting)[live_sitting.attempt_id].generation == 2
    assert actions(live_sitting).count("attempt.reopened") == 1


def test_saves_submits_starts_and_reopenings_at_once_leave_one_open_try_at_most(live_sitting):
    sitting, written = live_sitting, live_sitting.written_slot
    lease = sitting.lease()

    def something(number):
        match number % 5:
            case 0:
                return sitting.submit()
            case 1:
                return one_try(sitting, reopen_attempt, minutes=5)
            case 2:
                return sitting.again()
            case 3:
                return sitting.save(lease, Arrived(written, number + 1, f"text {number + 1}"))
            case _:
                return one_try(sitting, extend_attempt, minutes=1)

    at_once(something)

    rows = sitting.rows(Attempt)
    assert sum(row.state == "in_progress" for row in rows) <= 1
    assert len({row.number for row in rows}) == len(rows)
    handed_in = [(row.attempt_id, row.generation) for row in sitting.rows(Snapshot)]
    assert len(set(handed_in)) == len(handed_in)
    assert [one for one in broken_invariants(sitting.runtime, OPERATOR) if one.broken] == []


def test_the_end_for_all_amid_saves_and_submits_gives_one_receipt(live_sitting):
    sitting, written = live_sitting, live_sitting.written_slot
    lease = sitting.lease()

    def something(number):
        if number % 10 == 0:
            return everybody(sitting, end_for_all)
        if number % 10 == 1:
            return sitting.submit()
        return sitting.save(lease, Arrived(written, number + 1, f"text {number + 1}"))

    done = at_once(something)

    (snapshot,) = sitting.rows(Snapshot)
    kept = [one.acknowledged[0] for one in done if hasattr(one, "needs_lease")]
    stored = [one.seq for one in kept if one.outcome.value in {"stored", "older"}]
    assert snapshot.receipt == sitting.submit().receipt
    assert all(row.seq == max(stored) for row in sitting.rows(Response))


def test_setting_aside_while_the_student_hands_in_ends_in_one_of_two_ways(live_sitting):
    done = at_once(
        lambda number: one_try(live_sitting, void_attempt) if number % 2 else live_sitting.submit()
    )

    assert sum(getattr(one, "is_done", False) for one in done) == 1
    assert tries(live_sitting)[live_sitting.attempt_id].state == "voided"
    assert [one for one in broken_invariants(live_sitting.runtime, OPERATOR) if one.broken] == []
