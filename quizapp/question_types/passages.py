"""Texts with places in them: ``((id))`` stands where a gap, a phrase or a change stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_PLACE = re.compile(r"\(\(([a-z0-9]+(?:-[a-z0-9]+)*)\)\)")


def check_places(what: str, text: str, ids: Sequence[str]) -> None:
    """Check that each part has its place in the text once, in the order of the parts.

    Raises:
        ValueError: it does not; ``what`` names the parts in the plural.
    """
    standing = _PLACE.findall(text)
    if standing != list(ids):
        raise ValueError(
            f"the text has the {what} {', '.join(standing) or '(none)'}: write each ((id)) once, in the order of "
            f"the {what}, {', '.join(ids)}"
        )


def pieces(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the text in pieces, ``(HTML, None)`` and ``("", id)`` in turn.

    What opens in one piece may close in the next: a page writes them one after the other.
    """
    for place, piece in enumerate(_PLACE.split(text)):
        yield (piece, None) if place % 2 == 0 else ("", piece)
