"""Words in a drawing: how wide they may come out, and where their lines break.

The reader's own font is not known here, so widths are those of a wide sans: what fits by them fits everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 288
"""Of every drawing: what a screen of 320 px leaves for reading, so that its words keep their size there."""

_WIDTHS = {
    0.32: " ijlI|.,:;'’‘!",
    0.44: "frt()[]/-“”",
    0.54: "ckszvxy",
    0.96: "mwMW@%",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_CAPITAL, _OTHER = 0.72, 0.6


@dataclass(frozen=True, slots=True)
class Hand:
    """Letters of one size, in the units of the drawing. ``most`` lines are allowed."""

    size: int
    leading: int
    most: int


@dataclass(frozen=True, slots=True)
class Letters:
    """One line of words. ``x`` is its middle or its start, as the drawing has it; ``y`` its base."""

    x: int
    y: int
    text: str


def width_of(text: str, size: int) -> float:
    """Return the most that a text takes in one line."""
    return size * sum(_WIDTH_OF.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in text)


def wrapped(text: str, width: int, size: int) -> tuple[str, ...]:
    """Return the lines of a text; a word that is too wide has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def set_in(text: str, hand: Hand, x: int, top: int, width: int) -> tuple[Letters, ...]:
    """Return the lines of a text whose first one stands below ``top``."""
    return tuple(
        Letters(x, top + hand.size + number * hand.leading, line)
        for number, line in enumerate(wrapped(text, width, hand.size))
    )


def misfit(text: str, hand: Hand, width: int) -> str:
    """Return what is wrong with a text for that place, or nothing."""
    lines = wrapped(text, width, hand.size)
    for line in lines:
        if width_of(line, hand.size) > width:
            return f"{line!r} is too wide for its place"
    if len(lines) > hand.most:
        return f"the text takes {len(lines)} lines"
    return ""


def room(hand: Hand, width: int) -> str:
    """Return how much fits, in words for an author."""
    return f"about {hand.most} × {int(width / (hand.size * 0.58))} characters"


def twice(ids: Sequence[str]) -> int | None:
    """Return the place of the first id that stood there before."""
    return next((place for place, one in enumerate(ids) if one in ids[:place]), None)
