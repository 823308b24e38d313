"""What the database refuses by itself, whoever asks: each rule is tried with plain SQL, on both engines."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from quizapp.core.attempts import State, is_transition
from quizapp.storage.tables import Attempt
from quizapp.storage.triggers import APPEND_ONLY, IMMUTABLE, TRIGGERS
from tests.builders.sitting import Sitting, mark, sit_down
from tests.builders.world import World

REFUSED = [
    ("the attempt is closed", "UPDATE responses SET seq = seq + 1 WHERE attempt_id = {closed}"),
    ("the attempt is closed", "DELETE FROM responses WHERE attempt_id = {closed}"),
    (
        "the attempt is closed",
        """INSERT INTO responses (school_id, attempt_id, slot, value, is_flagged, lease, seq, saved_at)
        SELECT school_id, attempt_id, 77, value, is_flagged, lease, seq, saved_at FROM responses
        WHERE attempt_id = {closed} AND slot = 1""",
    ),
    ("a newer answer is stored", "UPDATE responses SET lease = lease - 1 WHERE attempt_id = {open}"),
    ("a newer answer is stored", "UPDATE responses SET seq = seq - 1 WHERE attempt_id = {open}"),
    ("a newer answer is stored", "UPDATE responses SET slot = 3 WHERE attempt_id = {open}"),
    ("an attempt is never deleted", "DELETE FROM attempts WHERE id = {closed}"),
    ("what the start of an attempt decided is final", "UPDATE attempts SET seed = seed + 1"),
    ("what the start of an attempt decided is final", "UPDATE attempts SET number = number + 7"),
    ("what the start of an attempt decided is final", "UPDATE attempts SET is_preview = TRUE"),
    ("what the start of an attempt decided is final", "UPDATE attempts SET lease = lease - 1"),
    ("no such edge leaves this state", "UPDATE attempts SET state = 'submitted' WHERE id = {closed}"),
    ("a generation begins with each reopening", "UPDATE attempts SET generation = 2 WHERE id = {open}"),
    (
        "a generation begins with each reopening",
        "UPDATE attempts SET state = 'in_progress', finished_at = NULL WHERE id = {closed}",
    ),
    (
        "an attempt is handed in with its snapshot",
        "UPDATE attempts SET state = 'submitted', finished_at = started_at WHERE id = {open}",
    ),
    (
        "an attempt ends before it starts",
        "UPDATE attempts SET deadline_at = '2020-01-01 00:00:00.000000' WHERE id = {open}",
    ),
    (
        "an attempt ends before it starts",
        "UPDATE attempts SET finished_at = '2020-01-01 00:00:00.000000' WHERE id = {closed}",
    ),
    ("this attempt does not count here", "UPDATE grades SET counting_attempt_id = 999999"),
    *((f"{table} is append-only", f"UPDATE {table} SET {{column}} = {{column}}") for table in IMMUTABLE),
    *((f"{table} is append-only", f"DELETE FROM {table}") for table in IMMUTABLE),
    ("scores is append-only", "UPDATE scores SET points = points + 1"),
    ("response_history is append-only", "DELETE FROM response_history"),
    ("snapshots is append-only", "UPDATE snapshots SET receipt = 'another'"),
]
COLUMNS = {"assets": "bytes", "attempt_slots": "marks", "content_versions": "body"}


@pytest.fixture
def sitting(world: World) -> Sitting:
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


@pytest.mark.parametrize(("message", "statement"), REFUSED)
def test_the_database_refuses(sitting: Sitting, connection: Connection, message: str, statement: str) -> None:
    closed, opened = (row.id for row in sitting.rows(Attempt))
    column = COLUMNS.get(message.partition(" ")[0], "")
    connection.exec_driver_sql(
        "INSERT INTO assets (sha256, media_type, bytes, created_at) "
        "VALUES ('x', 'image/png', '', '2026-11-23 12:00:00.000000')"
    )

    with pytest.raises(DBAPIError, match=message), connection.begin_nested():
        connection.exec_driver_sql(statement.format(closed=closed, open=opened, column=column))


def test_only_a_students_own_try_can_count(sitting: Sitting, connection: Connection) -> None:
    other = sit_down(sitting.world)
    statement = (
        "INSERT INTO grades (school_id, assignment_id, student_id, state, counting_attempt_id, is_excused, "
        f"computed_at) SELECT school_id, assignment_id, {sitting.student.id}, 'graded', {other.attempt_id}, FALSE, "
        f"computed_at FROM grades WHERE assignment_id = {other.assignment_id}"
    )

    with pytest.raises(DBAPIError, match="does not count here"), connection.begin_nested():
        connection.exec_driver_sql(statement)


def test_the_edges_that_the_database_knows_are_those_of_the_core() -> None:
    refused = {(State.GRADED, State.SUBMITTED), *((State.VOIDED, state) for state in State)}
    # Handing in and grading in one deed is one change of the row.
    in_one_deed = {(State.IN_PROGRESS, State.GRADED)}

    allowed = {pair for pair in itertools.product(State, State) if is_transition(*pair)}

    changes = {(before, after) for before, after in allowed if before is not after} | in_one_deed
    everything = {(before, after) for before, after in itertools.permutations(State, 2)}
    assert changes == everything - refused


def test_every_table_that_only_grows_has_both_rules() -> None:
    names = {trigger.name for trigger in TRIGGERS}

    assert {
        f"{table}_no_{deed}" for table in APPEND_ONLY + IMMUTABLE for deed in ("update", "delete")
    } <= names
