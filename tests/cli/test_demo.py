"""The demo is made whole or not at all, and a second start changes no row."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from quizapp.cli import demo
from quizapp.cli.demo import HALF_MADE, SCHOOL_FILE, as_environment, demo_settings, greeting, prepare
from quizapp.cli.demo_school import fill
from quizapp.cli.demo_school.planted import PACK, PLANTED_QUESTION, PLANTED_QUIZ
from quizapp.content.catalogue import Catalogue, load_catalogue
from quizapp.content.questions import question_from_item, quiz_from_item
from quizapp.content.roots import content_roots, shipped
from quizapp.core.demo import SIGN_INS
from quizapp.core.permissions import NOBODY, OPERATOR
from quizapp.core.rosters import read_roster
from quizapp.services.accounts import create_school
from quizapp.services.environment import Mode, make_runtime, read_settings
from quizapp.services.invariants import broken_invariants
from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import sign_in
from quizapp.storage.engine import make_engine
from quizapp.storage.tables import Base


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


def an_empty_school(runtime: Runtime, catalogue: Catalogue) -> None:
    """Make a school in no time."""
    del catalogue
    create_school(runtime, OPERATOR, name="Quick", time_zone="UTC", is_demo=True)


def test_a_second_start_changes_no_row(demo_folder: Path) -> None:
    before = rows(demo_folder)

    prepare(demo_folder, demo_settings(demo_folder))

    assert rows(demo_folder) == before


def test_the_demo_keeps_every_promise_about_attempts(demo_folder: Path) -> None:
    runtime = make_runtime(demo_settings(demo_folder))

    assert [finding for finding in broken_invariants(runtime, OPERATOR) if finding.broken] == []


def test_every_printed_sign_in_works(demo_folder: Path) -> None:
    runtime = make_runtime(demo_settings(demo_folder))

    tokens = [
        sign_in(runtime, NOBODY, school_id=1, user_name=one.user_name, secret=one.secret, device="Tests")
        for one in SIGN_INS
    ]

    assert all(tokens)
    assert all(one.secret in greeting(8000) for one in SIGN_INS)


def test_a_demo_that_was_stopped_half_way_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = demo_settings(tmp_path)

    def stopped(runtime: Runtime, catalogue: Catalogue) -> None:
        an_empty_school(runtime, catalogue)
        raise KeyboardInterrupt

    monkeypatch.setattr(fill, "fill_demo_school", stopped)
    with pytest.raises(KeyboardInterrupt):
        prepare(tmp_path, settings)
    was_there = (tmp_path / SCHOOL_FILE).exists()
    monkeypatch.setattr(fill, "fill_demo_school", an_empty_school)
    prepare(tmp_path, settings)

    assert not was_there
    assert len(rows(tmp_path)["schools"]) == 1
    assert not list(tmp_path.glob(f"{HALF_MADE}*"))


def test_a_file_that_is_no_database_is_in_nobodys_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill, "fill_demo_school", an_empty_school)
    (tmp_path / SCHOOL_FILE).write_bytes(b"not a database at all, and longer than a header of one" * 40)

    prepare(tmp_path, demo_settings(tmp_path))

    assert len(rows(tmp_path)["schools"]) == 1


def test_changed_content_comes_into_the_school_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill, "fill_demo_school", an_empty_school)
    prepare(tmp_path, demo_settings(tmp_path))
    monkeypatch.setattr(demo, "content_digest", lambda roots: "another one")
    monkeypatch.setattr(fill, "fill_demo_school", None)

    prepare(tmp_path, demo_settings(tmp_path))

    assert (tmp_path / "content").read_text() == "another one"


def test_its_secrets_are_for_the_owner_only_and_its_settings_are_read_back(tmp_path: Path) -> None:
    settings = demo_settings(tmp_path)

    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0
    assert read_settings(as_environment(settings)) == settings
    assert settings.mode is Mode.DEMO


def test_no_quiz_of_the_course_can_draw_the_question_with_the_wrong_key() -> None:
    catalogue = load_catalogue(content_roots((PACK,)))
    planted = question_from_item(catalogue.item("question", PLANTED_QUESTION))

    drawing = [
        quiz.key
        for quiz in map(quiz_from_item, catalogue.of_kind("quiz"))
        if any(row.fits(planted) for row in quiz.blueprint)
    ]

    assert drawing == [PLANTED_QUIZ]


def test_what_schools_get_is_free_of_the_demos_pack() -> None:
    items = load_catalogue(content_roots()).items

    assert not [item.key for item in items if item.key.startswith("demo:")]


@pytest.mark.parametrize(("file", "problems"), [("roster-good.csv", 0), ("roster-bad.csv", 4)])
def test_the_two_lists_to_try_are_what_they_say(file: str, problems: int) -> None:
    lines = read_roster((shipped("static") / "demo" / file).read_text())

    assert len([line for line in lines if line.problem]) == problems
