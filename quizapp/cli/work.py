"""``quizapp work``: what happens in the background."""

from __future__ import annotations

import signal
import threading

import click
import structlog

from quizapp.cli.environment import ready_runtime, settings_from_environment
from quizapp.core.errors import Busy
from quizapp.core.permissions import OPERATOR
from quizapp.services.sweeping import sweep_overdue
from quizapp.storage.unit_of_work import DatabaseError

PAUSE_SECONDS = 10.0

log = structlog.get_logger()


@click.command()
@click.option("--once", is_flag=True, help="Do what is waiting and stop.")
def work(once: bool) -> None:
    """Store overdue attempts as handed in, every ten seconds, until stopped."""
    runtime = ready_runtime(settings_from_environment())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while True:
        try:
            sweep_overdue(runtime, OPERATOR)
        except (Busy, DatabaseError) as error:
            # The next round tries again; a database that is away for a minute is no reason to end.
            log.warning("sweep postponed", error=str(error))
        if once or stop.wait(PAUSE_SECONDS):
            return
