"""L009: a warning is silenced by a reason, a name and a date, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from quizapp.content.library import LessonSource, Library, QuestionSource, VignetteSource
from quizapp.content.lint.parts import words
from quizapp.content.lint.registry import RULES, Status, in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.content.waivers import WaiverRecord

LEAST_REASON = 12
RULE = "L009"
WAIVABLE_ERRORS = frozenset({"L002"})
"""Rules that tell errors only and can be waived in part."""

Waivable = QuestionSource | LessonSource | VignetteSource


@dataclass(frozen=True, slots=True)
class Waived:
    """A problem that somebody answers for."""

    problem: Problem
    waiver: WaiverRecord


@rule(
    RULE,
    "12 words, a name, a date; 0 unused",
    "A warning is waived only with a reason, a name and a date.",
    Severity.WARNING,
    since=Status.DRAFT,
)
def waivers_are_signed(library: Library) -> Iterator[Problem]:
    """Look at each waiver by itself; whether it is of use shows when all rules have spoken."""
    for item, index, waiver in _waivers(library):
        for message, remedy in _slips(waiver):
            yield _told(item, index, waiver, message, remedy)


def settle(library: Library, problems: Iterable[Problem]) -> tuple[list[Problem], list[Waived]]:
    """Part the problems into those that stand and those that are waived; a waiver without use is a problem too."""
    standing = list(problems)
    waived: list[Waived] = []
    for item, index, waiver in _waivers(library):
        if next(_slips(waiver), None):
            continue
        found = [problem for problem in standing if _silences(waiver, item, problem)]
        waived += (Waived(problem, waiver) for problem in found)
        standing = [problem for problem in standing if problem not in found]
        if not found:
            message = f"the waiver silences nothing: {waiver.rule} has no warning here"
            standing.append(_told(item, index, waiver, message, "take it away"))
    return standing, waived


def _waivers(library: Library) -> Iterator[tuple[Waivable, int, WaiverRecord]]:
    items: Iterable[Waivable] = chain(
        library.questions.values(), library.lessons.values(), library.vignettes.values()
    )
    for item in items:
        for index, waiver in enumerate(item.waivers):
            yield item, index, waiver


def _slips(waiver: WaiverRecord) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the waiver itself, and what to do."""
    severities = {severity for rule in RULES if rule.id == waiver.rule for severity in rule.severities}
    if not severities or waiver.rule == RULE:
        yield f"no rule {waiver.rule} that could be waived", "name a rule of docs/reference/lint.md"
    elif Severity.WARNING not in severities and waiver.rule not in WAIVABLE_ERRORS:
        yield f"{waiver.rule} tells errors, and no error can be waived", "mend the text"
    if len(words(waiver.reason)) < LEAST_REASON:
        yield "the waiver has no reason, or hardly one", f"say why in {LEAST_REASON} words or more"
    if not waiver.signed_by.strip() or waiver.date is None:
        yield "the waiver is not signed", "write `signed_by:` with a name and `date:` with a day"


def _silences(waiver: WaiverRecord, item: Waivable, problem: Problem) -> bool:
    return problem.can_be_waived and (problem.item, problem.rule) == (item.key, waiver.rule)


def _told(item: Waivable, index: int, waiver: WaiverRecord, message: str, remedy: str) -> Problem:
    steps = ("waivers", index)
    severity = Severity.WARNING
    return in_item(RULE, item, steps, message, remedy, value=waiver.rule, severity=severity)
