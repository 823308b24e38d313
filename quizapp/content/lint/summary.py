"""What all rules found, in counts: a row a rule, and how far the reading of a pack has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.content.library import Library
from quizapp.content.lint.checklist import judged_rules
from quizapp.content.lint.registry import RULES, Status
from quizapp.content.lint.waiving import Waived
from quizapp.content.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class RuleRow:
    """How often a rule spoke; one without severities is left to the reader's checklist."""

    id: str
    since: Status
    severities: tuple[Severity, ...]
    errors: int
    warnings: int
    waived: int


@dataclass(frozen=True, slots=True)
class PackReading:
    """How far a pack has come: its lessons, those that nobody has signed, and its questions by status."""

    pack: str
    lessons: int
    unread: tuple[str, ...]
    questions: tuple[tuple[Status, int], ...]


def rule_rows(problems: Sequence[Problem], waived: Sequence[Waived]) -> tuple[RuleRow, ...]:
    """Return a row for each rule that there is, in the order of their ids."""
    found = Counter((problem.rule, problem.severity) for problem in problems)
    silenced = Counter(one.problem.rule for one in waived)
    ids = {rule.id for rule in RULES} | {rule_id for rule_id, _ in found} | judged_rules()
    return tuple(
        RuleRow(
            id=rule_id,
            since=next((rule.since for rule in RULES if rule.id == rule_id), Status.REVIEW),
            severities=_severities(rule_id, found),
            errors=found[rule_id, Severity.ERROR],
            warnings=found[rule_id, Severity.WARNING],
            waived=silenced[rule_id],
        )
        for rule_id in sorted(ids)
    )


def _severities(rule_id: str, found: Counter[tuple[str, Severity]]) -> tuple[Severity, ...]:
    registered = {severity for rule in RULES if rule.id == rule_id for severity in rule.severities}
    return tuple(one for one in Severity if one in registered or found[rule_id, one])


def readings(library: Library) -> tuple[PackReading, ...]:
    """Return how far each pack has come."""
    return tuple(
        PackReading(
            pack=pack.name,
            lessons=sum(key.startswith(f"{pack.name}:") for key in library.lessons),
            unread=tuple(
                key
                for key, source in library.lessons.items()
                if key.startswith(f"{pack.name}:") and not source.lesson.read_by
            ),
            questions=tuple(
                (status, count) for status in Status if (count := _of_status(library, pack.name, status))
            ),
        )
        for pack in library.packs
    )


def _of_status(library: Library, pack: str, status: Status) -> int:
    return sum(
        question.record.status == status and question.key.startswith(f"{pack}:")
        for question in library.questions.values()
    )
