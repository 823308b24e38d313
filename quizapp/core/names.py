"""The normal form on which names are unique, sorted and searched, the same on every database."""

from __future__ import annotations

import unicodedata

MAX_NAME = 120

MAX_KEY = 200
"""A normal form can be longer than the name: ß becomes ss, and some ligatures become words."""

_JOINERS = frozenset("\u200c\u200d")
"""Invisible, but Persian and several Indian scripts are misspelt without them."""


def normal_form(name: str) -> str:
    """Return the name in NFKC, case-folded, with single spaces and without anything invisible.

    The normal form of a normal form is itself.
    """
    form = _visible(name, keep=frozenset())
    # Case-folding can leave NFKC and the other way round; two rounds suffice for every character.
    for _ in range(2):
        form = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", form).casefold())
    return " ".join(form.split())


def shown_form(name: str) -> str:
    """Return the name as it is stored for people: NFC, single spaces, no control characters."""
    shown = " ".join(unicodedata.normalize("NFC", _visible(name, keep=_JOINERS)).split())
    return shown if normal_form(shown) else ""


def is_too_long(shown: str) -> bool:
    """Say whether a name has more characters than are kept of it or of its normal form."""
    return len(shown) > MAX_NAME or len(normal_form(shown)) > MAX_KEY


def _visible(name: str, *, keep: frozenset[str]) -> str:
    # A tab between two names is white space first and a control character second.
    spaced = " ".join(name.split())
    return "".join(sign for sign in spaced if sign in keep or unicodedata.category(sign)[0] != "C")
