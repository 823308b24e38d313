"""The commands an operator types, on a database of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAFE = {
    "QUIZAPP_MODE": "production",
    "QUIZAPP_SECRET_KEY": "kV2x-8Qz71mNpR4tW6yB9cE3gH5jL0sD",
    "QUIZAPP_PEPPER": "Zp4w-7Tn29xKqL8vM3bF6hJ1dG5sA0rC",
    "QUIZAPP_TRUSTED_HOSTS": "quiz.example.org",
}


@pytest.fixture
def school(tmp_path: Path) -> dict[str, str]:
    """Settings of a school whose database does not exist yet."""
    return {**SAFE, "QUIZAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'school.db'}"}


def quizapp(settings: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run ``quizapp`` as an operator does."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    return subprocess.run(
        [sys.executable, "-m", "quizapp", *words],
        env={**inherited, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_school_is_set_up_with_four_commands(school: dict[str, str]) -> None:
    upgraded = quizapp(school, "db", "upgrade")
    synchronised = quizapp(school, "content", "sync")
    admin = (
        "--school",
        "Hill Street School",
        "--name",
        "Ada Quist",
        "--password",
        "a long sentence",
        "--time-zone",
        "Europe/London",
    )
    created = quizapp(school, "users", "create-admin", *admin)
    checked = quizapp(school, "check")
    doctor = quizapp(school, "doctor")

    assert "empty →" in upgraded.stdout
    assert "new, 0 changed" in synchronised.stdout
    assert "Ada Quist can sign in now." in created.stdout
    assert checked.returncode == 0, checked.stderr
    assert doctor.returncode == 0, doctor.stdout
    assert "SQLite" in doctor.stdout
    assert "✗" not in doctor.stdout


def test_synchronising_twice_changes_nothing(school: dict[str, str]) -> None:
    quizapp(school, "db", "upgrade")
    quizapp(school, "content", "sync")

    again = quizapp(school, "content", "sync")

    assert again.stdout.startswith("0 new, 0 changed")
    assert again.stdout.rstrip().endswith("0 retired")


@pytest.mark.parametrize(
    ("words", "change", "status", "told"),
    [
        (("serve",), {"QUIZAPP_SECRET_KEY": "short"}, 2, "QUIZAPP_SECRET_KEY"),
        (("serve",), {"QUIZAPP_SECRETKEY": "typo"}, 2, "QUIZAPP_SECRETKEY"),
        (("serve",), {}, 1, "quizapp db upgrade"),
        (("serve", "--workers", "2"), {}, 1, "SQLite takes one server process"),
        (("serve", "--port", "99999"), {}, 2, "--port"),
        (("doctor",), {"QUIZAPP_DATABASE_URL": "sqlite:////nowhere/at/all.db"}, 1, "QUIZAPP_DATABASE_URL"),
    ],
)
def test_what_can_not_be_done_is_told_in_a_line(
    school: dict[str, str], words: tuple[str, ...], change: dict[str, str], status: int, told: str
) -> None:
    ended = quizapp({**school, **change}, *words)

    assert ended.returncode == status
    assert told in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_time_zone_that_does_not_exist_is_refused(school: dict[str, str]) -> None:
    quizapp(school, "db", "upgrade")

    ended = quizapp(
        school,
        "users",
        "create-admin",
        "--school",
        "X",
        "--name",
        "Y",
        "--password",
        "a long sentence",
        "--time-zone",
        "Mars/Base",
    )

    assert ended.returncode == 1
    assert "Mars/Base" in ended.stderr


def test_content_check_speaks_json(school: dict[str, str]) -> None:
    ended = quizapp(school, "content", "check", "--format", "json")

    assert ended.returncode == 0
    assert json.loads(ended.stdout)["problems"] == []
