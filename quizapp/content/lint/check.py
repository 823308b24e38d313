"""Running all the rules. Reading the modules registers them."""

from __future__ import annotations

from quizapp.content.library import Library
from quizapp.content.lint import (
    access,
    balance,
    coverage,
    desks,
    evidence,
    explaining,
    feedback,
    language,
    levels,
    likeness,
    moves,
    names,
    options,
    positions,
    quotes,
    references,
    safety,
    slots,
    stems,
    tags,
    tone,
    waiving,
    writing,
)
from quizapp.content.lint.registry import RULES, Rule, Status
from quizapp.content.problems import Problem

MODULES = (
    references,
    moves,
    desks,
    slots,
    writing,
    options,
    positions,
    stems,
    waiving,
    likeness,
    feedback,
    explaining,
    evidence,
    tags,
    names,
    quotes,
    language,
    levels,
    access,
    safety,
    tone,
    balance,
    coverage,
)


def rules() -> tuple[Rule, ...]:
    """Return every check by its rule's id."""
    return tuple(sorted(RULES, key=lambda rule: rule.id))


def lint(library: Library) -> list[Problem]:
    """Return what the rules find in what was read, each from the status on from which it speaks."""
    statuses = {question.key: Status(question.record.status) for question in library.questions.values()}
    return [
        problem
        for rule in RULES
        for problem in rule.check(library)
        if rule.speaks_at(statuses.get(problem.item, Status.LIVE))
    ]
