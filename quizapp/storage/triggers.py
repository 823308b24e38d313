"""Rules that the database itself keeps, on both engines.

Alembic's batch mode on SQLite drops triggers without a word, so they live here and not in a migration:
`drop_triggers` before and `create_triggers` after every upgrade.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from quizapp.storage.engine import is_sqlite

APPEND_ONLY = (
    "audit_entries",
    "check_ins",
    "practice_answers",
    "response_history",
    "scores",
    "snapshots",
    "staff_views",
)
IMMUTABLE = ("assets", "attempt_slots", "content_versions")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule: when ``condition`` holds for a row, ``event`` on ``table`` is refused with ``message``.

    Conditions are written in the SQL that both engines share; ``{row}`` is NEW where rows are inserted, else OLD.
    """

    name: str
    table: str
    event: str
    condition: str
    message: str


_NOT_ERASING = "NOT EXISTS (SELECT 1 FROM erasures)"


_CLOSED = (
    "EXISTS (SELECT 1 FROM attempts WHERE attempts.id = {row}.attempt_id AND attempts.state <> 'in_progress')"
)
_REOPENED = "OLD.state IN ('submitted', 'graded') AND NEW.state = 'in_progress'"
_BACKWARDS = "NEW.deadline_at < NEW.started_at OR NEW.finished_at < NEW.started_at"
_NOT_OF_THIS_CELL = (
    "NEW.counting_attempt_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM attempts "
    "WHERE attempts.id = NEW.counting_attempt_id AND attempts.assignment_id = NEW.assignment_id "
    "AND attempts.student_id = NEW.student_id AND NOT attempts.is_preview AND attempts.state <> 'voided')"
)

_RESPONSES = (
    Trigger("responses_closed_insert", "responses", "INSERT", _CLOSED, "the attempt is closed"),
    Trigger("responses_closed_update", "responses", "UPDATE", _CLOSED, "the attempt is closed"),
    Trigger(
        "responses_closed_delete",
        "responses",
        "DELETE",
        f"{_CLOSED} AND {_NOT_ERASING}",
        "the attempt is closed",
    ),
    Trigger(
        "responses_only_newer",
        "responses",
        "UPDATE",
        "NEW.attempt_id <> OLD.attempt_id OR NEW.slot <> OLD.slot OR NEW.lease < OLD.lease "
        "OR (NEW.lease = OLD.lease AND NEW.seq < OLD.seq)",
        "a newer answer is stored",
    ),
)

_ATTEMPTS = (
    Trigger(
        "attempts_void_is_final",
        "attempts",
        "UPDATE",
        f"OLD.state = 'voided' AND {_NOT_ERASING}",
        "a voided attempt is final",
    ),
    Trigger("attempts_no_delete", "attempts", "DELETE", _NOT_ERASING, "an attempt is never deleted"),
    Trigger(
        "attempts_frozen_at_start",
        "attempts",
        "UPDATE",
        "NEW.assignment_id <> OLD.assignment_id OR NEW.student_id <> OLD.student_id OR NEW.number <> OLD.number "
        "OR NEW.seed <> OLD.seed OR NEW.started_at <> OLD.started_at OR NEW.is_preview <> OLD.is_preview "
        "OR NEW.lease < OLD.lease",
        "what the start of an attempt decided is final",
    ),
    Trigger(
        "attempts_only_known_edges",
        "attempts",
        "UPDATE",
        "OLD.state = 'graded' AND NEW.state = 'submitted'",
        "no such edge leaves this state",
    ),
    Trigger(
        "attempts_generation_counts_reopenings",
        "attempts",
        "UPDATE",
        f"NEW.generation <> OLD.generation + CASE WHEN {_REOPENED} THEN 1 ELSE 0 END",
        "a generation begins with each reopening",
    ),
    Trigger(
        "attempts_closed_with_snapshot",
        "attempts",
        "UPDATE",
        "OLD.state = 'in_progress' AND NEW.state IN ('submitted', 'graded') AND NOT EXISTS (SELECT 1 "
        "FROM snapshots WHERE snapshots.attempt_id = NEW.id AND snapshots.generation = NEW.generation)",
        "an attempt is handed in with its snapshot",
    ),
    Trigger("attempts_time_insert", "attempts", "INSERT", _BACKWARDS, "an attempt ends before it starts"),
    Trigger("attempts_time_update", "attempts", "UPDATE", _BACKWARDS, "an attempt ends before it starts"),
)

_GRADES = (
    Trigger("grades_count_insert", "grades", "INSERT", _NOT_OF_THIS_CELL, "this attempt does not count here"),
    Trigger(
        "grades_count_update",
        "grades",
        # Not of other columns: the cell of an attempt that was voided is locked before it is computed anew.
        "UPDATE OF counting_attempt_id",
        _NOT_OF_THIS_CELL,
        "this attempt does not count here",
    ),
)


def _only_grows(table: str) -> tuple[Trigger, Trigger]:
    message = f"{table} is append-only"
    return (
        Trigger(f"{table}_no_update", table, "UPDATE", _NOT_ERASING, message),
        Trigger(f"{table}_no_delete", table, "DELETE", _NOT_ERASING, message),
    )


TRIGGERS = (
    *(trigger for table in APPEND_ONLY + IMMUTABLE for trigger in _only_grows(table)),
    *_RESPONSES,
    *_ATTEMPTS,
    *_GRADES,
)


def create_triggers(connection: Connection) -> None:
    """Create every trigger; they must not exist yet."""
    for trigger in TRIGGERS:
        for statement in _statements(connection, trigger):
            connection.execute(text(statement))


def missing_triggers(connection: Connection) -> list[str]:
    """Return the names of the rules that this database does not keep."""
    return sorted({trigger.name for trigger in TRIGGERS} - _installed(connection).keys())


def drop_triggers(connection: Connection) -> None:
    """Drop every trigger that is there."""
    for name, table in _installed(connection).items():
        if is_sqlite(connection):
            connection.execute(text(f'DROP TRIGGER "{name}"'))
            continue
        connection.execute(text(f'DROP TRIGGER "{name}" ON "{table}"'))
        connection.execute(text(f'DROP FUNCTION IF EXISTS "{name}"()'))


def _installed(connection: Connection) -> dict[str, str]:
    """Return the table of each trigger that is there, by the trigger's name."""
    found = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    if not is_sqlite(connection):
        found = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
        )
    return dict(connection.execute(text(found)).all())


def _statements(connection: Connection, trigger: Trigger) -> list[str]:
    # A row that changes is judged by what it was: a closed attempt's answer may not be moved elsewhere either.
    row = "NEW" if trigger.event == "INSERT" else "OLD"
    condition = trigger.condition.format(row=row)
    head = f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}" FOR EACH ROW'
    if is_sqlite(connection):
        return [f"{head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"]
    refuse = f"RAISE EXCEPTION '{trigger.message}' USING ERRCODE = 'integrity_constraint_violation'"
    go_on = "RETURN OLD" if trigger.event == "DELETE" else "RETURN NEW"
    body = f"BEGIN IF ({condition}) THEN {refuse}; END IF; {go_on}; END"
    return [
        f'CREATE FUNCTION "{trigger.name}"() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$',
        f'{head} EXECUTE FUNCTION "{trigger.name}"()',
    ]
