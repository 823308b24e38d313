"""A migrated database is the database that the tables describe, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from quizapp.storage.engine import WRITES, is_sqlite, make_engine
from quizapp.storage.schema import MIGRATIONS, RowsLost, current_revision, head_revision, is_current, upgrade
from quizapp.storage.tables import Base
from quizapp.storage.triggers import TRIGGERS, create_triggers, drop_triggers


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        url = request.getfixturevalue("empty_postgresql_url")
    engine = make_engine(url)
    yield engine
    engine.dispose()


def described(connection: Connection) -> dict[str, object]:
    """Return everything about the schema that a migration could get wrong."""
    inspector = inspect(connection)
    tables = [name for name in inspector.get_table_names() if name != "alembic_version"]
    return {
        name: {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)
            ),
            "key": inspector.get_pk_constraint(name)["constrained_columns"],
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(name)),
            "uniques": sorted((c["name"], c["column_names"]) for c in inspector.get_unique_constraints(name)),
            "references": sorted(
                (f["constrained_columns"], f["referred_table"], f["referred_columns"])
                for f in inspector.get_foreign_keys(name)
            ),
            "indexes": sorted(
                (
                    i["name"],
                    i["column_names"],
                    i["unique"],
                    sorted((k, str(v)) for k, v in i.get("dialect_options", {}).items()),
                )
                for i in inspector.get_indexes(name)
            ),
        }
        for name in tables
    }


def trigger_names(connection: Connection) -> set[str]:
    if is_sqlite(connection):
        return set(connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")))
    return set(connection.scalars(text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")))


def test_a_migrated_schema_equals_a_fresh_one(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        migrated = described(connection)
        triggers = trigger_names(connection)

    with empty_engine.execution_options(**{WRITES: True}).begin() as connection:
        drop_triggers(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        Base.metadata.drop_all(connection)
        Base.metadata.create_all(connection)
        create_triggers(connection)
        fresh = described(connection)

    assert migrated == fresh
    assert triggers == {trigger.name for trigger in TRIGGERS}


def test_upgrading_twice_changes_nothing(empty_engine: Engine) -> None:
    upgrade(empty_engine)

    upgrade(empty_engine)

    assert is_current(empty_engine)
    assert current_revision(empty_engine) == head_revision()


def test_the_highest_number_is_the_head_of_the_migrations() -> None:
    assert head_revision() == ScriptDirectory(str(MIGRATIONS)).get_current_head()


def test_an_empty_database_has_no_revision(empty_engine: Engine) -> None:
    assert current_revision(empty_engine) is None


def test_a_migration_that_loses_rows_is_rolled_back(
    empty_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade(empty_engine)
    with empty_engine.execution_options(**{WRITES: True}).begin() as connection:
        connection.execute(text("INSERT INTO erasures (id, user_id) VALUES (1, 1)"))

    def careless(config: object, revision: str) -> None:
        connection = config.attributes["connection"]  # type: ignore[attr-defined]  # Alembic's Config
        connection.execute(text("DELETE FROM erasures"))

    monkeypatch.setattr("alembic.command.upgrade", careless)

    with pytest.raises(RowsLost, match="erasures"):
        upgrade(empty_engine)

    with empty_engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM erasures")) == 1
        assert trigger_names(connection) == {trigger.name for trigger in TRIGGERS}
