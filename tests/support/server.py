"""The production server as its own process, on a database of its own with the shipped content in it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from quizapp.content.catalogue import load_catalogue
from quizapp.content.roots import content_roots
from quizapp.core.permissions import OPERATOR
from quizapp.services.content import sync_content
from quizapp.services.passwords import CHEAPEST, Passwords
from quizapp.services.runtime import Runtime
from quizapp.storage.clock import system_clock
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import upgrade
from quizapp.storage.unit_of_work import EngineDatabase

PEPPER = "pepper of the tests"
START_SECONDS = 30.0


@dataclass
class Server:
    """A running server and the runtime that reaches the same database."""

    url: str
    runtime: Runtime
    process: subprocess.Popen[bytes]
    log: Path

    def stop(self) -> None:
        """End the server and its worker."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=20)


def prepared_runtime(database_url: str) -> Runtime:
    """Return a runtime on a new schema with the shipped content."""
    engine = make_engine(database_url)
    upgrade(engine)
    runtime = Runtime(EngineDatabase(engine), system_clock, Passwords(PEPPER, CHEAPEST))
    catalogue = load_catalogue(content_roots())
    sync_content(runtime, OPERATOR, items=catalogue.items, assets=catalogue.assets)
    return runtime


def start_server(database_url: str, folder: Path, *, mode: str = "development") -> Server:
    """Start the server on a prepared database and wait until it is ready."""
    runtime = prepared_runtime(database_url)
    port = free_port()
    log = folder / "server.log"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")},
        "QUIZAPP_MODE": mode,
        "QUIZAPP_DATABASE_URL": database_url,
        "QUIZAPP_SECRET_KEY": "a secret of the tests that is long enough",
        "QUIZAPP_PEPPER": PEPPER,
        "QUIZAPP_IS_TLS": "false",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "quizapp", "serve", "--port", str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = Server(f"http://127.0.0.1:{port}", runtime, process, log)
    try:
        wait_until_ready(server)
    except TimeoutError:
        server.stop()
        raise
    return server


def wait_until_ready(server: Server) -> None:
    """Wait for the first good answer.

    Raises:
        TimeoutError: the server ended or did not answer; the message holds its log.
    """
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"the server did not start: {server.log.read_text(errors='replace')[-3000:]}")


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
