"""A database that is away, full or silent is told from a mistake of ours, and waited for no longer than is of use."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from quizapp.core.errors import Busy
from quizapp.storage import clock as clocks
from quizapp.storage import unit_of_work
from quizapp.storage.clock import DatabaseClock
from quizapp.storage.engine import make_engine
from quizapp.storage.patience import CircuitBreaker
from quizapp.storage.unit_of_work import EngineDatabase, is_out_of_reach

SECONDS = 0.4


def test_words_that_somebody_typed_do_not_make_an_error_a_lost_connection(connection: Connection) -> None:
    with connection.begin_nested():
        connection.execute(text("CREATE TABLE words (word VARCHAR(80) UNIQUE)"))
        connection.execute(text("INSERT INTO words VALUES ('no space on this connection')"))

    with pytest.raises(DBAPIError) as twice, connection.begin_nested():
        connection.execute(text("INSERT INTO words VALUES ('no space on this connection')"))

    assert not is_out_of_reach(twice.value)


def test_a_full_disk_is_out_of_reach(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'full.db'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")

        with pytest.raises(DBAPIError) as full:
            connection.execute(text("CREATE TABLE words (word)"))

    engine.dispose()

    assert is_out_of_reach(full.value)


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/school.db", "postgresql://x@127.0.0.1:1/x"])
def test_a_database_that_is_not_there_is_out_of_reach(url: str) -> None:
    with pytest.raises(DBAPIError) as away:
        make_engine(url).connect()

    assert is_out_of_reach(away.value)


def test_a_server_that_falls_silent_is_given_up_and_asked_again(postgresql_url: str) -> None:
    engine = make_engine(postgresql_url, patience_seconds=SECONDS)
    began = time.monotonic()

    with pytest.raises(DBAPIError) as silent, engine.connect() as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    took = time.monotonic() - began
    with engine.connect() as connection:
        again = connection.scalar(text("SELECT 1"))
    engine.dispose()

    assert is_out_of_reach(silent.value)
    assert took < 10
    assert again == 1


def test_one_at_a_time_tries_a_silent_database() -> None:
    breaker = CircuitBreaker()
    with pytest.raises(psycopg.errors.ConnectionTimeout), breaker.connecting():
        raise psycopg.errors.ConnectionTimeout("nothing came")

    with (
        breaker.connecting(),
        pytest.raises(psycopg.OperationalError, match="somebody is trying"),
        breaker.connecting(),
    ):
        pytest.fail("two tried at once")

    with breaker.connecting(), breaker.connecting():
        """It works again: everybody goes."""


def test_a_refused_connection_keeps_nobody_else_out() -> None:
    breaker = CircuitBreaker()
    with pytest.raises(psycopg.OperationalError, match="too many"), breaker.connecting():
        raise psycopg.OperationalError("too many clients")

    with breaker.connecting(), breaker.connecting():
        """The next ones try for themselves."""


def test_nobody_waits_for_a_writer_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unit_of_work, "BUSY_TIMEOUT_MS", 1000 * SECONDS)
    engine = make_engine(f"sqlite:///{tmp_path / 'turn.db'}")
    database = EngineDatabase(engine)
    inside, done = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with database.writing():
            inside.set()
            done.wait(30)

    slow = threading.Thread(target=write_slowly)
    slow.start()
    inside.wait(30)

    with pytest.raises(Busy), database.writing():
        pass

    done.set()
    slow.join()
    with database.writing() as session:
        assert session.scalar(text("SELECT 1")) == 1
    engine.dispose()


def test_two_workers_whose_machines_disagree_read_the_databases_clock(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(postgresql_url)
    here = DatabaseClock(engine)
    monkeypatch.setattr(clocks, "system_clock", lambda: datetime.now(UTC) + timedelta(minutes=2))
    there = DatabaseClock(engine)

    apart = abs(here() - there())
    engine.dispose()

    assert apart < timedelta(seconds=1)


def test_the_clock_goes_on_while_its_database_is_away(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(postgresql_url)
    monkeypatch.setattr(clocks, "MEASURE_AGAIN_SECONDS", 0.0)
    clock = DatabaseClock(engine)
    before = clock()
    engine.dispose()
    monkeypatch.setattr(clock, "_engine", create_engine("postgresql+psycopg://x@127.0.0.1:1/x"))

    assert timedelta() <= clock() - before < timedelta(seconds=30)
