"""The application under conditions that a test sets while it runs, by files in a folder.

``max_page_count``: pages that SQLite may have, as a disk that is full then. ``clock_ahead``: seconds by which the
clock of this machine is ahead.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event

from quizapp.services import environment
from quizapp.storage import clock
from quizapp.web.app import create_app as create_honest_app
from quizapp.web.runtime import EXTENSION
from tests.faults.place import FOLDER

ENDLESS = 1_073_741_823
PATIENCE_SECONDS = 2.0
"""Less than in a school, so that a test need not wait so long."""

honest_clock = clock.system_clock


def create_app() -> Flask:
    """Return the application, to which its machine does what the files say."""
    folder = Path(os.environ[FOLDER])
    environment.PATIENCE_SECONDS = PATIENCE_SECONDS

    def jumping_clock() -> datetime:
        return honest_clock() + timedelta(seconds=said(folder, "clock_ahead", 0))

    clock.system_clock = jumping_clock
    app = create_honest_app()
    engine = app.extensions[EXTENSION].database.engine
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "checkout")
        def limit(connection: Any, *_: object) -> None:
            connection.execute(
                f"PRAGMA max_page_count = {said(folder, 'max_page_count', ENDLESS)}"
            ).fetchall()

    return app


def said(folder: Path, name: str, otherwise: int) -> int:
    """Return the number in a file, if it is there."""
    with suppress(OSError, ValueError):
        return int((folder / name).read_text())
    return otherwise


def say(folder: Path, name: str, number: int) -> None:
    """Set a condition, in one step."""
    new = folder / f"{name}.new"
    new.write_text(str(number))
    new.replace(folder / name)
