"""The reference lists every rule as the code has it."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from quizapp.content.lint.check import rules
from quizapp.content.lint.checklist import OF_LESSONS, OF_QUESTIONS, OF_VIGNETTES, judged_rules

HERE = Path(__file__).parent
REFERENCE = HERE.parents[2] / "docs" / "reference" / "lint.md"


def rows_of(part: int) -> list[tuple[str, str]]:
    """Return id and text of the rows above or below the heading of what a reader judges."""
    text = REFERENCE.read_text().split("## What a reader judges")[part]
    return [(line.split("|")[1].strip(), line) for line in text.split("\n") if line.startswith("| L")]


def test_every_rule_stands_in_the_reference_with_description_and_threshold():
    rows = dict(rows_of(0))

    for rule in rules():
        assert rule.description in rows[rule.id]
        assert rule.threshold in rows[rule.id]
        assert rows[rule.id].endswith(f"| {rule.since} |")
        assert all(severity.value in rows[rule.id] for severity in rule.severities)


def test_the_reference_lists_no_rule_that_is_not_there():
    assert set(dict(rows_of(0))) == {rule.id for rule in rules()}


def test_the_reference_lists_what_a_reader_judges():
    asked = {(judgement.rule, judgement.asks) for judgement in OF_QUESTIONS}
    rows = rows_of(1)

    assert {rule for rule, _ in rows} == judged_rules()
    assert all(
        any(rule == row and asks in text for row, text in rows)
        for rule, asks in asked | {*OF_LESSONS, *OF_VIGNETTES}
    )


def test_every_rule_has_an_example_that_breaks_it():
    modules = [import_module(f"tests.content.lint.{path.stem}") for path in HERE.glob("test_*.py")]
    shown = {example.rule for module in modules for example in getattr(module, "EXAMPLES", ())}

    assert {rule.id for rule in rules()} == shown
