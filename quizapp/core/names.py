"""The normal form on which names are unique, sorted and searched, the same on every database."""

from __future__ import annotations

import unicodedata

MAX_NAME = 120


def normal_form(name: str) -> str:
    """Return the name in NFKC, case-folded, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def shown_form(name: str) -> str:
    """Return the name as it is stored for people: NFC, single spaces, no control characters."""
    kept = "".join(character for character in name if unicodedata.category(character)[0] != "C" or character in "\u200c\u200d")
    return " ".join(unicodedata.normalize("NFC", kept).split())
