"""The rules by their ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from quizapp.content.library import Library, Source, Text
from quizapp.content.problems import Problem, Severity

Check = Callable[[Library], Iterator[Problem]]


class Status(StrEnum):
    """How far the writing of an item has come, in this order."""

    DRAFT = "draft"
    REVIEW = "review"
    LIVE = "live"


ORDER = tuple(Status)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as docs/reference/lint.md lists it. A rule may have several checks.

    It speaks of items that have come as far as ``since``.
    """

    id: str
    severities: tuple[Severity, ...]
    threshold: str
    description: str
    check: Check
    since: Status

    def speaks_at(self, status: Status) -> bool:
        """Say whether an item of that status has to obey."""
        return ORDER.index(status) >= ORDER.index(self.since)


RULES: list[Rule] = []
"""Every check, in the order in which its module was read."""


def rule(
    rule_id: str, threshold: str, description: str, *severities: Severity, since: Status = Status.REVIEW
) -> Callable[[Check], Check]:
    """Register a check under its id; without severities it tells errors only.

    Only what concerns the structure of an item speaks of drafts (``since=Status.DRAFT``).
    """

    def register(check: Check) -> Check:
        RULES.append(Rule(rule_id, severities or (Severity.ERROR,), threshold, description, check, since))
        return check

    return register


class HasSource(Protocol):
    """An item of the library."""

    @property
    def key(self) -> str:
        """``pack:id``."""
        ...

    @property
    def source(self) -> Source:
        """Where it was written."""
        ...


def in_item(
    rule_id: str,
    item: HasSource,
    steps: tuple[str | int, ...],
    message: str,
    remedy: str,
    *,
    value: str = "",
    limit: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Return a problem at a key of an item."""
    return Problem(
        rule=rule_id,
        severity=severity,
        file=item.source.file,
        line=item.source.line(*steps),
        item=item.key,
        field=".".join(map(str, steps)),
        message=message,
        remedy=remedy,
        value=value,
        limit=limit,
    )


def in_text(
    rule_id: str,
    text: Text,
    offset: int,
    message: str,
    remedy: str,
    *,
    value: str = "",
    limit: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Return a problem at a character of a text."""
    return Problem(
        rule=rule_id,
        severity=severity,
        file=text.file,
        line=text.line_at(offset),
        item=text.item,
        field=text.field,
        message=message,
        remedy=remedy,
        value=value,
        limit=limit,
    )
