"""Servers of the fault tests, to be killed: a process that has read all code once and forks a server on demand.

It reads lines ``PORT APPLICATION`` and answers each with the process id of a new server: the one of
``quizapp serve``, with the same threads, in a process group of its own.
"""

from __future__ import annotations

import os
import signal
import sys

from granian import Granian
from granian.constants import Interfaces

from quizapp.cli.serve import THREADS
from quizapp.web.app import create_app


def serve(port: str, application: str) -> None:
    """Serve until killed."""
    Granian(
        application,
        factory=True,
        address="127.0.0.1",
        port=int(port),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_enabled=False,
    ).serve()


def main() -> None:
    """Fork a server for each line."""
    create_app()  # imports every page; a start costs a tenth afterwards
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        process_id = os.fork()
        if process_id == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(*line.split())
        sys.stdout.write(f"{process_id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
