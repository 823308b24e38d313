"""Starting a try: when, how often, which questions, until when."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import OPERATOR
from quizapp.core.questions import Case
from quizapp.services.attempts import start_attempt
from quizapp.services.saving import Arrived
from quizapp.services.sweeping import sweep_overdue
from quizapp.storage.tables import (
    Accommodation,
    Attempt,
    AttemptSlot,
    AuditEntry,
    Grade,
    LessonProgress,
    OwnDates,
    Response,
)
from tests.builders.sitting import Sitting, sit_down


@pytest.fixture
def sitting(world):
    return sit_down(world)


def start(sitting: Sitting, **chosen):
    chosen.setdefault("case", Case.B)
    return start_attempt(
        sitting.runtime, sitting.student.actor, assignment_id=sitting.assignment_id, **chosen
    )


def test_a_try_asks_what_the_blueprint_says_and_keeps_it(sitting):
    kinds = [one.type.name for one in sitting.asked]

    assert Counter(kinds) == {
        "single_choice": 2, "multiple_response": 1, "decide_lines": 1, "order": 1, "short_construct": 1,
    }  # fmt: skip
    assert [one.marks for one in sitting.asked] == [1, 1, 1, 2, 1, 3]
    (attempt,) = sitting.rows(Attempt)
    assert attempt.max_points == 90_000
    assert 0 <= attempt.seed < 2**63


def test_starting_again_gives_the_open_try(sitting):
    again = start(sitting)

    assert (again.attempt_id, again.is_new) == (sitting.attempt_id, False)
    assert len(sitting.rows(Attempt)) == 1


def test_a_started_try_is_audited_and_stands_in_the_gradebook(sitting):
    (cell,) = sitting.rows(Grade)

    assert [row.action for row in sitting.rows(AuditEntry) if row.subject_kind == "attempt"] == [
        "attempt.started"
    ]
    assert (cell.state, cell.points) == ("in_progress", None)


def test_tries_are_numbered_and_limited(sitting):
    sitting.submit()
    second = sitting.again()
    second.submit()

    with pytest.raises(Refusal, match="used all your tries"):
        start(sitting)

    assert [row.number for row in sitting.rows(Attempt)] == [1, 2]


def test_extra_tries_of_an_accommodation_and_of_own_dates_add_up(sitting):
    sitting.world.add(
        Accommodation(
            school_id=sitting.world.school_id, student_id=sitting.student.id, factor_percent=100, is_untimed=False,
            extra_attempts=1, hides_clock=False, note="", valid_from=sitting.world.now,
            set_at=sitting.world.now, valid_to=None, ended_at=None,
        )
    )  # fmt: skip
    sitting.world.add(
        OwnDates(
            school_id=sitting.world.school_id, assignment_id=sitting.assignment_id, student_id=sitting.student.id,
            due_at=None, closes_at=None, extra_attempts=1, reason="ill", set_by=sitting.teacher.id,
            set_at=sitting.world.now,
        )
    )  # fmt: skip
    for _ in range(3):
        sitting.submit()
        sitting = sitting.again()
    sitting.submit()

    with pytest.raises(Refusal):
        start(sitting)

    assert len(sitting.rows(Attempt)) == 4


def test_a_quiz_that_is_not_open_says_when(world, clock):
    sitting = sit_down(world)
    opens, closes = clock.now + timedelta(days=1), clock.now + timedelta(days=2)
    later = world.assignment(sitting.classroom, opens_at=opens, closes_at=closes)

    with pytest.raises(Refusal, match="opens on"):
        start_attempt(world.runtime, sitting.student.actor, assignment_id=later, case=Case.B)
    clock.move(days=2)
    with pytest.raises(Refusal, match="Ask your teacher for more time"):
        start_attempt(world.runtime, sitting.student.actor, assignment_id=later, case=Case.B)
    clock.move(hours=-1)
    assert start_attempt(world.runtime, sitting.student.actor, assignment_id=later, case=Case.B).is_new


def test_a_password_is_asked_for_a_new_try_only(world):
    sitting = sit_down(world)
    locked = world.assignment(
        sitting.classroom, password_hash=world.runtime.passwords.hash_password("open sesame")
    )

    def begin(password):
        return start_attempt(
            world.runtime, sitting.student.actor, assignment_id=locked, case=Case.B, password=password
        )

    with pytest.raises(Refusal) as refused:
        begin("sesame")
    begin("open sesame")

    assert refused.value.field == "password"
    assert not begin("").is_new


def test_the_case_comes_from_the_choice_then_from_the_lesson_and_else_is_asked(world):
    sitting = sit_down(world)
    sitting.submit()

    with pytest.raises(Refusal) as refused:
        start(sitting, case=None)
    assert refused.value.field == "case"

    world.add(
        LessonProgress(
            school_id=world.school_id, student_id=sitting.student.id, lesson_key="sample:who-says", case="A",
            screen=1, screens_done=0, started_at=world.now, last_seen_at=world.now, finished_at=None,
        )
    )  # fmt: skip
    attempt_id = start(sitting, case=None).attempt_id
    cases = {row.case for row in sitting.rows(AttemptSlot) if row.attempt_id == attempt_id}
    assert "B" not in cases


def test_only_who_was_given_the_quiz_can_start_it(world):
    sitting = sit_down(world)
    lesson = world.assignment(sitting.classroom, kind="lesson", content_key="sample:who-says")
    stranger = world.student()

    for actor, assignment in (
        (stranger.actor, sitting.assignment_id),
        (sitting.teacher.actor, sitting.assignment_id),
        (sitting.student.actor, lesson),
        (sitting.student.actor, 999_999),
    ):
        with pytest.raises(NotFound):
            start_attempt(world.runtime, actor, assignment_id=assignment, case=Case.B)


def test_the_deadline_is_stored_with_the_students_own_time(world, clock):
    sitting = sit_down(world)
    world.add(
        Accommodation(
            school_id=world.school_id, student_id=sitting.student.id, factor_percent=150, is_untimed=False,
            extra_attempts=0, hides_clock=False, note="", valid_from=clock.now, set_at=clock.now, valid_to=None,
            ended_at=None,
        )
    )  # fmt: skip
    timed = world.assignment(sitting.classroom, limit_seconds=600)

    started = start_attempt(world.runtime, sitting.student.actor, assignment_id=timed, case=Case.B)

    attempt = next(row for row in sitting.rows(Attempt) if row.id == started.attempt_id)
    assert attempt.deadline_at == clock.now + timedelta(minutes=15)


def test_an_overdue_try_is_handed_in_by_the_next_start(world, clock):
    sitting = sit_down(world, limit_seconds=600)
    sitting.save_all({1: sitting.right_answers()[1]})
    clock.move(minutes=11, seconds=1)

    started = start(sitting)

    first, second = sitting.rows(Attempt)
    assert (first.state, first.handed_in_by) == ("submitted", "time") or first.state == "graded"
    assert first.finished_at == first.started_at + timedelta(minutes=10)
    assert (second.id, second.state) == (started.attempt_id, "in_progress")


def test_the_sweeper_hands_in_what_is_past_its_grace_once(world, clock):
    sitting = sit_down(world, limit_seconds=600)
    clock.move(minutes=11)

    assert sweep_overdue(world.runtime, OPERATOR) == 0
    clock.move(seconds=1)
    assert sweep_overdue(world.runtime, OPERATOR) == 1
    assert sweep_overdue(world.runtime, OPERATOR) == 0

    (attempt,) = sitting.rows(Attempt)
    assert attempt.finished_at == attempt.deadline_at
    assert [row.action for row in sitting.rows(AuditEntry) if row.subject_kind == "attempt"] == [
        "attempt.started", "attempt.expired", "attempt.graded",
    ]  # fmt: skip


AT_ONCE = 50


def at_once(deed):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(deed, range(AT_ONCE)))


def test_fifty_starts_at_once_give_one_try(live_world):
    live_world.content()
    classroom = live_world.classroom(live_world.teacher())
    student = live_world.student(classroom=classroom)
    assignment = live_world.assignment(classroom)

    started = at_once(
        lambda _: start_attempt(live_world.runtime, student.actor, assignment_id=assignment, case=Case.B)
    )

    assert len({one.attempt_id for one in started}) == 1
    assert sum(one.is_new for one in started) == 1


def test_fifty_saves_at_once_leave_the_newest(live_world):
    sitting = sit_down(live_world)
    lease = sitting.lease()
    written = sitting.written_slot

    saved = at_once(lambda number: sitting.save(lease, Arrived(written, number + 1, f"text {number + 1}")))

    (row,) = sitting.rows(Response)
    assert (row.seq, row.value) == (AT_ONCE, f"text {AT_ONCE}")
    assert all(one.acknowledged[0].is_kept for one in saved)


def test_fifty_submits_at_once_give_one_receipt(live_world):
    sitting = sit_down(live_world)
    sitting.save_all(sitting.right_answers())

    done = at_once(lambda _: sitting.submit())

    assert len({one.receipt for one in done}) == 1
    assert [row.action for row in sitting.rows(AuditEntry)].count("attempt.submitted") == 1
