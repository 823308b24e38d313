"""A backup holds everything that was acknowledged before it began, and restores on either engine, or not at all."""

from __future__ import annotations

import hashlib
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quizapp.core.backups import UnusableBackup
from quizapp.core.permissions import Role
from quizapp.exchange.backups import sealed
from quizapp.services.backups import check_backup, make_backup, restore_backup
from quizapp.services.saving import Arrived
from quizapp.storage import engine as storage_engine
from quizapp.storage.copying import shapes
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import (
    current_revision,
    head_revision,
    migrate,
    rebuilding,
    revisions,
    row_counts,
    upgrade,
)
from quizapp.storage.tables import Asset, AuditEntry, Base, Response, Setting, SignInDelay
from quizapp.storage.triggers import TRIGGERS
from quizapp.storage.unit_of_work import EngineDatabase
from tests.builders.sitting import Sitting, sit_down
from tests.builders.world import World
from tests.conftest import ENGINES, FixedClock, make_runtime
from tests.support.postgres import create_database

PASSPHRASE = "correct horse battery staple"
MADE_AT = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)
LARGE_ID = 2**53 + 1


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys fast: what they cost is no part of what is tested here."""
    monkeypatch.setattr(sealed, "SCRYPT_N", 2)


MakeDatabase = Callable[[str, str], Engine]


@pytest.fixture(scope="module")
def new_database(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, worker_id: str
) -> Iterator[MakeDatabase]:
    """Make an empty database on an engine, in place of the one of the same name."""
    folder, made = tmp_path_factory.mktemp("databases"), list[Engine]()

    def make(kind: str, name: str) -> Engine:
        url = f"sqlite:///{folder / f'{name}.db'}"
        if kind == "postgresql":
            server = make_url(request.getfixturevalue("postgresql_url"))
            url = create_database(server, f"backup_{worker_id}_{name}").render_as_string(hide_password=False)
        else:
            for file in folder.glob(f"{name}.db*"):
                file.unlink()
        made.append(make_engine(url))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@pytest.fixture(params=ENGINES, scope="module")
def school(request: pytest.FixtureRequest, new_database: MakeDatabase) -> Engine:
    """A database with a school in it, and with what is hard to copy; no test changes it."""
    engine = new_database(request.param, "school")
    fill(engine)
    return engine


@pytest.fixture(scope="module")
def a_school(new_database: MakeDatabase) -> Engine:
    """The same on one engine, for what does not depend on where a backup comes from."""
    engine = new_database("sqlite", "a_school")
    fill(engine)
    return engine


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, new_database: MakeDatabase) -> Iterator[Engine]:
    """An empty database, on each engine in turn."""
    made = new_database(request.param, "empty")
    yield made
    made.dispose()


def fill(engine: Engine) -> Sitting:
    upgrade(engine)
    clock = FixedClock(datetime(2026, 11, 23, 8, 30, 0, 1, tzinfo=UTC))
    world = World(make_runtime(EngineDatabase(engine), clock))
    sitting = sit_down(world)
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    for name in ("ليلى الحسن", "李娜", "Zoë O’Neill", "=1+1", "a\nb\\c"):
        world.student(name)
    for value in (None, 1e22, -0.0, 1.0, 0.1, LARGE_ID, "", "ليلى\u2028", [], {"b": [None, True], "a": {}}):
        world.add(AuditEntry(school_id=world.school_id, at=world.now, actor_id=LARGE_ID, actor_role="admin",
                             action="tested", subject_kind="value", before={"value": value}))  # fmt: skip
    for key, value in (("a", [1.5]), ("Z", "text"), ("é", {"x": 1}), ("あ", False), ("_", 0)):
        world.add(Setting(school_id=world.school_id, key=key, value=value, changed_at=world.now))
    for subject in ("Öl", "Zug", "apfel", "Apfel", "1", "\U0001f600", "\uffff"):
        world.add(SignInDelay(scope="account", subject=subject, failures=1, last_failed_at=MADE_AT))
    world.add(Asset(sha256="0" * 64, media_type="image/png", bytes=bytes(range(256)), created_at=MADE_AT))
    return sitting


def silent(_table: str, _rows: int) -> None:
    """Say nothing."""


def back_up(engine: Engine, file: Path, **values: Any) -> Any:
    return make_backup(engine, file, made_at=MADE_AT, on_progress=silent, **values)


def restore(engine: Engine, file: Path, **values: Any) -> Any:
    return restore_backup(engine, file, on_progress=silent, **values)


def everything(engine: Engine) -> dict[str, list[Any]]:
    """Return every row as the product reads it, by its key."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                (dict(row) for row in connection.execute(table.select()).mappings()),
                key=lambda row, table=table: [row[column.name] for column in table.primary_key.columns],
            )
            for table in Base.metadata.sorted_tables
        }


