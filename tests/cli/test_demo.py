"""The demo school is made once, keeps every promise, and a second start changes no row."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.cli.demo import as_environment, demo_settings, greeting, prepare
from quizapp.cli.demo_school import CLASS_10A
from quizapp.core.demo import SIGN_INS
from quizapp.core.permissions import NOBODY, OPERATOR
from quizapp.services.environment import Mode, make_runtime, read_settings
from quizapp.services.invariants import broken_invariants
from quizapp.services.sign_in import sign_in
from quizapp.storage.engine import make_engine
from quizapp.storage.tables import Base


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo was made."""
    made = tmp_path_factory.mktemp("demo")
    prepare(made, demo_settings(made))
    return made


def rows(folder: Path) -> dict[str, list[str]]:
    """Return every row of the demo's database."""
    engine = make_engine(demo_settings(folder).database_url)
    with engine.connect() as connection:
        found = {
            table.name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{table.name}"'))))
            for table in Base.metadata.sorted_tables
        }
    engine.dispose()
    return found


def test_a_second_start_changes_no_row(folder: Path) -> None:
    before = rows(folder)

    prepare(folder, demo_settings(folder))

    assert rows(folder) == before


def test_the_demo_keeps_every_promise_about_attempts(folder: Path) -> None:
    runtime = make_runtime(demo_settings(folder))

    assert [finding for finding in broken_invariants(runtime, OPERATOR) if finding.broken] == []


def test_every_printed_sign_in_works(folder: Path) -> None:
    runtime = make_runtime(demo_settings(folder))

    tokens = [
        sign_in(runtime, NOBODY, school_id=1, user_name=one.user_name, secret=one.secret, device="Tests")
        for one in SIGN_INS
    ]

    assert all(tokens)
    assert all(one.secret in greeting(8000) for one in SIGN_INS)


def test_the_class_has_the_people_that_a_school_has(folder: Path) -> None:
    names = " ".join(rows(folder)["users"])

    assert all(name in names for name in CLASS_10A)
    assert any(len(name) == 60 for name in CLASS_10A)


def test_a_demo_that_was_stopped_half_way_is_made_again(folder: Path, tmp_path: Path) -> None:
    settings = demo_settings(tmp_path)
    (tmp_path / "school.db").write_bytes(b"")

    prepare(tmp_path, settings)

    assert len(rows(tmp_path)["users"]) == len(CLASS_10A) + 2


def test_its_secrets_are_for_the_owner_only_and_its_settings_are_read_back(folder: Path) -> None:
    settings = demo_settings(folder)

    assert (folder / "secrets.json").stat().st_mode & 0o077 == 0
    assert read_settings(as_environment(settings)) == settings
    assert settings.mode is Mode.DEMO
