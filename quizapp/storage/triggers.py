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
IMMUTABLE = ("content_versions", "attempt_slots")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule: when ``condition`` holds for a row, ``event`` on ``table`` is refused with ``message``.

    Conditions are written in the SQL that both engines share; ``{row}`` is NEW or OLD.
    """

    name: str
    table: str
    event: str
    condition: str
    message: str


_NOT_ERASING = "NOT EXISTS (SELECT 1 FROM erasures)"


def _all_triggers() -> list[Trigger]:
    triggers = []
    for table in APPEND_ONLY + IMMUTABLE:
        triggers.append(
            Trigger(f"{table}_no_update", table, "UPDATE", _NOT_ERASING, f"{table} is append-only")
        )
        triggers.append(
            Trigger(f"{table}_no_delete", table, "DELETE", _NOT_ERASING, f"{table} is append-only")
        )
    closed = "EXISTS (SELECT 1 FROM attempts WHERE attempts.id = {row}.attempt_id AND attempts.state <> 'in_progress')"
    for event in ("INSERT", "UPDATE", "DELETE"):
        condition = closed if event != "DELETE" else f"{closed} AND {_NOT_ERASING}"
        triggers.append(
            Trigger(
                f"responses_closed_{event.lower()}", "responses", event, condition, "the attempt is closed"
            )
        )
    triggers.append(
        Trigger(
            "attempts_void_is_final",
            "attempts",
            "UPDATE",
            "{row}.state = 'voided' AND " + _NOT_ERASING,
            "a voided attempt is final",
        )
    )
    return triggers


TRIGGERS = tuple(_all_triggers())


def create_triggers(connection: Connection) -> None:
    """Create every trigger; they must not exist yet."""
    for trigger in TRIGGERS:
        for statement in _statements(connection, trigger):
            connection.execute(text(statement))


def drop_triggers(connection: Connection) -> None:
    """Drop every trigger of ours that is there."""
    if is_sqlite(connection):
        names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        for name in names:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        return
    rows = connection.execute(
        text(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE NOT t.tgisinternal AND n.nspname = current_schema()"
        )
    ).all()
    for name, table in rows:
        connection.execute(text(f'DROP TRIGGER "{name}" ON "{table}"'))
        connection.execute(text(f'DROP FUNCTION IF EXISTS "{name}"()'))


def _statements(connection: Connection, trigger: Trigger) -> list[str]:
    # A row that changes is judged by what it was: a closed attempt's answer may not be moved elsewhere either.
    row = "NEW" if trigger.event == "INSERT" else "OLD"
    condition = trigger.condition.format(row=row)
    head = f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}" FOR EACH ROW'
    if is_sqlite(connection):
        return [f"{head} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"]
    refuse = f"RAISE EXCEPTION '{trigger.message}' USING ERRCODE = 'integrity_constraint_violation'"
    go_on = "RETURN OLD" if trigger.event == "DELETE" else "RETURN NEW"
    body = f"BEGIN IF {condition} THEN {refuse}; END IF; {go_on}; END"
    return [
        f'CREATE FUNCTION "{trigger.name}"() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$',
        f'{head} EXECUTE FUNCTION "{trigger.name}"()',
    ]
