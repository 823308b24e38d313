"""An operator backs a school up and brings it back with two commands, and no passphrase stands in a command."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quizapp.core.permissions import OPERATOR
from quizapp.services.accounts import create_school
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import upgrade
from quizapp.storage.unit_of_work import EngineDatabase
from tests.cli.test_commands import quizapp
from tests.conftest import FixedClock, make_runtime

PASSPHRASE = "correct horse battery staple"
SEALING = {"QUIZAPP_BACKUP_PASSPHRASE": PASSPHRASE}


def settings_of(database: Path) -> dict[str, str]:
    return {"QUIZAPP_MODE": "development", "QUIZAPP_DATABASE_URL": f"sqlite:///{database}"}


@pytest.fixture
def school(tmp_path: Path) -> dict[str, str]:
    """Settings of a school."""
    settings = settings_of(tmp_path / "school.db")
    engine = make_engine(settings["QUIZAPP_DATABASE_URL"])
    upgrade(engine)
    runtime = make_runtime(EngineDatabase(engine), FixedClock())
    create_school(runtime, OPERATOR, name="مدرسة التل", time_zone="Europe/London")
    engine.dispose()
    return settings


def test_a_school_is_backed_up_and_brought_back(school, tmp_path):
    file, elsewhere = tmp_path / "school.backup", settings_of(tmp_path / "elsewhere.db")

    made = quizapp(school | SEALING, "backup", str(file))
    checked = quizapp(SEALING, "restore", "--check", str(file))
    restored = quizapp(elsewhere | SEALING, "restore", str(file))
    doctor = quizapp(elsewhere, "doctor")

    assert made.returncode == 0, made.stderr
    assert "whole" in made.stdout
    assert "not sealed" not in made.stdout
    assert checked.returncode == 0, checked.stderr
    assert restored.returncode == 0, restored.stderr
    assert "QUIZAPP_PEPPER" in restored.stdout
    assert doctor.returncode == 0, doctor.stdout
    with sqlite3.connect(tmp_path / "elsewhere.db") as connection:
        assert connection.execute("SELECT name FROM schools").fetchall() == [("مدرسة التل",)]
    connection.close()


def test_a_passphrase_may_stand_in_a_file(school, tmp_path):
    file, kept = tmp_path / "school.backup", tmp_path / "passphrase"
    kept.write_text(f"{PASSPHRASE}\nanother line\n")

    made = quizapp(school, "backup", str(file), "--passphrase-file", str(kept))
    checked = quizapp(SEALING, "restore", "--check", str(file))

    assert made.returncode == 0, made.stderr
    assert checked.returncode == 0, checked.stderr


def test_what_can_not_be_done_is_told_in_a_line(school, tmp_path):
    file, empty = tmp_path / "school.backup", tmp_path / "empty"
    empty.touch()

    plain = quizapp(school, "backup", str(file))
    again = quizapp(school, "backup", str(file))
    replaced = quizapp(school | SEALING, "backup", str(file), "--force")
    short = quizapp(school | {"QUIZAPP_BACKUP_PASSPHRASE": "short"}, "backup", str(tmp_path / "other"))
    onto_itself = quizapp(school | SEALING, "restore", str(file))
    without = quizapp(settings_of(tmp_path / "new.db"), "restore", str(file))
    nothing = quizapp(SEALING, "restore", "--check", str(tmp_path / "no such file"))
    no_words = quizapp(school, "restore", "--check", str(file), "--passphrase-file", str(empty))

    assert "not sealed" in plain.stdout
    assert "--force" in again.stderr
    assert replaced.returncode == 0, replaced.stderr
    assert "at least 12 characters" in short.stderr
    assert "not empty" in onto_itself.stderr
    assert "give its passphrase" in without.stderr
    assert "can't be read" in nothing.stderr
    assert "first line" in no_words.stderr
    for ended in (again, short, onto_itself, without, nothing, no_words):
        assert ended.returncode == 1
        assert "Traceback" not in ended.stderr
