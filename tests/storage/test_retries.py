"""Two that meet in the database: a use case is run again whole, and gives up with a word that says when to return."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select, text

from quizapp.core.errors import Busy
from quizapp.core.permissions import NOBODY, Actor
from quizapp.services import runtime as running
from quizapp.services.runtime import MAX_RUNS, Runtime, Work, use_case
from quizapp.storage.engine import WRITES, make_engine
from quizapp.storage.schema import upgrade
from quizapp.storage.tables import SignInDelay
from quizapp.storage.unit_of_work import EngineDatabase
from tests.builders.sitting import sit_down
from tests.builders.world import World
from tests.conftest import FixedClock, make_app, make_runtime
from tests.support.visitor import Visitor

postgresql_only = pytest.mark.parametrize("live_runtime", ["postgresql"], indirect=True)


@pytest.fixture
def impatient_engine(tmp_path: Path) -> Iterator[Engine]:
    """A SQLite that hardly waits for a lock."""
    engine = make_engine(f"sqlite:///{tmp_path / 'impatient.db'}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=10"))
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def impatient_runtime(impatient_engine: Engine, clock: FixedClock) -> Runtime:
    return make_runtime(EngineDatabase(impatient_engine), clock)


@contextmanager
def locked_from_outside(engine: Engine) -> Iterator[threading.Event]:
    """Hold the lock of another process until the event is set, or the end."""
    is_held, is_over = threading.Event(), threading.Event()

    def hold() -> None:
        with engine.execution_options(**{WRITES: True}).connect() as connection, connection.begin():
            is_held.set()
            is_over.wait(30)

    with ThreadPoolExecutor(1) as pool:
        held = pool.submit(hold)
        assert is_held.wait(10)
        try:
            yield is_over
        finally:
            is_over.set()
            held.result()


def two_counters(world: World) -> None:
    for subject in ("a", "b"):
        world.add(
            SignInDelay(
                scope="account", subject=subject, failures=0, wait_until=None, last_failed_at=world.now
            )
        )


@postgresql_only
def test_of_two_that_wait_for_each_other_one_is_run_again_whole(
    live_runtime: Runtime, live_world: World
) -> None:
    two_counters(live_world)
    runs: list[str] = []
    both_hold_one = threading.Barrier(2)

    @use_case
    def count(work: Work, actor: Actor, *, subjects: str) -> None:
        runs.append(subjects)
        for subject in subjects:
            work.session.scalars(
                select(SignInDelay).where(SignInDelay.subject == subject).with_for_update()
            ).one().failures += 1
            work.session.flush()
            if runs.count(subjects) == 1 and subject == subjects[0]:
                both_hold_one.wait(10)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda subjects: count(live_runtime, NOBODY, subjects=subjects), ("ab", "ba")))

    with live_runtime.database.reading() as session:
        assert list(session.scalars(select(SignInDelay.failures))) == [2, 2]
    assert len(runs) == 3


@postgresql_only
@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_what_fails_again_and_again_is_given_up(live_runtime: Runtime, state: str) -> None:
    runs: list[int] = []

    @use_case
    def fail(work: Work, actor: Actor) -> None:
        runs.append(1)
        work.session.execute(text(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$"))

    with pytest.raises(Busy):
        fail(live_runtime, NOBODY)

    assert len(runs) == MAX_RUNS


def test_a_sqlite_that_is_locked_from_outside_is_asked_again(
    impatient_engine: Engine, impatient_runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_counters(World(impatient_runtime))
    pauses: list[float] = []

    @use_case
    def count(work: Work, actor: Actor) -> None:
        for row in work.session.scalars(select(SignInDelay)):
            row.failures += 1

    with locked_from_outside(impatient_engine) as is_over:

        def pause(seconds: float) -> None:
            pauses.append(seconds)
            is_over.set()
            threading.Event().wait(0.2)

        monkeypatch.setattr(running.time, "sleep", pause)
        count(impatient_runtime, NOBODY)

    assert pauses
    with impatient_runtime.database.reading() as session:
        assert list(session.scalars(select(SignInDelay.failures))) == [1, 1]


def test_who_has_waited_long_enough_is_not_run_again(
    impatient_engine: Engine, impatient_runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(running.time, "sleep", lambda _seconds: pytest.fail("it was run again"))

    @use_case
    def begin(work: Work, actor: Actor) -> None:
        work.session.connection()

    with locked_from_outside(impatient_engine), pytest.raises(Busy):
        begin(impatient_runtime, NOBODY)


def test_a_save_that_was_given_up_is_told_when_to_come_back_and_is_stored_then(
    impatient_engine: Engine, impatient_runtime: Runtime
) -> None:
    sitting = sit_down(World(impatient_runtime))
    student = Visitor(make_app(replace(impatient_runtime)), sitting.world, sitting.student)
    lease = sitting.lease()
    answer = {"slot": 1, "seq": 1, "value": sitting.wrong_answer(1)}
    address, body = (
        f"/attempts/{sitting.attempt_id}/responses",
        {"v": 1, "lease": lease, "responses": [answer]},
    )
    assert student.token

    with locked_from_outside(impatient_engine):
        refused = student.send(address, body)
    stored = student.send(address, body)

    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert stored.json["responses"][0]["outcome"] == "stored"
