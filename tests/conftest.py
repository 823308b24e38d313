"""What every test can ask for. ``runtime`` runs each test on both engines and takes all it did back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine

from quizapp.services.environment import Mode, Settings
from quizapp.services.passwords import CHEAPEST, Passwords
from quizapp.services.runtime import Runtime
from quizapp.storage.engine import WRITES, make_engine
from quizapp.storage.schema import upgrade
from quizapp.storage.unit_of_work import ConnectionDatabase, EngineDatabase
from quizapp.web.app import create_app
from tests.builders.world import World

pytest_plugins = ["tests.support.postgres", "tests.support.chromium", "tests.support.demo"]

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday."""

ENGINES = ("sqlite", "postgresql")


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move by ``minutes=…``, ``days=…``; backwards when negative."""
        self.now += timedelta(**by)


@pytest.fixture(scope="session")
def engine_urls(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> dict[str, str]:
    """URLs of one database of this worker on each engine."""
    folder = tmp_path_factory.mktemp("database")
    return {
        "sqlite": f"sqlite:///{folder / 'test.db'}",
        "postgresql": request.getfixturevalue("postgresql_url"),
    }


@pytest.fixture(scope="session")
def engines(engine_urls: dict[str, str]) -> Iterator[dict[str, Engine]]:
    """Engines at this release's schema."""
    made = {name: make_engine(url) for name, url in engine_urls.items()}
    for engine in made.values():
        upgrade(engine)
    yield made
    for engine in made.values():
        engine.dispose()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, engines: dict[str, Engine]) -> Engine:
    """Each engine in turn."""
    return engines[request.param]


@pytest.fixture
def clock() -> FixedClock:
    """The clock of the test's runtime."""
    return FixedClock()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """A connection in a transaction that is rolled back after the test."""
    with engine.execution_options(**{WRITES: True}).connect() as opened:
        transaction = opened.begin()
        yield opened
        transaction.rollback()


def make_runtime(database: ConnectionDatabase | EngineDatabase, clock: FixedClock) -> Runtime:
    """Return a runtime with the cheapest hashing."""
    return Runtime(database=database, clock=clock, passwords=Passwords("pepper of the tests", CHEAPEST))


@pytest.fixture
def runtime(connection: Connection, clock: FixedClock) -> Runtime:
    """A runtime whose units of work are savepoints of the test's transaction."""
    return make_runtime(ConnectionDatabase(connection), clock)


@pytest.fixture(params=ENGINES)
def live_runtime(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Runtime]:
    """A runtime on a database of its own that really commits, for threads and processes."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'live.db'}")
        upgrade(engine)
    else:
        engine = make_engine(request.getfixturevalue("empty_postgresql_url"))
        upgrade(engine)
    yield make_runtime(EngineDatabase(engine), clock)
    engine.dispose()


@pytest.fixture
def world(runtime: Runtime) -> World:
    """Things to put into the database: schools, people, classes, content, assignments."""
    return World(runtime)


@pytest.fixture
def live_world(live_runtime: Runtime) -> World:
    """The same, really committed."""
    return World(live_runtime)


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    """The application on the test's runtime."""
    return make_app(runtime)


def make_app(runtime: Runtime, mode: Mode = Mode.DEVELOPMENT) -> Flask:
    """Return the application as the tests use it: no TLS, and exceptions reach the test."""
    settings = Settings(
        mode=mode,
        database_url="sqlite://",
        secret_key="a secret of the tests that is long enough",
        is_tls=False,
    )
    app = create_app(settings, runtime)
    app.testing = True
    return app
