"""kill -9 in the middle of saving, again and again: every acknowledged answer is there afterwards."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from quizapp.core.questions import Case
from quizapp.services.attempts import start_attempt
from quizapp.services.runtime import Runtime
from quizapp.services.saving import take_lease
from quizapp.storage.clock import system_clock
from quizapp.storage.tables import Response, ResponseHistory
from tests.builders.sitting import asked_of
from tests.builders.world import A, World
from tests.conftest import make_app
from tests.support.server import free_port
from tests.support.visitor import Visitor

HONEST = "quizapp.web.app:create_app"
FORGETFUL = "tests.faults.forgetful:create_app"
SECRET_KEY = "a secret of the tests that is long enough"
KILLS = 20
WRITERS = 8
START_SECONDS = 20.0


@dataclass
class Writer:
    """A student's browser that saves as fast as it is answered, and what it was promised."""

    attempt_id: int
    slot: int
    lease: int
    cookie: str
    token: str
    seq: int = 0
    promised: dict[int, str] = field(default_factory=dict)

    def write_until_it_breaks(self, port: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        headers = {
            "Content-Type": "application/json", "Accept": "application/json",
            "X-CSRFToken": self.token, "Cookie": self.cookie,
        }  # fmt: skip
        with suppress(OSError, http.client.HTTPException):
            while True:
                self.seq += 1
                text = f"answer {self.seq} of try {self.attempt_id}"
                body = {
                    "v": 1, "lease": self.lease,
                    "responses": [{"slot": self.slot, "seq": self.seq, "value": text}],
                }  # fmt: skip
                connection.request(
                    "POST", f"/attempts/{self.attempt_id}/responses", json.dumps(body), headers
                )
                answer = connection.getresponse()
                told = answer.read()
                assert answer.status == 200, told
                self.promised[self.seq] = text
        connection.close()


@pytest.fixture
def runtime_now(live_runtime: Runtime) -> Runtime:
    """The live runtime by the clock of this machine, as the server has it."""
    return replace(live_runtime, clock=system_clock)


def make_writers(runtime: Runtime) -> list[Writer]:
    world, app = World(runtime), make_app(runtime)
    world.content()
    classroom = world.classroom(world.teacher())
    assignment = world.assignment(classroom)
    return [_writer(world, app, world.student(classroom=classroom), assignment) for _ in range(WRITERS)]


def _writer(world: World, app: Any, student: A, assignment: int) -> Writer:
    started = start_attempt(world.runtime, student.actor, assignment_id=assignment, case=Case.B)
    asked = asked_of(world.runtime, student.actor, attempt_id=started.attempt_id)
    visitor = Visitor(app, world, student)
    token = visitor.token
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    return Writer(
        attempt_id=started.attempt_id,
        slot=next(one.slot for one in asked if one.type.name == "short_construct"),
        lease=take_lease(world.runtime, student.actor, attempt_id=started.attempt_id).lease,
        cookie=f"session={cookie.value}",
        token=token,
    )


class Servers:
    """A process that starts servers on one database."""

    def __init__(self, database_url: str) -> None:
        self._starter = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server_process"],
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")},
                "QUIZAPP_MODE": "development",
                "QUIZAPP_DATABASE_URL": database_url,
                "QUIZAPP_SECRET_KEY": SECRET_KEY,
                "QUIZAPP_IS_TLS": "false",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    @contextmanager
    def killed_in_the_end(self, application: str) -> Iterator[int]:
        """Run a server and kill it with all its processes, without a warning."""
        assert self._starter.stdin is not None
        assert self._starter.stdout is not None
        port = free_port()
        self._starter.stdin.write(f"{port} {application}\n")
        self._starter.stdin.flush()
        process_id = int(self._starter.stdout.readline())
        try:
            wait_until_it_answers(port)
            yield port
        finally:
            os.killpg(process_id, signal.SIGKILL)

    def close(self) -> None:
        self._starter.kill()
        self._starter.communicate()


def wait_until_it_answers(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        with closing(connection), suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.02)
    raise AssertionError("the server of the fault test did not start")


def write_and_kill(runtime: Runtime, application: str, kills: int) -> list[Writer]:
    writers = make_writers(runtime)
    chance = random.Random(20)
    with closing(Servers(runtime.database.engine.url.render_as_string(hide_password=False))) as servers:
        for _ in range(kills):
            with servers.killed_in_the_end(application) as port:
                threads = [
                    threading.Thread(target=one.write_until_it_breaks, args=(port,)) for one in writers
                ]
                for thread in threads:
                    thread.start()
                time.sleep(chance.uniform(0.1, 0.4))
            for thread in threads:
                thread.join(timeout=20)
    return writers


def broken_promises(runtime: Runtime, writers: list[Writer]) -> list[tuple[int, int]]:
    """Return what was acknowledged and is not in the history, or lies under something older."""
    with runtime.database.reading() as session:
        kept = {(row.attempt_id, row.seq): row.value for row in session.query(ResponseHistory)}
        newest = {row.attempt_id: row.seq for row in session.query(Response)}
    return [
        (one.attempt_id, seq)
        for one in writers
        for seq, text in one.promised.items()
        if kept.get((one.attempt_id, seq)) != text or newest.get(one.attempt_id, 0) < seq
    ]


def test_no_kill_loses_an_acknowledged_answer(runtime_now):
    writers = write_and_kill(runtime_now, HONEST, KILLS)

    assert sum(len(one.promised) for one in writers) > 10 * KILLS, "too few saves to prove anything"
    assert broken_promises(runtime_now, writers) == []


def test_the_test_catches_a_server_that_acknowledges_from_a_queue(runtime_now):
    writers = write_and_kill(runtime_now, FORGETFUL, 2)

    assert broken_promises(runtime_now, writers)
