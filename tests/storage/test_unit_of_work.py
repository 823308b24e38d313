"""Transactions behave alike on both engines: nothing is lost, reads don't write, references stay in a school."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from quizapp.core.permissions import NOBODY, Actor
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.storage.engine import WRITES, make_engine, sqlite_driver
from quizapp.storage.tables import AuditEntry, Enrolment, School, SignInDelay
from tests.builders.world import World


@use_case
def count_one_more(work: Work, actor: Actor) -> None:
    row = work.session.scalars(select(SignInDelay).with_for_update()).one()
    row.failures += 1


@reading
def write_in_a_reading(work: Work, actor: Actor) -> None:
    work.session.add(
        SignInDelay(scope="account", subject="x", failures=1, wait_until=None, last_failed_at=work.now)
    )
    work.session.flush()


def test_concurrent_updates_are_all_counted(live_runtime: Runtime, live_world: World) -> None:
    live_world.add(
        SignInDelay(scope="account", subject="x", failures=0, wait_until=None, last_failed_at=live_world.now)
    )

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: count_one_more(live_runtime, NOBODY), range(200)))

    with live_runtime.database.reading() as session:
        assert session.scalar(select(SignInDelay.failures)) == 200


def test_a_reading_can_not_write(runtime: Runtime) -> None:
    with pytest.raises(RuntimeError, match="a reading wrote"):
        write_in_a_reading(runtime, NOBODY)


def test_raising_rolls_back(runtime: Runtime, world: World) -> None:
    @use_case
    def make_and_fail(work: Work, actor: Actor) -> None:
        work.session.add(School(name="X", time_zone="UTC", language="en", is_demo=False, created_at=work.now))
        work.session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        make_and_fail(runtime, NOBODY)

    with runtime.database.reading() as session:
        assert session.scalar(select(School.id)) is None


def test_a_reference_across_schools_is_impossible(world: World) -> None:
    classroom = world.classroom(world.teacher())
    stranger = world.student(school_id=world.school("Other school"))

    with pytest.raises(IntegrityError):
        world.add(
            Enrolment(
                school_id=world.school_id,
                classroom_id=classroom,
                student_id=stranger.id,
                joined_at=world.now,
                left_at=None,
            )
        )


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET action = 'x'", "DELETE FROM audit_entries"])
def test_the_audit_can_only_grow(world: World, connection: Connection, statement: str) -> None:
    world.add(
        AuditEntry(at=world.now, actor_role="operator", action="test", subject_kind="test", subject_id=1)
    )

    with pytest.raises(DBAPIError, match="append-only"), connection.begin_nested():
        connection.execute(text(statement))


def test_sqlite_commits_reach_the_disk_before_they_are_acknowledged(tmp_path: object) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/settings.db")

    with engine.execution_options(**{WRITES: True}).connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "foreign_keys", "journal_mode", "busy_timeout")
        }
    engine.dispose()

    assert settings == {
        "synchronous": 2,
        "foreign_keys": 1,
        "journal_mode": sqlite_driver().journal_mode.lower(),
        "busy_timeout": 15_000,
    }
