"""The reference lists every rule as the code has it."""

from __future__ import annotations

from pathlib import Path

from quizapp.content.lint.check import rules

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "lint.md"


def test_every_rule_stands_in_the_reference_with_description_and_threshold():
    rows = {
        line.split("|")[1].strip(): line
        for line in REFERENCE.read_text().split("\n")
        if line.startswith("| L")
    }

    for rule in rules():
        assert rule.description in rows[rule.id]
        assert rule.threshold in rows[rule.id]
        assert all(severity.value in rows[rule.id] for severity in rule.severities)


def test_the_reference_lists_no_rule_that_is_not_there():
    rows = {
        line.split("|")[1].strip() for line in REFERENCE.read_text().split("\n") if line.startswith("| L")
    }

    assert rows == {rule.id for rule in rules()} | {"L404"}
