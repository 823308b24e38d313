"""``quizapp doctor``: says what the database stands on, names what is broken, and ends with a status that scripts read."""

from __future__ import annotations

import os
import subprocess
import sys

from sqlalchemy import text

from quizapp.services.runtime import Runtime
from quizapp.storage.schema import head_revision
from quizapp.storage.triggers import drop_triggers
from tests.builders.sitting import sit_down
from tests.builders.world import World

PRODUCTS = {"sqlite": ("SQLite 3.", "journal mode "), "postgresql": ("PostgreSQL ", "psycopg 3.")}


def doctor(runtime: Runtime) -> subprocess.CompletedProcess[str]:
    """Run the command on the database of a runtime."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    url = runtime.database.engine.url.render_as_string(hide_password=False)
    return subprocess.run(
        [sys.executable, "-m", "quizapp", "doctor"],
        env={**inherited, "QUIZAPP_MODE": "development", "QUIZAPP_DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_sound_database_is_described(live_runtime: Runtime, live_world: World) -> None:
    sit_down(live_world)

    told = doctor(live_runtime)

    assert told.returncode == 0, told.stdout + told.stderr
    for words in PRODUCTS[live_runtime.database.engine.dialect.name]:
        assert words in told.stdout
    assert f"schema {head_revision()}" in told.stdout
    assert "open tries: 1" in told.stdout
    assert " MB" in told.stdout
    assert "✗" not in told.stdout


def test_what_is_broken_is_named_with_its_place(live_runtime: Runtime, live_world: World) -> None:
    sitting = sit_down(live_world)
    with live_runtime.database.writing() as session:
        drop_triggers(session.connection())
        session.execute(text("UPDATE attempts SET lease = 0, max_points = max_points + 1"))

    told = doctor(live_runtime)

    assert told.returncode == 1
    assert (
        f"✗ the marks of a try add up to what can be had: 1 broken, the first at try {sitting.attempt_id}"
        in told.stdout
    )
    assert "✗ the database keeps its rules by itself" in told.stdout
    assert "a promise is broken" in told.stderr
