"""Work given to a class: dates, rules, who did what, and the release of results."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.assignments import Counts, Kind, Preset
from quizapp.core.errors import NotFound, Refusal
from quizapp.services.assigning import assign_work, assignables
from quizapp.services.assignments import (
    Dates,
    Rules,
    assignment_settings,
    change_assignment,
    check_dates,
    show_results,
)
from quizapp.services.who_did_what import assignment_page
from quizapp.storage.tables import Assignment, Attempt, AuditEntry
from tests.builders.written import begin

HOUR = timedelta(hours=1)


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher()


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


def assign(runtime, teacher, classroom, *, kind=Kind.QUIZ, key="sample:quiz", **values):
    given = {"dates": Dates(), "rules": Rules(), **values}
    return assign_work(runtime, teacher.actor, classroom_id=classroom, kind=kind, content_key=key, **given)


# --- assigning ---------------------------------------------------------------------------------------------------


def test_lessons_and_quizzes_can_be_assigned(runtime, teacher, classroom):
    found = assignables(runtime, teacher.actor, classroom_id=classroom)

    assert [(one.kind, one.key) for one in found] == [
        (Kind.LESSON, "sample:who-says"),
        (Kind.QUIZ, "sample:quiz"),
    ]
    assert found[0].quiz_key == "sample:quiz"
    assert found[1].questions == 6


def test_a_quiz_is_stored_with_its_dates_and_rules(world, runtime, teacher, classroom, connection):
    now = world.now
    dates = Dates(now, now + HOUR, now + 2 * HOUR)

    (made,) = assign(
        runtime,
        teacher,
        classroom,
        dates=dates,
        rules=Rules(Preset.TEST, 1, Counts.LATEST, 30),
        password="open sesame",
    )

    row = connection.execute(select(Assignment.__table__).where(Assignment.id == made)).one()
    assert (row.opens_at, row.due_at, row.closes_at) == (dates.opens_at, dates.due_at, dates.closes_at)
    assert (row.preset, row.attempts_allowed, row.counts, row.limit_seconds) == ("test", 1, "latest", 1800)
    assert runtime.passwords.password_matches(row.password_hash, "open sesame")


def test_a_lesson_comes_with_its_quiz_in_one_go(runtime, teacher, classroom, connection):
    made = assign(
        runtime,
        teacher,
        classroom,
        kind=Kind.LESSON,
        key="sample:who-says",
        with_quiz=True,
        rules=Rules(limit_minutes=20),
        password="secret words",
    )

    rows = connection.execute(select(Assignment.__table__).order_by(Assignment.id)).all()
    assert [row.id for row in rows] == list(made)
    assert [(row.kind, row.limit_seconds, row.password_hash is None) for row in rows] == [
        ("lesson", None, True),
        ("quiz", 1200, False),
    ]


@pytest.mark.parametrize(
    ("hours", "field"),
    [
        ((2, 1, None), "due_at"),
        ((1, 1, None), "due_at"),
        ((2, None, 1), "closes_at"),
        ((1, None, 1), "closes_at"),
        ((None, 2, 1), "closes_at"),
    ],
)
def test_dates_out_of_order_are_refused_at_their_field(world, hours, field):
    dates = Dates(*(world.now + one * HOUR if one else None for one in hours))

    with pytest.raises(Refusal) as refused:
        check_dates(dates)

    assert refused.value.field == field


def test_such_dates_are_stored_neither_at_first_nor_later(world, runtime, teacher, classroom):
    dates = Dates(opens_at=world.now + HOUR, closes_at=world.now)
    quiz = world.assignment(classroom)

    with pytest.raises(Refusal):
        assign(runtime, teacher, classroom, dates=dates)
    with pytest.raises(Refusal):
        change(runtime, teacher, classroom, quiz, dates=dates)


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (Rules(attempts_allowed=0), "attempts_allowed"),
        (Rules(attempts_allowed=21), "attempts_allowed"),
        (Rules(limit_minutes=0), "limit_minutes"),
        (Rules(limit_minutes=1441), "limit_minutes"),
    ],
)
def test_rules_out_of_range_are_refused_at_their_field(runtime, teacher, classroom, rules, field):
    with pytest.raises(Refusal) as refused:
        assign(runtime, teacher, classroom, rules=rules)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "key"),
    [(Kind.QUIZ, "sample:none"), (Kind.LESSON, "sample:quiz"), (Kind.QUIZ, "sample:who-says")],
)
def test_what_is_not_there_cannot_be_assigned(runtime, teacher, classroom, kind, key):
    with pytest.raises(Refusal) as refused:
        assign(runtime, teacher, classroom, kind=kind, key=key)

    assert refused.value.field == "what"


def test_only_its_teachers_give_work_to_a_class(world, runtime, classroom):
    pupil = world.student(classroom=classroom)

    for one in (world.teacher(), world.admin(), pupil):
        with pytest.raises(NotFound):
            assign(runtime, one, classroom)
        with pytest.raises(NotFound):
            assignables(runtime, one.actor, classroom_id=classroom)


# --- changing ----------------------------------------------------------------------------------------------------


def change(runtime, teacher, classroom, assignment, **values):
    given = {"dates": Dates(), "limit_minutes": None, "attempts_allowed": 2, **values}
    return change_assignment(
        runtime, teacher.actor, classroom_id=classroom, assignment_id=assignment, **given
    )


def test_new_dates_move_the_deadlines_of_running_tries(world, runtime, teacher, classroom, connection):
    quiz = world.assignment(classroom, closes_at=world.now + HOUR)
    attempt = begin(world, world.student(classroom=classroom), quiz)

    moved = change(runtime, teacher, classroom, quiz, dates=Dates(closes_at=world.now + 2 * HOUR))

    assert moved == 1
    stored = connection.scalar(select(Attempt.deadline_at).where(Attempt.id == attempt))
    assert stored == world.now + 2 * HOUR


def test_a_shorter_limit_holds_for_running_tries_too(world, runtime, teacher, classroom, connection):
    quiz = world.assignment(classroom, limit_seconds=3600)
    attempt = begin(world, world.student(classroom=classroom), quiz)

    assert change(runtime, teacher, classroom, quiz, limit_minutes=10) == 1

    stored = connection.scalar(select(Attempt.deadline_at).where(Attempt.id == attempt))
    assert stored == world.now + timedelta(minutes=10)


def test_a_change_is_recorded_once_with_before_and_after(world, runtime, teacher, classroom, connection):
    quiz = world.assignment(classroom)

    for _ in range(2):
        change(runtime, teacher, classroom, quiz, attempts_allowed=3)

    entries = connection.execute(
        select(AuditEntry.before, AuditEntry.after).where(AuditEntry.action == "assignment.changed")
    ).all()
    assert [(before["attempts_allowed"], after["attempts_allowed"]) for before, after in entries] == [(2, 3)]
    settings = assignment_settings(runtime, teacher.actor, classroom_id=classroom, assignment_id=quiz)
    assert settings.attempts_allowed == 3


def test_an_assignment_is_found_in_its_own_class_only(world, runtime, teacher, classroom):
    quiz = world.assignment(classroom)
    other = world.classroom(teacher, "10B")

    for call in (assignment_settings, assignment_page, show_results):
        with pytest.raises(NotFound):
            call(runtime, teacher.actor, classroom_id=other, assignment_id=quiz)
        with pytest.raises(NotFound):
            call(runtime, world.teacher().actor, classroom_id=classroom, assignment_id=quiz)
    with pytest.raises(NotFound):
        change(runtime, world.teacher(), classroom, quiz)
