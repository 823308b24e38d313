"""The rules by their ids, and what runs them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from quizapp.content.library import Library
from quizapp.content.problems import Problem, Severity

Check = Callable[[Library], Iterator[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as docs/reference/lint.md lists it."""

    id: str
    severity: Severity
    threshold: str
    description: str
    check: Check


RULES: list[Rule] = []
"""Every rule, in the order of registration."""


def rule(
    rule_id: str, threshold: str, description: str, severity: Severity = Severity.ERROR
) -> Callable[[Check], Check]:
    """Register a check under its id. One id may have several checks."""

    def register(check: Check) -> Check:
        RULES.append(Rule(rule_id, severity, threshold, description, check))
        return check

    return register


def lint(library: Library) -> list[Problem]:
    """Return what the rules find in what was read."""
    return [problem for registered in RULES for problem in registered.check(library)]
