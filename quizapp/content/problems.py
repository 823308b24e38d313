"""The author's slips: each has a rule, a place and a remedy, and none of them is an exception."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error blocks publishing, a warning asks for a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One slip. ``line`` counts from 1; ``item`` is the key of what the slip is in, or empty."""

    rule: str
    severity: Severity = Severity.ERROR
    file: str
    line: int
    message: str
    remedy: str
    item: str = ""
    field: str = ""
    value: str = ""
    limit: str = ""
    is_waivable: bool = False
    """An error that can be waived as a warning can."""

    def __str__(self) -> str:
        where = " ".join(part for part in (self.item, self.field) if part)
        facts = ", ".join(part for part in (self.value, f"limit: {self.limit}" if self.limit else "") if part)
        text = f"{self.file}:{self.line}: {self.rule} {self.severity}: "
        text += f"{where}: {self.message}" if where else self.message
        return f"{text}{f' ({facts})' if facts else ''} — {self.remedy}"

    @property
    def is_error(self) -> bool:
        """Publishing is refused while this stands."""
        return self.severity is Severity.ERROR

    @property
    def can_be_waived(self) -> bool:
        """Somebody may answer for it."""
        return self.is_waivable or not self.is_error


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return the problems by file and line, each said once."""
    return tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.rule, p.item, p.field, p.message)))
