"""The production server on a scenario's database: started, killed, stopped and started again on one port."""

from __future__ import annotations

import atexit
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.faults.place import FOLDER, PEPPER, Place
from tests.support.server import free_port

HONEST = "quizapp.web.app:create_app"
FORGETFUL = "tests.faults.forgetful:create_app"
CONDITIONED = "tests.faults.conditions:create_app"
SECRET_KEY = "a secret of the tests that is long enough"
START_SECONDS = 30.0


def settings_of(url: str, folder: str) -> dict[str, str]:
    """Return the settings of a server or a command at a place."""
    return {
        "QUIZAPP_MODE": "development",
        "QUIZAPP_DATABASE_URL": url,
        "QUIZAPP_SECRET_KEY": SECRET_KEY,
        "QUIZAPP_PEPPER": PEPPER,
        "QUIZAPP_IS_TLS": "false",
        FOLDER: folder,
    }


@dataclass(frozen=True)
class Server:
    """A server with all its processes."""

    process_id: int
    port: int

    def kill(self) -> None:
        """End all its processes without a warning."""
        with suppress(ProcessLookupError):
            os.killpg(self.process_id, signal.SIGKILL)
        self._wait_until_gone(5)

    def ask_to_stop(self) -> None:
        os.kill(self.process_id, signal.SIGTERM)

    def has_ended(self, within_seconds: float) -> bool:
        return self._wait_until_gone(within_seconds)

    def _wait_until_gone(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                os.killpg(self.process_id, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.01)
        return False


class Starter:
    """The process that forks servers, one for all faults of a run: to read all code takes seconds."""

    def __init__(self) -> None:
        nowhere = "sqlite:///nowhere.db"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.server_process"],
            env={**os.environ, **settings_of(nowhere, "")},
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.close)

    def start(self, place: Place, application: str, port: int, workers: int) -> int:
        """Start a server and return the id of its process, before it answers."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        wanted = {
            "port": port, "workers": workers, "application": application,
            "environment": settings_of(place.url, str(place.folder)),
        }  # fmt: skip
        self._process.stdin.write(f"{json.dumps(wanted)}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()


@cache
def starter() -> Starter:
    """Return the one of this run."""
    return Starter()


class Servers:
    """Servers at one place; all are killed in the end."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._started: list[Server] = []

    def start(self, application: str = HONEST, *, port: int = 0, workers: int = 1) -> Server:
        """Start a server and wait until it answers."""
        port = port or free_port()
        server = Server(starter().start(self._place, application, port, workers), port)
        self._started.append(server)
        wait_until_it_answers(port)
        return server

    def close(self) -> None:
        for server in self._started:
            server.kill()


@contextmanager
def servers_at(place: Place) -> Iterator[Servers]:
    """Start servers at a place; all are killed in the end."""
    with closing(Servers(place)) as servers:
        yield servers


@contextmanager
def server_at(place: Place, application: str = HONEST, *, workers: int = 1) -> Iterator[Server]:
    """Run one server at a place."""
    with servers_at(place) as servers:
        yield servers.start(application, workers=workers)


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
