"""A class list as it is pasted: a name a line, and after a semicolon the user name where it differs."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.messages import Message
from quizapp.core.names import MAX_NAME, is_too_long, normal_form, shown_form

MAX_LINES = 120
"""Three classes at once; each new person costs a hash of some 30 ms."""


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One line that names somebody. ``number`` counts as the teacher does, empty lines included.

    ``user_name`` is empty where the line gives none. A line with a problem is not to be used.
    """

    number: int
    name: str
    user_name: str = ""
    problem: Message | None = None

    @property
    def key(self) -> str:
        """The normal form of the user name that the line asks for."""
        return normal_form(self.user_name or self.name)


def read_roster(text: str) -> tuple[RosterLine, ...]:
    """Return what each line says; lines of white space are left out."""
    typed = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines: list[RosterLine] = []
    first_with: dict[str, int] = {}
    for number, raw in enumerate(typed, start=1):
        if not raw.strip():
            continue
        line = _read_line(number, raw)
        if line.problem is None:
            earlier = first_with.setdefault(line.key, number)
            line = line if earlier == number else _twice(line, earlier)
        lines.append(line)
    return tuple(lines)


def _read_line(number: int, raw: str) -> RosterLine:
    parts = [shown_form(part) for part in raw.split(";")]
    name, user_name = parts[0], (parts[1] if len(parts) > 1 else "")
    if len(parts) > 2:
        problem = Message("There is more than one semicolon. Write: name; user name")
    elif not name:
        problem = Message("There is no name that can be read.")
    elif is_too_long(name) or is_too_long(user_name):
        problem = Message("A name has at most %(most)d characters.", most=MAX_NAME)
    else:
        return RosterLine(number, name, user_name)
    return RosterLine(number, name or shown_form(raw)[:MAX_NAME], user_name, problem)


def _twice(line: RosterLine, earlier: int) -> RosterLine:
    problem = Message(
        "Line %(earlier)d has this name too. If these are two people, give one a user name: %(name)s; another name",
        earlier=earlier,
        name=line.name,
    )
    return RosterLine(line.number, line.name, line.user_name, problem)


def distinct_name(wanted: str, taken: frozenset[str] | set[str]) -> str:
    """Return the name, with the first number that makes its normal form distinct from all that are taken.

    >>> distinct_name("Ana Silva", {"ana silva", "ana silva 2"})
    'Ana Silva 3'
    """
    if normal_form(wanted) not in taken:
        return wanted
    number = 2
    while normal_form(f"{_shortened(wanted, number)} {number}") in taken:
        number += 1
    return f"{_shortened(wanted, number)} {number}"


def _shortened(wanted: str, number: int) -> str:
    kept = wanted
    while is_too_long(f"{kept} {number}"):
        kept = kept[:-1].rstrip()
    return kept
