"""Where an exam takes place: a database with its students in it, and the production server on it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from quizapp.cli.demo import as_environment
from quizapp.content.catalogue import load_catalogue
from quizapp.content.roots import content_roots
from quizapp.core.permissions import OPERATOR, Actor
from quizapp.services.content import sync_content
from quizapp.services.environment import Mode, Settings
from quizapp.services.passwords import HashProfile, Passwords
from quizapp.services.runtime import Runtime
from quizapp.storage.clock import clock_of
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import upgrade
from quizapp.storage.unit_of_work import EngineDatabase
from tests.builders.sitting import asked_of
from tests.builders.world import World
from tests.performance.exam.plan import Plan
from tests.performance.school import twenty_questions
from tests.support.postgres import FORGETFUL, HOME_PREFIX, create_database, remove_server, start_server
from tests.support.server import free_port

START_SECONDS = 60.0
SECRET_KEY = "kV2x-8Qz71mNpR4tW6yB9cE3gH5jL0sD"
PEPPER = "Zp4w-7Tn29xKqL8vM3bF6hJ1dG5sA0rC"


class HashedOnce(Passwords):
    """Production's costs, paid once for the PIN that all students of an exam share; checking it costs as ever."""

    def __init__(self) -> None:
        super().__init__(PEPPER, HashProfile())
        self._known: dict[str, str] = {}

    def hash_password(self, password: str) -> str:
        """Return the hash to store."""
        if password not in self._known:
            self._known[password] = super().hash_password(password)
        return self._known[password]


@dataclass(frozen=True, slots=True)
class Hall:
    """An exam that is ready to begin."""

    runtime: Runtime
    settings: Settings
    teacher: Actor
    assignment_id: int
    names: tuple[str, ...]

    def values_of(self, attempt_id: int) -> dict[int, Any]:
        """Return a right answer to each question of a try by slot, None where one writes."""
        asked = asked_of(self.runtime, self.teacher, attempt_id=attempt_id)
        return {
            one.slot: None if one.type.name == "short_construct" else one.type.correct_value(one.settings)
            for one in asked
        }


def prepared_hall(plan: Plan, url: str) -> Hall:
    """Make a school in an empty database: one class, its students, and a quiz of twenty questions."""
    engine = make_engine(url)
    upgrade(engine)
    runtime = Runtime(EngineDatabase(engine), clock_of(engine), HashedOnce())
    catalogue = load_catalogue(content_roots())
    sync_content(runtime, OPERATOR, items=(*catalogue.items, twenty_questions()), assets=catalogue.assets)
    world = World(runtime)
    teacher = world.teacher("Ms Adler")
    classroom = world.classroom(teacher, "Everybody")
    students = [
        world.student(f"Student {number:04}", classroom=classroom) for number in range(1, plan.students + 1)
    ]
    assignment = world.assignment(
        classroom, content_key="bench:twenty", title="The exam", preset="test", attempts_allowed=1
    )
    settings = Settings(
        mode=Mode.PRODUCTION,
        database_url=url,
        secret_key=SECRET_KEY,
        pepper=PEPPER,
        trusted_hosts=("127.0.0.1",),
        is_tls=False,
    )
    return Hall(runtime, settings, teacher.actor, assignment, tuple(one.user_name for one in students))


@contextmanager
def server(hall: Hall, folder: Path, *, workers: int, application: str = "") -> Iterator[int]:
    """Run ``quizapp serve``, or another application under the same server, and yield its port.

    Raises:
        RuntimeError: it did not start; the message holds its log.
    """
    port, log = free_port(), folder / "server.log"
    serve = ["quizapp", "serve", "--port", str(port), "--workers", str(workers)]
    # The core that is asked for is none of the machine's: nothing is kept on one core in an exam.
    words = ["tests.performance.served", application, str(port), "-1"] if application else serve
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *words],
            env={**_without_settings(), **as_environment(hall.settings)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(process, port, log)
        yield port
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """Yield the URL of an empty database that brings every commit to the disk."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'exam.db'}"
        return
    home = Path(tempfile.mkdtemp(prefix=f"{HOME_PREFIX}{os.getpid()}-"))
    try:
        url = start_server(home)
        operator = create_engine(url, isolation_level="AUTOCOMMIT")
        with operator.connect() as connection:
            for setting in FORGETFUL:
                connection.execute(text(f"ALTER SYSTEM RESET {setting}"))
            connection.execute(text("SELECT pg_reload_conf()"))
        operator.dispose()
        yield create_database(url, "exam").render_as_string(hide_password=False)
    finally:
        remove_server(home)


def _wait_until_ready(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as asking, suppress(OSError):
            asking.request("GET", "/readyz")
            if asking.getresponse().status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: {log.read_text(errors='replace')[-3000:]}")


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
