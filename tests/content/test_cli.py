"""The author's commands: check, new, preview."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizapp.cli.content import content
from quizapp.content.lint.check import rules
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
    assert result.output.split("\n")[-4:] == [
        "Read: 1 course, 1 lesson, 1 misconceptions, 1 page, 1 question, 1 quiz, 1 skills, 1 words",
        "test: 1 of 1 lessons not yet read by an editor; questions: 1 review",
        "0 errors, 0 warnings",
        "",
    ]


def test_check_has_a_row_for_every_rule(run):
    rows = {line.split()[0]: line for line in run("check").output.split("\n") if line.startswith("L")}

    assert {rule.id for rule in rules()} < set(rows)
    assert rows["L102"].split() == ["L102", "review", "error", "and", "warning", "0", "0", "0"]
    assert rows["L116"].split() == ["L116", "review", "a", "reader", "0", "0", "0"]


def test_check_names_file_line_and_remedy_and_fails(run, pack: Pack):
    pack.questions[0]["skill"] = "S9"
    pack.questions.append(a_question("draft", status="draft"))
    pack.write()

    result = run("check")

    assert result.exit_code == 1
    assert "questions/banks/bank.yaml:3: L001 error: test:lamp-who skill: no skill S9" in result.output
    assert "— name a skill that exists" in result.output
    assert "1 drafts left out" in result.output
    assert ["L001", "draft", "error", "2", "0", "0"] in [line.split() for line in result.output.split("\n")]


def test_check_as_json_has_the_same_facts(run, pack: Pack):
    pack.questions[0]["skill"] = "S9"
    pack.write()

    found = json.loads(run("check", "--format", "json").output)

    first = found["problems"][0]
    assert (first["rule"], first["line"], first["severity"]) == ("L001", 3, "error")
    assert [row["errors"] for row in found["summary"] if row["id"] == "L001"] == [2]
    assert found["packs"] == [
        {"pack": "test", "lessons": 1, "unread": ["test:lamps"], "questions": {"review": 1}}
    ]
    assert found["checklist"][0]["title"] == "Lesson 1: Lamps"
    assert found["waivers"] == []


def test_check_lists_what_is_waived_and_by_whom(run, pack: Pack):
    why = "The key is the name of the office in full, and a shorter one would be another office."
    waiver = {"rule": "L110", "reason": why, "signed_by": "Ada Example", "date": "2026-11-22"}
    pack.questions.append(a_question("other", stem="The lamp is lit.", waivers=[waiver]))
    pack.write()

    printed = run("check").output
    waivers = json.loads(run("check", "--format", "json").output)["waivers"]

    assert f"L110 waived: test:other: the stem asks nothing (Ada Example, 2026-11-22) — {why}" in printed
    assert "0 errors, 0 warnings, 1 waived" in printed
    assert (waivers[0]["problem"]["rule"], waivers[0]["waiver"]["date"]) == ("L110", "2026-11-22")


def test_the_checklist_is_text_with_boxes_to_tick(run):
    printed = run("check", "--checklist").output

    assert "## Lesson 1: Lamps\n\nlessons/01-lamps/lesson.md. Not yet read by an editor.\n" in printed
    assert "## bank.yaml\n\n1 questions, 0 of them live.\n\n- [ ] L108" in printed
    assert "0 errors" not in printed


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


def test_report_counts_what_the_files_hold(run):
    result = run("report")

    lines = [line.split() for line in result.output.split("\n")]
    assert result.exit_code == 0
    assert ["S2", "1", "0", "0", "1", "0", "1", "0", "0", "0", "0", "1", "0", "0", "1", "0"] in lines
    assert ["Pick", "one", "1", "0", "1"] in lines
    assert ["M03", "1", "1", "0", "t"] in lines
    assert ["first,", "second,", "third", "as", "written:", "1,", "0,", "0"] in lines
    assert any(line[:2] == ["1.", "Lamps"] and line[-1].endswith("/15") for line in lines)


def test_report_as_json_has_the_same_numbers(run):
    figures = json.loads(run("report", "--format", "json").output)

    assert figures["uses"] == ["lesson", "practice", "quiz", "checkpoint"]
    assert figures["types"] == ["Pick one"]
    assert figures["skills"][0]["by_use"] == [0, 0, 1, 0]
    assert figures["keys"]["places"] == [1, 0, 0]
    assert [screen["minutes"] for screen in figures["lessons"][0]["screens"]] == [1, 3, 4, 9, 2, 4, 1, 15]


def test_report_of_a_pack_that_cannot_be_published_counts_what_can_be_read(run, pack: Pack):
    pack.questions.append(a_question("broken", skill="S99x"))
    pack.write()

    result = run("report")

    assert result.exit_code == 0
    assert "S2" in result.output
