"""``quizapp serve``: the production server, and the worker beside it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import click
from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings

from quizapp.cli.environment import ready_runtime, settings_from_environment
from quizapp.cli.lan import EVERY_INTERFACE, invitation, lan_environment, own_address, tested_beside
from quizapp.cli.setup_link import link_in_words, setup_link
from quizapp.services.environment import Settings

if sys.platform != "win32":
    import resource

APPLICATION = "quizapp.web.serving:serving_app"
"""As text: the command line and the web don't know each other."""

KEEP_ALIVE_MS = 120_000
"""Longer than people pause: a keep-alive of 2 s broke 759 of 2,156 saves, one of 75 s none."""

THREADS = 40

CONNECTIONS = 4096
"""That a worker holds open. Granian counts open connections, not requests: at its own 1,024 for all workers together,
as many browsers that only kept their connection made the next one wait for half a minute."""

OTHER_FILES = 256
"""Of a worker: the database, its pools, logs and modules."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="More than one needs PostgreSQL.",
)
@click.option("--lan", is_flag=True, help="For the phones in this room: every interface, WITHOUT TLS.")
@click.option("--lan-address", default="", help="With --lan: this computer's address, where it has several.")
def serve(host: str, port: int, workers: int, lan: bool, lan_address: str) -> None:
    """Serve the school until stopped; settings come from the environment."""
    address = _open_to_the_room(host, port, lan_address) if lan else ""
    settings = settings_from_environment()
    if workers > 1 and settings.database_url.startswith("sqlite"):
        raise click.ClickException("SQLite takes one server process: leave --workers at 1, or use PostgreSQL")
    link = _link_to_set_up(settings, address or host, port)

    def greet() -> None:
        click.echo(invitation(address, port) if address else f"Second Source answers at http://{host}:{port}")
        if link:
            click.echo(link_in_words(link))

    with worker(), tested_beside(address, port) if address else nullcontext():
        run_server(EVERY_INTERFACE if address else host, port, workers, on_start=greet)


def _link_to_set_up(settings: Settings, host: str, port: int) -> str | None:
    """Return the link that makes the school where there is none. Without a secret key none can be signed."""
    runtime = ready_runtime(settings)
    if not settings.secret_key:
        return None
    return setup_link(runtime, settings, "" if settings.is_tls else f"http://{host}:{port}")


def _open_to_the_room(host: str, port: int, wanted: str) -> str:
    """Change the settings of this process for ``--lan`` and return the address that phones open."""
    if host != "127.0.0.1":
        raise click.ClickException("--lan chooses the interface itself: leave --host out")
    address = own_address(wanted)
    os.environ.update(lan_environment(os.environ, address, port))
    return address


def run_server(
    host: str, port: int, workers: int, on_start: Callable[[], None], application: str = APPLICATION
) -> None:
    """Serve until a signal arrives."""
    server = Granian(
        application,
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=_room_for_connections(),
        websockets=False,
        http1_settings=HTTP1Settings(header_read_timeout=KEEP_ALIVE_MS),
        log_access=False,
        log_dictconfig={"loggers": {"_granian": {"level": "WARNING"}}},
    )
    server.on_startup(on_start)
    logging.getLogger("_granian").addFilter(_is_news)
    server.serve()


def _room_for_connections() -> int:
    """Ask the system for as many files as connections take, and return how many a worker may hold open."""
    if sys.platform == "win32":
        return CONNECTIONS
    granted, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS + OTHER_FILES
    if granted == resource.RLIM_INFINITY or granted >= wanted:
        return CONNECTIONS
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    return max(OTHER_FILES, allowed - OTHER_FILES)


def _is_news(record: logging.LogRecord) -> bool:
    # Forty threads are meant: a save waits for the disk, and a thread that waits costs nothing.
    return "Python threads" not in str(record.msg)


@contextmanager
def worker() -> Iterator[None]:
    """Run ``quizapp work`` beside the server, and end it with the server."""
    process = subprocess.Popen(
        [sys.executable, "-m", "quizapp", "work"], env=os.environ, start_new_session=True
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
