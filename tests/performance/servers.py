"""Servers to be measured: on a core of their own, their time and memory read from the process tables."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

from tests.support.server import free_port

SERVER_CORE, CLIENT_CORE = 0, 1
START_SECONDS = 30.0


@dataclass
class PinnedServer:
    """A server's process with all its children."""

    port: int
    process: subprocess.Popen[bytes]

    def cpu_seconds(self) -> float:
        """Return user and system time of all its processes up to now."""
        return sum(sum(one.cpu_times()[:2]) for one in self._processes())

    def worker_megabytes(self) -> float:
        """Return the resident memory of its largest process: the worker that answers."""
        return max(float(one.memory_info().rss) for one in self._processes()) / 1_000_000

    def stop(self) -> None:
        """End it and its children."""
        for one in reversed(self._processes()):
            one.terminate()
        self.process.wait(timeout=20)

    def _processes(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


def start(application: str, environment: Mapping[str, str], ready: str) -> PinnedServer:
    """Start an application under the production server on the server's core, and wait for its first answer."""
    port = free_port()
    words = ["-m", "tests.performance.served", application, str(port), str(SERVER_CORE)]
    return _started(words, environment, port, ready)


def start_product(environment: Mapping[str, str]) -> PinnedServer:
    """Start ``quizapp serve`` as an operator does, and wait until it is ready."""
    port = free_port()
    return _started(["-m", "quizapp", "serve", "--port", str(port)], environment, port, "/readyz")


def _started(words: Sequence[str], environment: Mapping[str, str], port: int, ready: str) -> PinnedServer:
    log = tempfile.TemporaryFile()  # noqa: SIM115 - the server writes to it for as long as it runs
    process = subprocess.Popen(
        [sys.executable, *words],
        env={**_without_settings(), **environment},
        stdout=subprocess.DEVNULL,
        stderr=log,
    )
    server = PinnedServer(port, process)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        if _answers(port, ready):
            return server
        time.sleep(0.01)
    server.stop()
    log.seek(0)
    raise RuntimeError(f"the server did not start: {log.read().decode(errors='replace')[-3000:]}")


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _without_settings() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
