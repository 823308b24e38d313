"""Servers of the fault tests, to be killed: a process that has read all code once and forks a server on demand.

It reads a line of JSON (port, workers, application, environment) and answers with the process id of a new server:
the one of ``quizapp serve``, in a process group of its own.
"""

from __future__ import annotations

import json
import os
import signal
import sys

from quizapp.cli.serve import run_server
from quizapp.web.app import create_app
from tests.faults.place import FOLDER


def serve(wanted: dict[str, object]) -> None:
    """Serve until stopped."""
    os.environ.update({str(name): str(text) for name, text in dict(wanted["environment"]).items()})
    log = os.open(f"{os.environ[FOLDER]}/servers.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    run_server(
        "127.0.0.1",
        int(str(wanted["port"])),
        int(str(wanted["workers"])),
        on_start=lambda: None,
        application=str(wanted["application"]),
    )


def main() -> None:
    """Fork a server for each line."""
    create_app()  # imports every page; a start costs a tenth afterwards
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        process_id = os.fork()
        if process_id == 0:
            os.setsid()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            serve(json.loads(line))
            os._exit(0)
        sys.stdout.write(f"{process_id}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
