"""The live view: who is in and how far, in two statements, with nothing that only one student has."""

from __future__ import annotations

import pytest

from quizapp.core.deadlines import Factor
from quizapp.core.errors import NotFound
from quizapp.services.access.attempts import TryPlace
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.live_quiz import QUIET_AFTER, Presence, live_page, live_quiz
from quizapp.services.saving import Arrived
from quizapp.services.try_deeds import extend_attempt, reopen_attempt, void_attempt
from tests.builders.sitting import sit_down
from tests.builders.written import begin
from tests.support.statements import count_statements


@pytest.fixture
def sitting(world):
    return sit_down(world, limit_seconds=1200)


def look(sitting, deed=live_quiz, by=None):
    at = {"classroom_id": sitting.classroom, "assignment_id": sitting.assignment_id}
    return deed(sitting.runtime, (by or sitting.teacher).actor, **at)


def line_of(sitting, student=None):
    wanted = (student or sitting.student).id
    return next(line for line in look(sitting).lines if line.student_id == wanted)


def decide(sitting, deed, seen=0, **values):
    place = TryPlace(sitting.classroom, sitting.assignment_id, sitting.attempt_id)
    return deed(
        sitting.runtime, sitting.teacher.actor, place=place, reason="The alarm rang", seen=seen, **values
    )


def test_it_tells_who_is_in_who_has_handed_in_and_who_has_not_started(sitting, world):
    waiting, done = (world.student(classroom=sitting.classroom) for _ in range(2))
    begin(world, done, sitting.assignment_id)
    other = sit_down_as(sitting, done)
    other.submit()

    found = look(sitting)

    assert line_of(sitting).presence is Presence.IN
    assert line_of(sitting, waiting).presence is Presence.NOT_STARTED
    assert line_of(sitting, done).presence is Presence.HANDED_IN
    assert [found.count(one) for one in Presence] == [1, 1, 1]


def sit_down_as(sitting, student):
    """Return a sitting of another student of the class at the open try."""
    attempt = begin(sitting.world, student, sitting.assignment_id)
    return type(sitting)(**{**sitting.__dict__, "student": student, "attempt_id": attempt})


def test_it_counts_answers_that_are_given_and_not_those_that_were_cleared(sitting, clock):
    lease = sitting.lease()
    sitting.save(lease, Arrived(1, 1, sitting.wrong_answer(1)), Arrived(2, 2, sitting.wrong_answer(2)))
    sitting.save(lease, Arrived(2, 3, None))

    line = line_of(sitting)

    assert (line.answered, line.questions, line.last_saved_at) == (1, len(sitting.asked), clock.now)


def test_whoever_saves_nothing_for_long_is_pointed_out(sitting, clock):
    clock.move(seconds=QUIET_AFTER.total_seconds() + 1)
    assert (line_of(sitting).is_quiet, look(sitting).quiet) == (True, 1)

    sitting.save(sitting.lease(), Arrived(1, 1, sitting.wrong_answer(1)))

    assert not line_of(sitting).is_quiet


def test_the_open_try_is_shown_before_a_newer_one(sitting):
    sitting.submit()
    second = sitting.again()
    second.submit()

    decide(sitting, reopen_attempt, minutes=5)

    line = line_of(sitting)
    assert (line.presence, line.attempt_id) == (Presence.IN, sitting.attempt_id)


def test_who_ran_out_of_time_is_shown_as_handed_in_and_a_try_set_aside_not_at_all(sitting, clock):
    clock.move(minutes=22)
    assert line_of(sitting).presence is Presence.HANDED_IN

    decide(sitting, void_attempt)

    assert line_of(sitting).presence is Presence.NOT_STARTED


def test_the_version_changes_with_what_is_shown_and_with_nothing_else(sitting, clock):
    first = look(sitting).version
    clock.move(seconds=20)
    later = look(sitting).version
    sitting.save(sitting.lease(), Arrived(1, 1, sitting.wrong_answer(1)))

    assert first == later != look(sitting).version


def test_more_time_and_what_a_student_is_allowed_leave_no_trace(sitting, world):
    before = look(sitting).version

    decide(sitting, extend_attempt, minutes=5)
    set_accommodation(
        world.runtime,
        sitting.teacher.actor,
        student_id=sitting.student.id,
        allowance=Allowance(factor=Factor.DOUBLE, extra_attempts=2, hides_clock=True, note="Private"),
    )

    assert look(sitting).version == before


def test_a_look_takes_two_statements_however_many_are_in(sitting, world):
    for _ in range(4):
        begin(world, world.student(classroom=sitting.classroom), sitting.assignment_id)

    with count_statements(world.runtime.database._connection) as sent:
        look(sitting)

    assert len(sent) == 2, sent


def test_only_who_teaches_the_class_looks_and_only_at_a_quiz(sitting, world):
    lesson = world.assignment(sitting.classroom, kind="lesson", content_key="sample:who-says")

    for stranger in (world.teacher(), world.admin(), sitting.student):
        for deed in (live_quiz, live_page):
            with pytest.raises(NotFound):
                look(sitting, deed, by=stranger)
    with pytest.raises(NotFound):
        live_quiz(world.runtime, sitting.teacher.actor, classroom_id=sitting.classroom, assignment_id=lesson)
