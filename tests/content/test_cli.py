"""The author's commands: check, new, preview."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.content import content
from tests.content.packs import Pack, a_question


@pytest.fixture
def run(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Run a command with the pack of the test as the shipped one."""
    pack.write()
    for module in ("quizapp.content.roots", "quizapp.cli.content"):
        monkeypatch.setattr(f"{module}.shipped", lambda name: pack.folder / name)
    return lambda *arguments: CliRunner().invoke(content, [str(argument) for argument in arguments])


def test_check_of_a_good_pack_says_what_was_read(run):
    result = run("check")

    assert result.exit_code == 0
    assert result.output.split("\n")[0] == (
        "Read: 1 course, 1 lesson, 1 misconceptions, 1 page, 1 question, 1 quiz, 1 skills, 1 words"
    )
    assert "0 errors, 0 warnings" in result.output


def test_check_names_file_line_and_remedy_and_fails(run, pack: Pack):
    pack.questions[0]["skill"] = "S9"
    pack.questions.append(a_question("draft", status="draft"))
    pack.write()

    result = run("check")

    assert result.exit_code == 1
    assert "questions/banks/bank.yaml:3: L001 error: test:lamp-who skill: no skill S9" in result.output
    assert "— name a skill that exists" in result.output
    assert "1 drafts left out" in result.output
    assert "L001         2         0" in result.output


def test_check_as_json_has_the_same_facts(run, pack: Pack):
    pack.questions[0]["skill"] = "S9"
    pack.write()

    found = json.loads(run("check", "--format", "json").output)

    assert (found[0]["rule"], found[0]["line"], found[0]["severity"]) == ("L001", 3, "error")


def test_check_reads_further_packs(run, tmp_path: Path):
    (tmp_path / "more" / "lessons").mkdir(parents=True)
    (tmp_path / "more" / "lessons" / "course.yaml").write_text("pack: more\ntitle: t\nnot: e\n")

    result = run("check", "--pack", tmp_path / "more")

    assert result.exit_code == 1
    assert "unknown key `not`" in result.output


def test_a_new_question_is_written_as_a_draft_and_never_over_another(run, pack: Pack):
    first = run("new", "question", "s2-moon", "--skill", "S2", "--type", "order")
    again = run("new", "question", "s2-moon")

    assert first.exit_code == 0
    assert "status: draft" in (pack.folder / "questions/banks/s2-moon.yaml").read_text()
    assert again.exit_code == 1
    assert "exists" in again.output


def test_a_new_lesson_is_written_into_the_pack_that_was_named(run, tmp_path: Path):
    result = run("new", "lesson", "moons", "--number", 3, "--title", "Moons", "--into", tmp_path / "more")

    assert result.exit_code == 0
    assert (tmp_path / "more/lessons/03-moons/lesson.md").is_file()
    assert (tmp_path / "more/lessons/03-moons/teacher.md").is_file()


def test_a_key_that_no_address_can_carry_is_refused(run):
    result = run("new", "question", "../Moon")

    assert result.exit_code == 2
    assert "is no key" in result.output


def test_a_preview_is_written_and_its_place_printed(run, tmp_path: Path):
    printed = Path(run("preview", "lamps").output.strip())
    named = run("preview", "lamp-who", "--output", tmp_path / "page.html")

    assert "<h1>Lamps</h1>" in printed.read_text()
    printed.unlink()
    assert named.output.strip() == str(tmp_path / "page.html")
    assert "The keeper" not in run("preview", "nothing").output
    assert run("preview", "nothing").exit_code == 1
