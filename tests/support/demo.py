"""The demo school, made once for all test processes of a run, and a copy for each of them."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from quizapp.cli.demo import demo_settings, prepare

LONGEST_WAIT = 300
POLL_SECONDS = 0.2


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder in which the demo was made. Tests may sign in there, and change nothing else."""
    if worker_id == "master":
        return _made(tmp_path_factory.mktemp("demo"))
    shared = tmp_path_factory.getbasetemp().parent / "demo"
    try:
        shared.mkdir()
    except FileExistsError:
        _wait_for(shared / "ready")
    else:
        _made(shared)
        (shared / "ready").touch()
    return Path(shutil.copytree(shared, tmp_path_factory.mktemp("demo") / "copy"))


def _made(folder: Path) -> Path:
    prepare(folder, demo_settings(folder))
    return folder


def _wait_for(sign: Path) -> None:
    until = time.monotonic() + LONGEST_WAIT
    while not sign.exists():
        assert time.monotonic() < until, "the process that makes the demo school did not finish"
        time.sleep(POLL_SECONDS)
