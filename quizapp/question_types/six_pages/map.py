"""The map of sources: which pages lead to one origin, and where the lines of the drawing run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TOP, STEP = 24, 48
"""Where the first page stands in the drawing, and how far the next one is below it."""


def origins(pages: Sequence[str], choices: Mapping[str, str]) -> dict[str, str]:
    """Return for each page the page that its origin is drawn beside.

    Pages that are joined by a choice, directly or through others, have one origin, also where somebody let pages
    lead round in a circle: it stands beside the first of them that leads no further, else beside the first.

    >>> origins(["a", "b", "c"], {"b": "a", "c": "own"})
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    joined = {page: page for page in pages}
    for page, choice in choices.items():
        if page in joined and choice in joined:
            old, new = joined[page], joined[choice]
            joined = {one: new if origin == old else origin for one, origin in joined.items()}
    groups: dict[str, list[str]] = {}
    for page in pages:
        groups.setdefault(joined[page], []).append(page)
    beside = {
        group: next((page for page in members if choices.get(page) not in joined), members[0])
        for group, members in groups.items()
    }
    return {page: beside[joined[page]] for page in pages}


def height(place: int) -> int:
    """Return how far down the page at that place, counted from 0, stands in the drawing."""
    return TOP + STEP * place
