"""The production server on one core: ``python -m tests.performance.served APPLICATION PORT CORE``."""

from __future__ import annotations

import os
import sys

from quizapp.cli.serve import run_server


def pin(core: int) -> None:
    """Keep this process and its children on one core, where the machine allows it."""
    if hasattr(os, "sched_setaffinity") and core in os.sched_getaffinity(0):
        os.sched_setaffinity(0, {core})


def main() -> None:
    """Serve until stopped."""
    application, port, core = sys.argv[1:]
    pin(int(core))
    run_server("127.0.0.1", int(port), 1, on_start=lambda: None, application=application)


if __name__ == "__main__":
    main()