def is_untouched(engine: Engine) -> bool:
    return not inspect(engine).get_table_names()


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_school_is_restored_whole_on_either_engine(school, empty, tmp_path, passphrase):
    made = back_up(school, tmp_path / "backup", passphrase=passphrase)

    restored = restore(empty, tmp_path / "backup", passphrase=passphrase)

    assert restored.broken == ()
    assert everything(empty) == everything(school)
    again = back_up(empty, tmp_path / "again")
    assert {t.name: (t.rows, t.sha256) for t in again.tables} == {
        t.name: (t.rows, t.sha256) for t in made.tables
    }


def test_a_restored_school_goes_on(school, empty, tmp_path):
    back_up(school, tmp_path / "backup")
    restore(empty, tmp_path / "backup")
    world = World(make_runtime(EngineDatabase(empty), FixedClock()))

    student = world.person(Role.STUDENT, "New", school_id=1)

    assert student.id == 1 + max(row["id"] for row in everything(school)["users"])
    assert current_revision(empty) == head_revision()
    with pytest.raises(DBAPIError, match="append-only"), Session(empty) as session:
        session.execute(text("UPDATE audit_entries SET action = 'forged'"))


def test_every_table_and_every_trigger_is_there(school, empty, tmp_path):
    made = back_up(school, tmp_path / "backup")

    restore(empty, tmp_path / "backup")

    assert {table.name for table in made.tables} == set(Base.metadata.tables)
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if empty.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with empty.connect() as connection:
        assert set(connection.scalars(text(catalogue))) == {trigger.name for trigger in TRIGGERS}


def test_both_engines_say_the_same_about_their_columns(new_database):
    found = []
    for kind in ENGINES:
        engine = new_database(kind, "columns")
        upgrade(engine)
        with engine.connect() as connection:
            found.append({shape.name: (set(shape.columns), shape.key) for shape in shapes(connection)})

    assert found[0] == found[1]


