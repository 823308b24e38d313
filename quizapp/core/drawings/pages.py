"""An annotated page on paper: its parts under one another, and a number beside each that has a note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quizapp.core.drawings.lettering import Hand, Letters, misfit, room, set_in, wrapped
from quizapp.core.drawings.values import AnnotatedPage, Misfit, PagePart, PartKind

LEFT, INNER = 14, 224
"""Where the parts start on the sheet, and how wide they are. The numbers stand right of the sheet."""
INSIDE = 8
LEAST = 28
"""Of a part: the circle of its number is no higher."""
PICTURE = 78
BAR = 12

SMALL = Hand(size=13, leading=17, most=2)
HANDS: Mapping[PartKind, Hand] = MappingProxyType(
    {
        PartKind.ADDRESS: Hand(size=13, leading=16, most=1),
        PartKind.MASTHEAD: Hand(size=18, leading=22, most=1),
        PartKind.HEADLINE: Hand(size=18, leading=22, most=3),
        PartKind.TEXT: Hand(size=14, leading=18, most=4),
        PartKind.QUOTE: Hand(size=14, leading=18, most=4),
        PartKind.PICTURE: Hand(size=13, leading=17, most=3),
    }
)
"""Letters by kind of part; the others are small."""
BOXED = frozenset({PartKind.ADDRESS, PartKind.PICTURE})


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part as it is drawn. ``bars`` are start, base and length of each; ``number`` is None without a note."""

    part: PagePart
    number: int | None
    y: int
    height: int
    lines: tuple[Letters, ...]
    bars: tuple[tuple[int, int, int], ...]

    @property
    def middle(self) -> int:
        """The middle of its height."""
        return self.y + self.height // 2

    @property
    def is_boxed(self) -> bool:
        """It has an outline: it is a picture, an address, or not there."""
        return self.part.is_missing or self.part.kind in BOXED


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page and where its parts stand."""

    drawing: AnnotatedPage
    height: int
    parts: tuple[DrawnPart, ...]


def page_misfits(page: AnnotatedPage) -> Iterator[Misfit]:
    """Yield why a page can't be drawn."""
    if not any(part.note for part in page.parts):
        yield Misfit(("parts",), "no part has a note", "say of one part at least what a reader should notice")
    for place, part in enumerate(page.parts):
        if part.is_missing and part.text:
            remedy = "leave `text` out: the page says that the part is not there"
            yield Misfit(("parts", place, "text"), "a part that is missing has no text", remedy)
        wrong = misfit(part.text, _hand(part), _width(part))
        if wrong:
            limit = room(_hand(part), _width(part))
            yield Misfit(("parts", place, "text"), wrong, "say it shorter", limit)


def drawn_page(page: AnnotatedPage) -> DrawnPage:
    """Return where everything stands. The page has no misfits."""
    found: list[DrawnPart] = []
    top, number = LEFT, 0
    for part in page.parts:
        number += bool(part.note)
        drawn = _part(part, number if part.note else None, top)
        found.append(drawn)
        top += drawn.height + 10
    return DrawnPage(page, top + 6, tuple(found))


def _hand(part: PagePart) -> Hand:
    return HANDS.get(part.kind, SMALL)


def _width(part: PagePart) -> int:
    return INNER - 2 * INSIDE if part.kind in BOXED else INNER


def _part(part: PagePart, number: int | None, top: int) -> DrawnPart:
    hand, width = _hand(part), _width(part)
    if part.is_missing:
        return DrawnPart(part, number, top, LEAST, (), ())
    count = len(wrapped(part.text, width, hand.size))
    bars = _bars(part)
    height = count * hand.leading + len(bars) * BAR + (INSIDE if part.kind in BOXED else 0)
    height = max(height, PICTURE if part.kind is PartKind.PICTURE else LEAST)
    if part.kind is PartKind.PICTURE:
        start = top + (height - count * hand.leading) // 2 - 2
    else:
        start = top + max(0, (LEAST - count * hand.leading) // 2) if not bars else top
    is_centred = part.kind in (PartKind.PICTURE, PartKind.MASTHEAD)
    x = LEFT + INNER // 2 if is_centred else LEFT + (INSIDE if part.kind in BOXED else 0)
    lines = set_in(part.text, hand, x, start, width)
    first = top + count * hand.leading + BAR if count else top + (height - len(bars) * BAR) // 2 + BAR // 2
    drawn = tuple((LEFT, first + place * BAR, length) for place, length in enumerate(bars))
    return DrawnPart(part, number, top, height, lines, drawn)


def _bars(part: PagePart) -> tuple[int, ...]:
    """Return the lengths of the bars that stand for words that nobody needs to read."""
    match part.kind:
        case PartKind.TEXT | PartKind.QUOTE if part.kind is PartKind.TEXT or not part.text:
            return tuple(INNER if one < part.bars - 1 else INNER * 2 // 3 for one in range(part.bars))
        case PartKind.PICTURE:
            return ()
        case PartKind.HEADLINE if not part.text:
            return (INNER, INNER // 2)
        case _ if not part.text:
            return (INNER // 2,)
        case _:
            return ()
