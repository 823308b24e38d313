"""What one student is allowed: set once, everywhere, also for tries that are running."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.deadlines import Factor
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import OPERATOR
from quizapp.services.accommodations import (
    LONGEST_NOTE,
    Allowance,
    end_accommodation,
    set_accommodation,
)
from quizapp.services.students import student_page
from quizapp.services.sweeping import sweep_overdue
from quizapp.services.who_did_what import assignment_page
from quizapp.storage.tables import Accommodation, Attempt, AuditEntry
from tests.builders.written import begin, hand_in_written

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher()


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


@pytest.fixture
def student(world, classroom):
    return world.student("Reads slowly", classroom=classroom)


def allow(runtime, teacher, student, **values):
    return set_accommodation(runtime, teacher.actor, student_id=student.id, allowance=Allowance(**values))


def lines(runtime, teacher, student):
    return student_page(runtime, teacher.actor, student_id=student.id).accommodations


def test_more_time_moves_limit_and_closes_for_that_student_only(world, runtime, teacher, classroom, student):
    quiz = world.assignment(classroom, limit_seconds=1200, closes_at=world.now + DAY)
    other = world.student(classroom=classroom)

    allow(runtime, teacher, student, factor=Factor.HALF_MORE, extra_attempts=1, hides_clock=True)

    page = assignment_page(runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz)
    windows = {row.student_id: row.window for row in page.rows}
    mine, theirs = windows[student.id], windows[other.id]
    assert (mine.limit, theirs.limit) == (timedelta(minutes=30), timedelta(minutes=20))
    assert mine.closes_at - theirs.closes_at == timedelta(minutes=10)
    assert (mine.attempts_allowed, mine.hides_clock, mine.includes_extra_time) == (3, True, True)
    assert {row.student_id for row in page.rows if row.has_own_dates} == {student.id}


def test_a_running_try_gets_the_time_at_once(world, runtime, teacher, classroom, student, connection):
    quiz = world.assignment(classroom, limit_seconds=1200)
    attempt = begin(world, student, quiz)

    assert allow(runtime, teacher, student, factor=Factor.DOUBLE) == 1

    stored = connection.scalar(select(Attempt.deadline_at).where(Attempt.id == attempt))
    assert stored == world.now + timedelta(minutes=40)
    (line,) = lines(runtime, teacher, student)
    assert end_accommodation(runtime, teacher.actor, student_id=student.id, accommodation_id=line.id) == 1
    stored = connection.scalar(select(Attempt.deadline_at).where(Attempt.id == attempt))
    assert stored == world.now + timedelta(minutes=20)


def test_an_untimed_student_has_no_limit_in_a_running_try(
    world, runtime, teacher, classroom, student, connection
):
    quiz = world.assignment(classroom, limit_seconds=1200)
    attempt = begin(world, student, quiz)

    allow(runtime, teacher, student, is_untimed=True)

    assert connection.scalar(select(Attempt.deadline_at).where(Attempt.id == attempt)) is None


def test_the_one_set_last_holds_and_the_one_before_has_ended(runtime, teacher, student, connection):
    allow(runtime, teacher, student, factor=Factor.DOUBLE)
    allow(runtime, teacher, student, factor=Factor.QUARTER_MORE, note="  agreed with the parents ")

    (line,) = lines(runtime, teacher, student)

    assert (line.allowance.factor, line.allowance.note) == (Factor.QUARTER_MORE, "agreed with the parents")
    ended = connection.execute(select(Accommodation.ended_at).order_by(Accommodation.id)).all()
    assert [row[0] is None for row in ended] == [False, True]


def test_one_that_begins_later_leaves_the_present_one_until_then(world, runtime, teacher, student, clock):
    allow(runtime, teacher, student, factor=Factor.DOUBLE)
    allow(runtime, teacher, student, factor=Factor.HALF_MORE, valid_from=world.now + DAY)

    today = [(one.allowance.factor, one.is_in_force) for one in lines(runtime, teacher, student)]
    clock.move(days=2)
    later = [(one.allowance.factor, one.is_in_force) for one in lines(runtime, teacher, student)]

    assert today == [(Factor.DOUBLE, True), (Factor.HALF_MORE, False)]
    assert later == [(Factor.HALF_MORE, True)]


def test_after_its_last_day_it_is_over(world, runtime, teacher, student, clock):
    allow(runtime, teacher, student, factor=Factor.DOUBLE, valid_to=world.now + DAY)

    clock.move(days=1)

    assert lines(runtime, teacher, student) == ()


# --- as time passes ----------------------------------------------------------------------------------------------


@pytest.fixture
def deadline(connection):
    """Return a function that reads the stored deadline of a try."""
    return lambda attempt: connection.scalar(select(Attempt.deadline_at).where(Attempt.id == attempt))


@pytest.fixture
def moves(connection):
    """Return a function that reads who moved deadlines, and of which school that is noted."""

    def read():
        rows = connection.execute(
            select(AuditEntry.actor_role, AuditEntry.school_id, AuditEntry.subject_id).where(
                AuditEntry.action == "attempt.deadline_moved"
            )
        )
        return [tuple(row) for row in rows]

    return read


def test_a_running_try_moves_when_the_first_day_comes_and_only_once(
    world, runtime, teacher, classroom, student, clock, deadline, moves
):
    begun = world.now
    attempt = begin(world, student, world.assignment(classroom, limit_seconds=7200))
    allow(runtime, teacher, student, factor=Factor.DOUBLE, valid_from=begun + HOUR)

    sweep_overdue(runtime, OPERATOR)
    before = deadline(attempt)
    clock.move(minutes=61)
    sweep_overdue(runtime, OPERATOR)
    sweep_overdue(runtime, OPERATOR)

    assert (before, deadline(attempt)) == (begun + 2 * HOUR, begun + 4 * HOUR)
    assert moves() == [("operator", world.school_id, attempt)]


def test_a_running_try_moves_back_when_the_last_day_is_over(
    world, runtime, teacher, classroom, student, clock, deadline
):
    begun = world.now
    allow(runtime, teacher, student, factor=Factor.DOUBLE, valid_to=begun + HOUR)
    attempt = begin(world, student, world.assignment(classroom, limit_seconds=7200))

    clock.move(minutes=61)
    sweep_overdue(runtime, OPERATOR)

    assert deadline(attempt) == begun + 2 * HOUR


def test_the_next_one_takes_over_on_its_day(world, runtime, teacher, classroom, student, clock, deadline):
    begun = world.now
    allow(runtime, teacher, student, factor=Factor.DOUBLE)
    allow(runtime, teacher, student, factor=Factor.HALF_MORE, valid_from=begun + HOUR)
    attempt = begin(world, student, world.assignment(classroom, limit_seconds=7200))

    clock.move(minutes=61)
    sweep_overdue(runtime, OPERATOR)

    assert deadline(attempt) == begun + 3 * HOUR


def test_whose_time_ends_in_the_same_round_is_not_cut_off_by_the_old_deadline(
    world, runtime, teacher, classroom, student, clock, deadline
):
    begun = world.now
    attempt = begin(world, student, world.assignment(classroom, limit_seconds=3600))
    allow(runtime, teacher, student, factor=Factor.DOUBLE, valid_from=begun + HOUR)

    clock.move(hours=1, minutes=5)

    assert sweep_overdue(runtime, OPERATOR) == 0
    assert deadline(attempt) == begun + 2 * HOUR


def test_a_try_that_was_over_before_is_handed_in_and_not_woken_up(
    world, runtime, teacher, classroom, student, clock, moves
):
    begin(world, student, world.assignment(classroom, limit_seconds=3600))
    allow(runtime, teacher, student, factor=Factor.DOUBLE, valid_from=world.now + DAY)

    clock.move(days=1, minutes=5)

    assert sweep_overdue(runtime, OPERATOR) == 1
    assert moves() == []


def test_one_that_was_ended_before_its_day_moves_nothing(
    world, runtime, teacher, classroom, student, clock, moves
):
    begin(world, student, world.assignment(classroom, limit_seconds=7200))
    allow(runtime, teacher, student, factor=Factor.DOUBLE, valid_from=world.now + HOUR)
    (line,) = lines(runtime, teacher, student)
    end_accommodation(runtime, teacher.actor, student_id=student.id, accommodation_id=line.id)

    clock.move(minutes=61)
    sweep_overdue(runtime, OPERATOR)

    assert moves() == []


def test_other_students_and_handed_in_tries_are_left_alone(
    world, runtime, teacher, classroom, student, clock, moves
):
    quiz = world.assignment(classroom, limit_seconds=7200)
    begin(world, world.student(classroom=classroom), quiz)
    hand_in_written(world, student, quiz)
    allow(runtime, teacher, student, factor=Factor.DOUBLE, valid_from=world.now + HOUR)

    clock.move(minutes=61)
    sweep_overdue(runtime, OPERATOR)

    assert moves() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"extra_attempts": -1}, "extra_attempts"),
        ({"extra_attempts": 21}, "extra_attempts"),
        ({"note": "x" * (LONGEST_NOTE + 1)}, "note"),
    ],
)
def test_what_is_out_of_range_is_refused_at_its_field(runtime, teacher, student, values, field):
    with pytest.raises(Refusal) as refused:
        allow(runtime, teacher, student, **values)

    assert refused.value.field == field


@pytest.mark.parametrize(("begins", "ends"), [(0, 0), (2, 1), (-3, -1)])
def test_it_ends_after_it_begins_and_not_in_the_past(world, runtime, teacher, student, begins, ends):
    with pytest.raises(Refusal) as refused:
        allow(
            runtime,
            teacher,
            student,
            valid_from=world.now + begins * DAY,
            valid_to=world.now + ends * DAY,
        )

    assert refused.value.field == "valid_to"


def test_only_the_own_teachers_set_see_and_end_it(world, runtime, teacher, student):
    allow(runtime, teacher, student, factor=Factor.DOUBLE)
    (line,) = lines(runtime, teacher, student)

    for one in (world.teacher(), world.admin(), student):
        with pytest.raises(NotFound):
            allow(runtime, one, student)
        with pytest.raises(NotFound):
            lines(runtime, one, student)
        with pytest.raises(NotFound):
            end_accommodation(runtime, one.actor, student_id=student.id, accommodation_id=line.id)


def test_one_of_another_student_cannot_be_ended(world, runtime, teacher, classroom, student):
    allow(runtime, teacher, student, factor=Factor.DOUBLE)
    (line,) = lines(runtime, teacher, student)
    other = world.student(classroom=classroom)

    with pytest.raises(NotFound):
        end_accommodation(runtime, teacher.actor, student_id=other.id, accommodation_id=line.id)


def test_the_audit_tells_that_but_not_what(runtime, teacher, student, connection):
    allow(runtime, teacher, student, factor=Factor.DOUBLE, note="Dyslexia")

    rows = connection.execute(
        select(AuditEntry.before, AuditEntry.after, AuditEntry.reason).where(
            AuditEntry.action == "accommodation.set"
        )
    ).all()
    assert [tuple(row) for row in rows] == [(None, None, None)]