def test_every_answer_that_was_acknowledged_before_is_in_a_backup_under_load(
    engine_under_load, empty, tmp_path
):
    sitting, acknowledged, stop = Load(engine_under_load), {}, threading.Event()
    threads = [threading.Thread(target=sitting.write, args=(number, stop)) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        for round_ in range(3):
            sitting.wait_for(10 * (round_ + 1))
            acknowledged = dict(sitting.acknowledged)
            back_up(engine_under_load, tmp_path / "backup", replaces=True)
    finally:
        stop.set()
        for thread in threads:
            thread.join()

    restored = restore(empty, tmp_path / "backup")

    with Session(empty) as session:
        newest = {row.attempt_id: row.seq for row in session.query(Response).filter_by(slot=sitting.slot)}
    assert sitting.failed == []
    assert {attempt: seq for attempt, seq in acknowledged.items() if newest.get(attempt, 0) < seq} == {}
    assert restored.broken == ()


@pytest.fixture(params=ENGINES)
def engine_under_load(request: pytest.FixtureRequest, new_database: MakeDatabase) -> Engine:
    """A database to write into while it is backed up."""
    engine = new_database(request.param, "busy")
    upgrade(engine)
    return engine


class Load:
    """Students who save as fast as they are answered, and what they were promised."""

    def __init__(self, engine: Engine) -> None:
        world = World(make_runtime(EngineDatabase(engine), FixedClock()))
        self.sittings = [sit_down(world) for _ in range(4)]
        self.slot = self.sittings[0].written_slot
        self.acknowledged: dict[int, int] = {}
        self.failed: list[BaseException] = []

    def write(self, number: int, stop: threading.Event) -> None:
        sitting = self.sittings[number]
        lease, seq = sitting.lease(), 0
        try:
            while not stop.is_set():
                seq += 1
                saved = sitting.save(lease, Arrived(self.slot, seq, f"answer {seq}"))
                assert all(one.is_kept for one in saved.acknowledged)
                self.acknowledged[sitting.attempt_id] = seq
        except BaseException as error:  # noqa: BLE001 - told by the test, not by a thread that nobody hears
            self.failed.append(error)

    def wait_for(self, saves: int) -> None:
        until = threading.Event()
        for _ in range(1_000):
            if self.failed or (
                len(self.acknowledged) == len(self.sittings) and min(self.acknowledged.values()) >= saves
            ):
                return
            until.wait(0.02)


def test_where_sqlite_has_no_safe_log_the_pages_are_copied_first(new_database, tmp_path, monkeypatch):
    monkeypatch.setattr(storage_engine, "WAL_IS_SAFE_FROM", (99,))
    school = new_database("sqlite", "old")
    fill(school)

    made = back_up(school, tmp_path / "backup")
    restore(new_database("sqlite", "empty"), tmp_path / "backup")

    assert sum(row_counts_of(school).values()) == made.rows


def row_counts_of(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {name: rows for name, rows in row_counts(connection).items() if name != "alembic_version"}


@pytest.mark.parametrize("revision", revisions())
def test_a_backup_of_every_older_schema_is_restored_and_brought_up_to_date(
    school, empty, tmp_path, new_database, revision
):
    old = new_database(school.dialect.name, "older")
    with rebuilding(old) as connection:
        migrate(connection, revision)
        connection.execute(
            text(
                "INSERT INTO schools (name, time_zone, language, is_demo, created_at) "
                "VALUES ('Hill Street', 'Europe/London', 'en', false, '2026-01-01 00:00:00.000000')"
            )
        )

    made = back_up(old, tmp_path / "backup")
    restore(empty, tmp_path / "backup")

    assert made.revision == revision
    assert current_revision(empty) == head_revision()
    assert everything(empty)["schools"][0]["name"] == "Hill Street"


def test_a_backup_of_a_newer_release_is_refused(a_school, empty, tmp_path):
    back_up(a_school, tmp_path / "backup")
    rewrite(tmp_path / "backup", {}, revision="9999", version="9.0")

    with pytest.raises(UnusableBackup, match="install the newer release"):
        restore(empty, tmp_path / "backup")

    assert is_untouched(empty)


def rewrite(file: Path, members: dict[str, bytes | None], **manifest: Any) -> None:
    """Change a backup by hand: put in or leave out members, and change what it says about itself."""
    with zipfile.ZipFile(file) as old:
        kept = {name: old.read(name) for name in old.namelist()} | members
    told = json.loads(kept.pop("manifest.json")) | manifest
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in kept.items():
            if content is not None:
                new.writestr(name, content)
        new.writestr("manifest.json", json.dumps(told))


def test_a_table_that_is_missing_is_refused(a_school, empty, tmp_path):
    made = back_up(a_school, tmp_path / "backup")
    kept = [table.model_dump(mode="json") for table in made.tables if table.name != "users"]
    rewrite(tmp_path / "backup", {"tables/users.jsonl": None}, tables=kept)

    with pytest.raises(UnusableBackup, match="does not have the tables"):
        restore(empty, tmp_path / "backup")

    assert is_untouched(empty)


def test_a_row_that_points_nowhere_is_refused_and_nothing_is_half_restored(a_school, empty, tmp_path):
    made = back_up(a_school, tmp_path / "backup")
    line = json.dumps([77, "key", "value", MADE_AT.isoformat(), None]).encode() + b"\n"
    forged = {
        "rows": 1, "bytes": len(line), "sha256": hashlib.sha256(line).hexdigest(),
    }  # fmt: skip
    tables = [table.model_dump(mode="json") for table in made.tables]
    next(table for table in tables if table["name"] == "settings").update(forged)
    rewrite(tmp_path / "backup", {"tables/settings.jsonl": line}, tables=tables)

    with pytest.raises(UnusableBackup, match="Nothing was restored"):
        restore(empty, tmp_path / "backup")

    assert is_untouched(empty)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_damaged_backup_touches_nothing(a_school, empty, tmp_path, passphrase):
    file = tmp_path / "backup"
    back_up(a_school, file, passphrase=passphrase)
    whole = file.read_bytes()

    for broken in (
        whole[: len(whole) // 2],
        whole[:-1],
        whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:],
    ):
        file.write_bytes(broken)
        with pytest.raises(UnusableBackup):
            restore(empty, file, passphrase=passphrase)

    assert is_untouched(empty)


def test_a_database_that_holds_something_is_left_alone(a_school, empty, tmp_path):
    back_up(a_school, tmp_path / "backup")
    upgrade(empty)
    World(make_runtime(EngineDatabase(empty), FixedClock())).school()
    before = everything(empty)

    with pytest.raises(UnusableBackup, match="not empty"):
        restore(empty, tmp_path / "backup")

    assert everything(empty) == before


def test_a_database_of_somebody_else_is_left_alone(empty, tmp_path):
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE somebody_elses (id integer)"))

    with pytest.raises(UnusableBackup, match="not empty"):
        restore(empty, tmp_path / "no such file")


def test_a_schema_without_rows_counts_as_empty(a_school, empty, tmp_path):
    back_up(a_school, tmp_path / "backup")
    upgrade(empty)

    restore(empty, tmp_path / "backup")

    assert everything(empty) == everything(a_school)


def test_a_backup_is_for_its_owner_only_and_replaces_nothing(school, tmp_path):
    file = tmp_path / "backup"
    back_up(school, file)
    before = file.read_bytes()

    with pytest.raises(UnusableBackup, match="is there already"):
        back_up(school, file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_bytes() == before
    back_up(school, file, replaces=True)
    assert check_backup(file, on_progress=silent).made_at == MADE_AT
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == ["backup"]


def test_what_goes_wrong_leaves_no_file(a_school, empty, tmp_path):
    with pytest.raises(UnusableBackup, match="at least 12 characters"):
        back_up(a_school, tmp_path / "backup", passphrase="short")
    with pytest.raises(UnusableBackup, match="the database is empty"):
        back_up(empty, tmp_path / "backup", passphrase=PASSPHRASE)
    with pytest.raises(UnusableBackup, match="can't be written"):
        back_up(a_school, tmp_path / "no" / "folder")

    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == []
