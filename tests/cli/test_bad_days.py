"""A database that is not there, and an upgrade in the middle of an exam: one sentence that says what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from quizapp.cli import db
from quizapp.storage.schema import head_revision
from tests.builders.sitting import sit_down
from tests.builders.world import World

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def settings_for(url: str) -> dict[str, str]:
    return {
        "QUIZAPP_MODE": "development",
        "QUIZAPP_DATABASE_URL": url,
        "QUIZAPP_SECRET_KEY": "kV2x-8Qz71mNpR4tW6yB9cE3gH5jL0sD",
    }


@pytest.mark.parametrize("command", ["serve", "work", "doctor"])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("sqlite:///{folder}/typo.db", "there is no database at"),
        ("sqlite:///{folder}/no/such/folder/school.db", "there is no database at"),
        (NOWHERE, "is it running? check QUIZAPP_DATABASE_URL"),
    ],
)
def test_a_missing_database_is_told_in_one_sentence(
    command: str, url: str, told: str, tmp_path: Path
) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}

    ran = subprocess.run(
        [sys.executable, "-m", "quizapp", command],
        env={**inherited, **settings_for(url.format(folder=tmp_path))},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ran.returncode == 1
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr + ran.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was upgraded; nothing is, for there is no older release to come from."""
    seen: list[object] = []
    monkeypatch.setattr(db, "upgrade", seen.append)
    return seen


def upgrade_at(world: World, monkeypatch: pytest.MonkeyPatch, *words: str) -> tuple[int, str]:
    """Run ``quizapp db upgrade`` on the database of a release before."""
    with world.runtime.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    url = world.runtime.database.engine.url.render_as_string(hide_password=False)
    for name, value in settings_for(url).items():
        monkeypatch.setenv(name, value)
    ran = CliRunner().invoke(db.db, ["upgrade", *words])
    return ran.exit_code, ran.output


def test_an_upgrade_in_mid_exam_is_refused(
    live_world: World, upgraded: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(live_world)

    status, told = upgrade_at(live_world, monkeypatch)

    assert status == 1
    assert "1 try is open" in told
    assert "--even-now" in told
    assert upgraded == []


def test_an_upgrade_in_mid_exam_is_done_when_it_is_meant(
    live_world: World, upgraded: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(live_world)

    status, told = upgrade_at(live_world, monkeypatch, "--even-now")

    assert (status, len(upgraded)) == (0, 1)
    assert head_revision() in told


def test_an_upgrade_after_everybody_handed_in_is_done(
    live_world: World, upgraded: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(live_world).submit()

    status, _ = upgrade_at(live_world, monkeypatch)

    assert (status, len(upgraded)) == (0, 1)
