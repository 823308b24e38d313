"""Codes that people read from a wall or a card and type on a phone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

ALPHABET = "CDFHJKMNPRTWX34679"
"""No two signs that look alike on a projector, and too few vowels for a rude word."""

CLASS_CODE_LENGTH = 6
"""34 million codes; one opens names for a quarter of an hour and nothing else."""

CARD_CODE_LENGTH = 16
"""66 bits: a card signs in alone, so it can't be found by trying."""

GROUPS = {CLASS_CODE_LENGTH: 3, CARD_CODE_LENGTH: 4}

# The same shapes on a Cyrillic or Greek keyboard.
_TWINS = str.maketrans("СНКМРТХΗΚΜΝΡΤΧ", "CHKMPTXHKMNPTX")


def make_code(length: int, choose: Callable[[str], str]) -> str:
    """Return a new code; ``choose`` picks one sign of the alphabet."""
    return "".join(choose(ALPHABET) for _ in range(length))


def read_code(typed: str) -> str:
    """Return a code as it is stored, however it was typed: case, spaces and dashes do not matter.

    What no code has in it stays, so that a wrong code is still a wrong code.
    """
    plain = plain_digits(unicodedata.normalize("NFKC", typed)).upper().translate(_TWINS)
    return "".join(sign for sign in plain if sign.isalnum())


def shown_code(code: str) -> str:
    """Return a code in groups, as people read it out: "CDF 3KM"."""
    size = GROUPS.get(len(code), len(code) or 1)
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def plain_digits(typed: str) -> str:
    """Return the text with the digits of every script as 0 to 9: an Arabic keyboard types its own."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in typed)
