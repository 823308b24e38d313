"""What reviewers would otherwise say again and again."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements", "requirements-dev", "requirements-build")
LONGEST_FILE = 300
LONGEST_TEST_OR_SHEET = 450
"""Tests of one thing belong together, and so does one component's look; the code itself stays shorter."""
LONGEST_FUNCTION = 40


def kept_files(*patterns: str) -> list[Path]:
    """Return what git keeps or is about to keep, so that what tools leave behind is not looked at."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in sorted(set(listed.stdout.splitlines())) if (ROOT / name).is_file()]


def lines_that_match(pattern: str, files: list[Path]) -> list[str]:
    """Return `file:line: text` for each line in which the pattern is found."""
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
        for file in files
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]


def functions(module: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of_code(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function has below its signature and docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_code_files_are_short():
    long = {
        str(file.relative_to(ROOT)): length
        for file in kept_files("quizapp/**.py", "tests/**.py", "static/**.js", "static/**.css")
        if "migrations" not in file.parts
        if (length := len(file.read_text(encoding="utf-8").splitlines()))
        > (LONGEST_TEST_OR_SHEET if "tests" in file.parts or file.suffix == ".css" else LONGEST_FILE)
    }

    assert long == {}


def test_functions_are_short():
    long = {
        f"{module.relative_to(ROOT)}:{function.name}": length
        for module in kept_files("quizapp/**.py")
        if "migrations" not in module.parts
        for function in functions(module)
        if (length := lines_of_code(function)) > LONGEST_FUNCTION
    }

    assert long == {}


def test_each_silenced_warning_has_a_reason_beside_it():
    silenced = r"# (noqa|type: ignore|pragma: no cover|djlint:off)"
    with_reason = r"# (noqa: [A-Z0-9, ]+|type: ignore\[[a-z, -]+\]|pragma: no cover|djlint:off) +(- |# )\w+"

    without = [
        line for line in lines_that_match(silenced, python_files()) if not re.search(with_reason, line)
    ]

    assert without == []


def test_each_rule_left_out_has_a_reason_beside_it():
    without = lines_that_match(r'^\s+"[A-Z]+\d+",\s*$', [ROOT / "ruff.toml"])

    assert without == []


def test_no_test_is_skipped_or_expected_to_fail():
    skipped = lines_that_match(r"(?<!# fmt: )\b(skip|skipif|xfail|importorskip)\b", kept_files("tests/**.py"))

    assert [line for line in skipped if "test_quality_gates.py" not in line] == []


def test_nothing_is_left_to_do():
    left = lines_that_match(
        r"\b(TODO|FIXME|XXX|HACK)\b", kept_files("quizapp", "static/**.js", "static/**.css")
    )

    # The lint rule against left-overs in content names them.
    assert [line for line in left if not line.startswith("quizapp/content/lint/references.py")] == []


def test_only_the_storage_maps_tables():
    mapping = r"\b(DeclarativeBase|MappedAsDataclass|mapped_column|registry\.mapped|Mapped\[)"
    outside = [file for file in kept_files("quizapp/**.py") if "storage" not in file.parts]

    assert lines_that_match(mapping, outside) == []


def test_pages_carry_no_script_and_no_style_of_their_own():
    inline = r"<style\b|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")"

    assert lines_that_match(inline, kept_files("quizapp/**.html")) == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_what_is_asked_for_by_hash(name):
    asked = set(re.findall(r"^([A-Za-z][\w.-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE))
    lock = (ROOT / f"{name}.lock").read_text()
    pinned = re.findall(r"^([a-z][\w.-]*)(?:\[\w+\])?==\S+[^\n]*\\\n    --hash=sha256:", lock, re.MULTILINE)

    assert {package.lower().replace("_", "-") for package in asked} <= set(pinned)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place_to_download_from(name):
    assert re.findall(r"https?:|file:|--index|--find-links", (ROOT / f"{name}.lock").read_text()) == []


def test_the_tools_are_tested_with_what_runs_in_a_school():
    runtime, development = (pins(f"{name}.lock") for name in ("requirements", "requirements-dev"))

    assert {package: development.get(package) for package in runtime} == runtime


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z][\w.-]*)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def test_the_wheel_carries_every_kind_of_file():
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    carried = settings["options.package_data"]["quizapp"].split()

    kinds = {f"**/*{file.suffix}" for file in kept_files("quizapp") if file.name != "py.typed"}

    # A catalogue's source stays behind; its compiled form travels.
    assert kinds - {"**/*.po", "**/*.pot"} <= set(carried)


def test_make_help_tells_every_target():
    makefile = (ROOT / "Makefile").read_text()
    promised = next(line for line in makefile.splitlines() if line.startswith(".PHONY:")).split()[1:]
    told = re.findall(r"^([a-z-]+):.*## \S", makefile, re.MULTILINE)

    assert set(promised) == set(told)


def python_files() -> list[Path]:
    here = Path(__file__)
    return [file for file in kept_files("*.py", "**.py") if file != here]
