"""A lesson's Markdown, cut into screens and the directives that stand on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

SCREEN = re.compile(r"#\s+([a-z_]+)\s*:\s*(\S.*?)\s*$")
ANY_HEADING = re.compile(r"#\s+\S")
OPENS = re.compile(r":::+\s*([a-z]+)(?:\s+(\S+))?\s*$")
CLOSES = re.compile(r":::+\s*$")

NAMES_WITH_ARGUMENT = frozenset({"question", "slot", "case", "vignette", "drawing"})
NAMES_WITHOUT = frozenset({"fictional", "idea"})

Tell = Callable[[int, str, str], None]
"""Notes a slip: line, message, remedy."""


@dataclass(frozen=True, slots=True)
class Markdown:
    """Lines of Markdown; ``line`` is the number of the first."""

    text: str
    line: int


@dataclass(slots=True)
class Directive:
    """``::: name argument`` and what stands in it."""

    name: str
    argument: str
    line: int
    children: list[Markdown | Directive] = field(default_factory=list)


Node = Markdown | Directive


@dataclass(frozen=True, slots=True)
class ScreenText:
    """One screen as it was written."""

    kind: str
    title: str
    line: int
    nodes: list[Node]


def cut_screens(text: str, first_line: int, tell: Tell) -> list[ScreenText]:
    """Return the screens of a lesson's text, whose first line has that number in its file."""
    screens: list[tuple[str, str, int, list[str]]] = []
    for number, line in enumerate(text.split("\n"), start=first_line):
        heading = SCREEN.match(line)
        if heading:
            screens.append((heading[1], heading[2], number, []))
        elif ANY_HEADING.match(line):
            tell(number, f"a heading that opens no screen: {line}", "write `# first_guess: Your first guess`")
        elif screens:
            screens[-1][3].append(line)
        elif line.strip():
            tell(number, "text before the first screen", "put it under `# first_guess: …`")
    return [
        ScreenText(kind, title, number, cut_directives(lines, number + 1, tell))
        for kind, title, number, lines in screens
    ]


def cut_directives(lines: list[str], first_line: int, tell: Tell) -> list[Node]:
    """Return Markdown and directives in order; directives may stand in one another."""
    root = Directive("", "", first_line)
    stack = [root]
    for number, line in enumerate(lines, start=first_line):
        opens = OPENS.match(line)
        if opens:
            directive = Directive(opens[1], opens[2] or "", number)
            _check(directive, tell)
            stack[-1].children.append(directive)
            stack.append(directive)
        elif CLOSES.match(line):
            if len(stack) == 1:
                tell(number, "`:::` closes nothing", "remove it")
            else:
                stack.pop()
        elif line.startswith(":::"):
            tell(number, f"not a directive: {line}", "write `::: name argument`, with a space")
        else:
            _add_line(stack[-1].children, line, number)
    for directive in stack[1:]:
        tell(
            directive.line, f"`::: {directive.name}` is not closed", "close it by `:::` on a line of its own"
        )
    return list(_without_blanks(root))


def _check(directive: Directive, tell: Tell) -> None:
    if directive.name not in NAMES_WITH_ARGUMENT | NAMES_WITHOUT:
        allowed = ", ".join(sorted(NAMES_WITH_ARGUMENT | NAMES_WITHOUT))
        tell(directive.line, f"no directive is called {directive.name!r}", f"use one of {allowed}")
    elif directive.name in NAMES_WITH_ARGUMENT and not directive.argument:
        tell(directive.line, f"`::: {directive.name}` of what?", f"write `::: {directive.name} …`")
    elif directive.name == "case" and directive.argument not in ("A", "B"):
        tell(directive.line, f"no case {directive.argument!r}", "write `::: case A` or `::: case B`")


def _add_line(nodes: list[Node], line: str, number: int) -> None:
    last = nodes[-1] if nodes else None
    if isinstance(last, Markdown):
        nodes[-1] = Markdown(f"{last.text}\n{line}", last.line)
    else:
        nodes.append(Markdown(line, number))


def _without_blanks(directive: Directive) -> Iterator[Node]:
    """Yield the children that say something, blank lines around them taken away."""
    for node in directive.children:
        if isinstance(node, Directive):
            node.children = list(_without_blanks(node))
            yield node
        elif node.text.strip():
            lines = node.text.split("\n")
            skipped = next(index for index, line in enumerate(lines) if line.strip())
            yield Markdown("\n".join(lines[skipped:]).rstrip(), node.line + skipped)
