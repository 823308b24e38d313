"""Every kind of drawing, from what the author wrote to where it stands on the paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from quizapp.core.drawings.chains import DrawnChain, chain_misfits, drawn_chain
from quizapp.core.drawings.maps import DrawnMap, drawn_map, map_misfits
from quizapp.core.drawings.pages import DrawnPage, drawn_page, page_misfits
from quizapp.core.drawings.values import AnnotatedPage, Chain, Drawing, Misfit, PagesMap

Drawn = DrawnChain | DrawnPage | DrawnMap


def misfits(drawing: Drawing) -> Iterator[Misfit]:
    """Yield why a drawing can't be drawn: an end that is not there, a word that is too wide."""
    match drawing:
        case Chain():
            yield from chain_misfits(drawing)
        case AnnotatedPage():
            yield from page_misfits(drawing)
        case PagesMap():
            yield from map_misfits(drawing)
        case _:
            assert_never(drawing)


def drawn(drawing: Drawing) -> Drawn:
    """Return where everything of a drawing stands. It has no misfits."""
    match drawing:
        case Chain():
            return drawn_chain(drawing)
        case AnnotatedPage():
            return drawn_page(drawing)
        case PagesMap():
            return drawn_map(drawing)
        case _:
            assert_never(drawing)
