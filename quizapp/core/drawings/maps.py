"""A map of pages on paper: pages on the left, origins on the right, each beside the middle of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.core.drawings.lettering import WIDTH, Hand, Letters, misfit, room, set_in, twice, wrapped
from quizapp.core.drawings.values import MappedPage, Misfit, Origin, PagesMap

PAGE, ORIGIN = 150, 92
"""How wide pages and origins are; lines run between them."""
NUMBER = 26
"""Room for the number of a page, left of its text."""
INSIDE = 6
TEXT = Hand(size=13, leading=16, most=3)
BETWEEN = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A page or an origin as it is drawn. ``number`` counts pages from 1 and is 0 for origins."""

    id: str
    number: int
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Letters, ...]

    @property
    def middle(self) -> int:
        """The middle of its height."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map and where everything on it stands. ``lines`` are the paths from pages to origins."""

    drawing: PagesMap
    height: int
    pages: tuple[Place, ...]
    origins: tuple[Place, ...]
    lines: tuple[str, ...]

    def number_of(self, page_id: str) -> int | None:
        """Return the number of a page, or None where that is an origin."""
        return next((page.number for page in self.pages if page.id == page_id), None)

    def origin_text(self, origin_id: str) -> str:
        """Return what an origin is."""
        return next(one.text for one in self.drawing.origins if one.id == origin_id)


def origin_of(drawn: PagesMap, page: MappedPage) -> str | None:
    """Return the origin that a page leads to, or None where its way ends nowhere or in a circle."""
    came_from = {one.id: one.came_from for one in drawn.pages}
    here = page.came_from
    for _ in drawn.pages:
        here = came_from.get(here, here)
    return here if here in {origin.id for origin in drawn.origins} else None


def map_misfits(drawing: PagesMap) -> Iterator[Misfit]:
    """Yield why a map can't be drawn."""
    pages, origins = [page.id for page in drawing.pages], [origin.id for origin in drawing.origins]
    place = twice(origins + pages)
    if place is not None:
        path = ("pages", place - len(origins), "id") if place >= len(origins) else ("origins", place, "id")
        message = f"two things are called {(origins + pages)[place]}"
        yield Misfit(path, message, "give each page and origin its own id")
        return
    for number, page in enumerate(drawing.pages):
        if origin_of(drawing, page) is None:
            allowed = ", ".join((*origins, *(one for one in pages if one != page.id)))
            message = f"the way of {page.id} leads to no origin"
            yield Misfit(
                ("pages", number, "from"), message, "name an origin, or a page that leads to one", allowed
            )
        yield from _misfit(("pages", number, "text"), page.text, PAGE - NUMBER - INSIDE)
    used = {origin_of(drawing, page) for page in drawing.pages}
    for number, origin in enumerate(drawing.origins):
        if origin.id not in used:
            yield Misfit(("origins", number), f"no page leads to {origin.id}", "leave it out")
        yield from _misfit(("origins", number, "text"), origin.text, ORIGIN - 2 * INSIDE)


def _misfit(path: tuple[str | int, ...], text: str, width: int) -> Iterator[Misfit]:
    wrong = misfit(text, TEXT, width)
    if wrong:
        yield Misfit(path, wrong, "say it shorter", room(TEXT, width))


def drawn_map(drawing: PagesMap) -> DrawnMap:
    """Return where everything stands. The map has no misfits."""
    pages: list[Place] = []
    top = 1
    for number, page in enumerate(drawing.pages, 1):
        pages.append(_place(page, number, 0, top, PAGE))
        top += pages[-1].height + BETWEEN
    beside = {
        origin.id: [
            p.middle
            for p, one in zip(pages, drawing.pages, strict=True)
            if origin_of(drawing, one) == origin.id
        ]
        for origin in drawing.origins
    }
    origins: list[Place] = []
    floor = 1
    for origin in sorted(drawing.origins, key=lambda one: sum(beside[one.id]) / len(beside[one.id])):
        height = _height(origin.text, ORIGIN - 2 * INSIDE)
        y = max(floor, sum(beside[origin.id]) // len(beside[origin.id]) - height // 2)
        origins.append(_place(origin, 0, WIDTH - ORIGIN, y, ORIGIN))
        floor = origins[-1].y + height + BETWEEN
    at = {origin.id: origin.middle for origin in origins}
    lines = tuple(
        _line(place.middle, at[origin_of(drawing, page) or ""])
        for place, page in zip(pages, drawing.pages, strict=True)
    )
    return DrawnMap(drawing, max(top, floor) - BETWEEN + 1, tuple(pages), tuple(origins), lines)


def _height(text: str, width: int) -> int:
    return max(34, len(wrapped(text, width, TEXT.size)) * TEXT.leading + 12)


def _place(thing: MappedPage | Origin, number: int, x: int, y: int, width: int) -> Place:
    left = NUMBER if number else INSIDE
    inside = width - left - INSIDE
    height = _height(thing.text, inside)
    count = len(wrapped(thing.text, inside, TEXT.size))
    lines = set_in(thing.text, TEXT, x + left, y + (height - count * TEXT.leading) // 2, inside)
    return Place(thing.id, number, x, y, width, height, lines)


def _line(y: int, to: int) -> str:
    return f"M{PAGE} {y}C{PAGE + 28} {y} {WIDTH - ORIGIN - 28} {to} {WIDTH - ORIGIN} {to}"
