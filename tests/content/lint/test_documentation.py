"""The reference lists every rule as the code has it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from quizapp.content.lint.check import rules

HERE = Path(__file__).parent
REFERENCE = HERE.parents[2] / "docs" / "reference" / "lint.md"


def test_every_rule_stands_in_the_reference_with_description_and_threshold():
    rows = {
        line.split("|")[1].strip(): line
        for line in REFERENCE.read_text().split("\n")
        if line.startswith("| L")
    }

    for rule in rules():
        assert rule.description in rows[rule.id]
        assert rule.threshold in rows[rule.id]
        assert rows[rule.id].endswith(f"| {rule.since} |")
        assert all(severity.value in rows[rule.id] for severity in rule.severities)


def test_the_reference_lists_no_rule_that_is_not_there():
    rows = {
        line.split("|")[1].strip() for line in REFERENCE.read_text().split("\n") if line.startswith("| L")
    }

    assert rows == {rule.id for rule in rules()} | {"L404"}


def test_every_rule_has_an_example_that_breaks_it():
    modules = [import_module(f"tests.content.lint.{path.stem}") for path in HERE.glob("test_*.py")]
    shown = {example.rule for module in modules for example in getattr(module, "EXAMPLES", ())}

    assert {rule.id for rule in rules()} == shown
