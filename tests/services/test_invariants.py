"""Each promise about attempts is broken by hand, behind the back of every rule, and named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Engine, text

from quizapp.core.permissions import OPERATOR
from quizapp.services import invariants, recomputed
from quizapp.services.invariants import broken_invariants, open_tries
from quizapp.services.shelf import Shelf
from quizapp.storage.engine import WRITES, is_sqlite
from quizapp.storage.inspection import dangling_references
from quizapp.storage.tables import Attempt
from quizapp.storage.triggers import drop_triggers
from tests.builders.school_by_chance import school_by_chance
from tests.builders.sitting import mark, sit_down

WITHOUT_CHECKS = {
    "sqlite": ("PRAGMA ignore_check_constraints=ON",),
    "postgresql": ("ALTER TABLE attempts DROP CONSTRAINT ck_attempts_finished",),
}
WITHOUT_NUMBERING = {
    "sqlite": (
        "PRAGMA defer_foreign_keys=ON",
        "CREATE TABLE copied AS SELECT * FROM attempts",
        "CREATE UNIQUE INDEX ids ON copied (id)",
        "CREATE UNIQUE INDEX ids_of_schools ON copied (school_id, id)",
        "DROP TABLE attempts",
        "ALTER TABLE copied RENAME TO attempts",
    ),
    "postgresql": (
        "ALTER TABLE attempts DROP CONSTRAINT uq_attempts_assignment_id_student_id_number CASCADE",
    ),
}
ONE_MORE_ANSWER = """INSERT INTO responses (school_id, attempt_id, slot, value, is_flagged, lease, seq, saved_at)
    SELECT school_id, attempt_id, 77, value, is_flagged, lease, seq, saved_at FROM responses
    WHERE attempt_id = {open}"""
ONE_MORE_RECORD = """INSERT INTO audit_entries
    (school_id, at, actor_role, action, subject_kind, subject_id, before, after)
    SELECT school_id, at, actor_role, action, subject_kind, subject_id, before, after FROM audit_entries
    WHERE action = 'attempt.submitted'"""
ANOTHER_QUESTION = """UPDATE attempt_slots SET question_version_id = (SELECT s.question_version_id
    FROM attempt_slots s WHERE s.attempt_id = {closed} AND s.slot = 2) WHERE attempt_id = {closed} AND slot = 1"""

BREAKS = [
    ("at most one open try of a student at an assignment", "DROP INDEX uq_attempts_one_open",
     "UPDATE attempts SET state = 'in_progress', finished_at = NULL"),
    ("tries are numbered once", WITHOUT_NUMBERING, "UPDATE attempts SET number = 1"),
    ("no try ends before it starts", "UPDATE attempts SET deadline_at = '2020-01-01 00:00:00.000000'"),
    ("a try has a finish exactly when it is handed in", WITHOUT_CHECKS, "UPDATE attempts SET finished_at = NULL"),
    ("the questions of a try are numbered from 1",
     "UPDATE attempt_slots SET slot = 100 WHERE attempt_id = {open} AND slot = 1"),
    ("the questions of a try are numbered from 1", "DELETE FROM attempt_slots WHERE attempt_id = {open}"),
    ("the marks of a try add up to what can be had", "UPDATE attempts SET max_points = max_points + 10000"),
    ("every acknowledged answer has a stored value at least as new",
     "DELETE FROM responses WHERE attempt_id = {open}"),
    ("every acknowledged answer has a stored value at least as new",
     "UPDATE responses SET lease = 0 WHERE attempt_id = {open}"),
    ("every stored answer is in the history, value for value",
     """UPDATE responses SET value = '"another"' WHERE attempt_id = {open}"""),
    ("every stored answer is in the history, value for value",
     "DELETE FROM response_history WHERE attempt_id = {open}"),
    ("nothing is stored for a question that was not asked", ONE_MORE_ANSWER),
    ("an answer came from a window that had been given its place", "UPDATE attempts SET lease = 0"),
    ("one snapshot for every time that a try was handed in", "DELETE FROM snapshots"),
    ("one snapshot for every time that a try was handed in", "UPDATE snapshots SET generation = 2"),
    ("a try is graded exactly when every question has a score",
     "DELETE FROM scores WHERE attempt_id = {closed} AND slot = 1"),
    ("a try is graded exactly when every question has a score",
     "UPDATE attempts SET state = 'submitted' WHERE id = {closed}"),
    ("a score is worth its share of the marks", "UPDATE scores SET points = points + 1"),
    ("only a student's own try at that quiz counts, no preview and none that was voided",
     "UPDATE grades SET counting_attempt_id = 999999"),
    ("only a student's own try at that quiz counts, no preview and none that was voided",
     "UPDATE attempts SET is_preview = TRUE"),
    ("every try has one start on record", "DELETE FROM audit_entries WHERE action = 'attempt.started'"),
    (recomputed.ORDER, ANOTHER_QUESTION),
    (recomputed.ORDER, "UPDATE attempt_slots SET variant = 'none' WHERE attempt_id = {closed}"),
    (recomputed.SNAPSHOT, "UPDATE snapshots SET hash = 'another'"),
    (recomputed.SNAPSHOT, "UPDATE snapshots SET receipt = 'another'"),
    (recomputed.SNAPSHOT, "UPDATE snapshots SET body = 'not what it was'"),
    (recomputed.STORED, "UPDATE responses SET seq = seq + 1 WHERE attempt_id = {closed}"),
    (recomputed.MACHINE_SCORE,
     "UPDATE scores SET earned = 0, points = 0 WHERE given_by = 'machine' AND slot = 1"),
    (recomputed.TEACHER_SCORE, "UPDATE scores SET earned = 0, points = 0 WHERE given_by = 'teacher'"),
    (recomputed.TRANSITIONS, "DELETE FROM audit_entries WHERE action = 'attempt.graded'"),
    (recomputed.TRANSITIONS, ONE_MORE_RECORD),
    (recomputed.GRADE, "UPDATE grades SET points = points + 1"),
    (recomputed.GRADE, "DELETE FROM grades"),
    (recomputed.VERSION, "UPDATE content_versions SET hash = 'another'"),
    (invariants.TRIGGERS, "SELECT 1"),
    (invariants.INDEXES, "DROP INDEX uq_attempts_one_open"),
]  # fmt: skip


@pytest.fixture
def sitting(world):
    """A try that is handed in and marked, and a second one that is open with an answer in it."""
    sitting = sit_down(world, attempts_allowed=3)
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    mark(
        world.runtime,
        sitting.teacher.actor,
        attempt_id=sitting.attempt_id,
        slot=sitting.written_slot,
        level=1,
    )
    again = sitting.again()
    again.save_all({1: again.wrong_answer(1)})
    return sitting


def broken(runtime):
    """Return what a process that has just started finds broken."""
    found = broken_invariants(replace(runtime, shelf=Shelf()), OPERATOR)
    return {finding.promise: finding for finding in found if finding.broken}


def test_nothing_is_broken_where_only_services_wrote(sitting):
    assert broken(sitting.runtime) == {}


@pytest.mark.parametrize("seed", [2, 3])
def test_nothing_is_broken_in_a_school_by_chance(world, seed):
    school_by_chance(world, seed)

    assert broken(world.runtime) == {}


@pytest.mark.parametrize(("promise", "statements"), [(one[0], one[1:]) for one in BREAKS])
def test_a_promise_that_is_broken_by_hand_is_named(sitting, connection, promise, statements):
    closed, opened = (row.id for row in sitting.rows(Attempt))
    drop_triggers(connection)

    for given in statements:
        for statement in (given,) if isinstance(given, str) else given[connection.dialect.name]:
            connection.exec_driver_sql(
                statement.replace("{closed}", str(closed)).replace("{open}", str(opened))
            )
    found = broken(sitting.runtime)
    if is_sqlite(connection):
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")

    assert promise in found
    assert found[promise].first


def test_every_promise_is_broken_by_some_test(sitting):
    named = {finding.promise for finding in broken_invariants(sitting.runtime, OPERATOR)}

    assert named == {one[0] for one in BREAKS} | {invariants.REFERENCES}


def test_a_reference_that_leads_nowhere_is_found_where_it_is_possible(engine: Engine):
    dangling = (
        "INSERT INTO staff_views (id, school_id, at, viewer_id, student_id, page) "
        "VALUES (1, 999999, '2026-11-23 12:00:00.000000', 1, 1, 'x')"
    )

    with (
        engine.execution_options(**{WRITES: True}).connect() as connection,
        connection.begin() as transaction,
    ):
        if is_sqlite(engine):
            connection.execute(text("PRAGMA defer_foreign_keys=ON"))
            connection.execute(text(dangling))
        found = dangling_references(connection)
        transaction.rollback()

    assert found == (["staff_views"] if is_sqlite(engine) else [])


def test_open_tries_are_counted_and_those_past_their_time(world, clock):
    sit_down(world, limit_seconds=600)

    before = open_tries(world.runtime, OPERATOR)
    clock.move(minutes=12)
    after = open_tries(world.runtime, OPERATOR)

    assert (before.count, before.overdue) == (1, 0)
    assert (after.count, after.overdue) == (1, 1)


def test_a_cell_whose_try_waits_for_the_clocks_worker_is_not_called_broken(world, clock):
    sit_down(world, limit_seconds=600)
    clock.move(minutes=12)

    assert broken(world.runtime) == {}
