"""The link that sets up a school: printed until there is one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizapp.cli.environment import ready_runtime
from quizapp.cli.main import commands
from quizapp.cli.setup_link import setup_link
from quizapp.core.permissions import OPERATOR
from quizapp.services.accounts import create_school
from quizapp.services.environment import Settings
from quizapp.services.first_run import is_good_token
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import upgrade

KEY = "kV2x-8Qz71mNpR4tW6yB9cE3gH5jL0sD"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation whose database is ready and empty."""
    made = Settings(
        database_url=f"sqlite:///{tmp_path / 'school.db'}",
        secret_key=KEY,
        pepper="Zp4w-7Tn29xKqL8vM3bF6hJ1dG5sA0rC",
        trusted_hosts=("quiz.example.org",),
    )
    engine = make_engine(made.database_url)
    upgrade(engine)
    engine.dispose()
    return made


def test_the_link_leads_to_the_server_that_knows_it(settings: Settings) -> None:
    runtime = ready_runtime(settings)

    link = setup_link(runtime, settings)

    assert link is not None
    address, _, token = link.rpartition("/first-run/")
    assert address == "https://quiz.example.org"
    assert is_good_token([KEY], token, runtime.clock())


@pytest.mark.parametrize(
    ("is_tls", "address", "starts"),
    [
        (False, "", "http://127.0.0.1:8000/first-run/"),
        (True, "http://10.0.0.7:8000/", "http://10.0.0.7:8000/first-run/"),
    ],
)
def test_the_link_starts_with_where_the_server_is_reached(
    settings: Settings, is_tls: bool, address: str, starts: str
) -> None:
    told = settings.model_copy(update={"is_tls": is_tls})

    assert str(setup_link(ready_runtime(settings), told, address)).startswith(starts)


def test_there_is_none_once_there_is_a_school(settings: Settings) -> None:
    runtime = ready_runtime(settings)
    create_school(runtime, OPERATOR, name="Hill Street School", time_zone="UTC")

    assert setup_link(runtime, settings) is None


def test_the_command_prints_it_and_says_when_it_is_too_late(settings: Settings) -> None:
    environment = {
        "QUIZAPP_DATABASE_URL": settings.database_url,
        "QUIZAPP_SECRET_KEY": KEY,
        "QUIZAPP_PEPPER": settings.pepper,
        "QUIZAPP_TRUSTED_HOSTS": "quiz.example.org",
    }

    printed = CliRunner().invoke(commands, ["users", "setup-link"], env=environment)
    create_school(ready_runtime(settings), OPERATOR, name="Hill Street School", time_zone="UTC")
    late = CliRunner().invoke(commands, ["users", "setup-link"], env=environment)

    assert printed.exit_code == 0
    assert re.search(r"https://quiz\.example\.org/first-run/\w+\.\w+\.\w+\n", printed.output)
    assert "within 24 hours" in printed.output
    assert late.exit_code == 1
    assert "there is a school already" in late.output
