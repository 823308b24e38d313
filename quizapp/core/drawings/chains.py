"""A chain on paper: rows of boxes from top to bottom, and arrows from each row to the next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from quizapp.core.drawings.lettering import WIDTH, Hand, Letters, misfit, room, set_in, twice, wrapped
from quizapp.core.drawings.values import Arrow, Chain, Misfit, Node

WIDTHS = {1: 220, 2: 138, 3: 88}
"""How wide a box is in a row of so many."""
BETWEEN = 12
INSIDE = 4
HEAD = 20
"""Room for the kind of thing, above the text of a box."""
TEXT = Hand(size=14, leading=18, most=4)
LABEL = Hand(size=13, leading=16, most=2)
SHAFT = 34


@dataclass(frozen=True, slots=True)
class Box:
    """A node as it is drawn."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    lines: tuple[Letters, ...]

    @property
    def middle(self) -> int:
        """The middle of its width."""
        return self.x + self.width // 2

    @property
    def bottom(self) -> int:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """An arrow as it is drawn: the paths of its shaft and its head, and its words."""

    arrow: Arrow
    shaft: str
    head: str
    label: tuple[Letters, ...]


@dataclass(frozen=True, slots=True)
class DrawnChain:
    """A chain and where everything in it stands."""

    drawing: Chain
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def rows(chain: Chain) -> list[list[Node]] | None:
    """Return the nodes row by row, each as far down as its longest way; None where a way leads in a circle."""
    level = dict.fromkeys((node.id for node in chain.nodes), 0)
    for _ in chain.nodes:
        for arrow in chain.arrows:
            level[arrow.target] = max(level[arrow.target], level[arrow.source] + 1)
    if any(level[arrow.target] <= level[arrow.source] for arrow in chain.arrows):
        return None
    reached = {arrow.target for arrow in chain.arrows}
    for node in chain.nodes:
        # Who enters late stands right above the place of entry.
        below = [level[arrow.target] for arrow in chain.arrows if arrow.source == node.id]
        if node.id not in reached and below:
            level[node.id] = min(below) - 1
    return [[node for node in chain.nodes if level[node.id] == one] for one in range(max(level.values()) + 1)]


def chain_misfits(chain: Chain) -> Iterator[Misfit]:
    """Yield why a chain can't be drawn; what is wrong with its build hides what is wrong with its texts."""
    wrong = list(_build(chain))
    yield from wrong or _texts(chain)


def _build(chain: Chain) -> Iterator[Misfit]:
    ids = [node.id for node in chain.nodes]
    place = twice(ids)
    if place is not None:
        yield Misfit(("nodes", place, "id"), f"two nodes are called {ids[place]}", "give each its own id")
        return
    for number, arrow in enumerate(chain.arrows):
        for end, node in (("from", arrow.source), ("to", arrow.target)):
            if node not in ids:
                yield Misfit(
                    ("arrows", number, end), f"no node is called {node}", "name one of these", ", ".join(ids)
                )
                return
    ends = [(arrow.source, arrow.target) for arrow in chain.arrows]
    for number, pair in enumerate(ends):
        if pair in ends[:number]:
            yield Misfit(("arrows", number), f"a second arrow from {pair[0]} to {pair[1]}", "keep one")
    for place, node in enumerate(ids):
        if not any(node in pair for pair in ends):
            yield Misfit(("nodes", place), f"no arrow leads to or from {node}", "draw one, or leave it out")
    yield from _rows(chain)


def _rows(chain: Chain) -> Iterator[Misfit]:
    found = rows(chain)
    if found is None:
        yield Misfit(("arrows",), "the arrows lead in a circle", "let each lead further down")
        return
    level = {node.id: number for number, row in enumerate(found) for node in row}
    for row in found:
        if len(row) > max(WIDTHS):
            names = ", ".join(node.id for node in row)
            remedy = "join some, or draw a `pages_map`"
            yield Misfit(("nodes",), f"{len(row)} nodes stand side by side: {names}", remedy, "3")
    for number, arrow in enumerate(chain.arrows):
        if level[arrow.target] - level[arrow.source] != 1:
            message = f"the arrow from {arrow.source} to {arrow.target} leads past a row of boxes"
            yield Misfit(("arrows", number), message, "let it lead to the next row, or leave it out")
        elif arrow.label and _is_label_homeless(chain, arrow):
            message = f"several arrows leave {arrow.source} and several reach {arrow.target}"
            yield Misfit(("arrows", number, "label"), message, "leave the label out, or one of the arrows")


def _texts(chain: Chain) -> Iterator[Misfit]:
    width = {node.id: WIDTHS[len(row)] for row in rows(chain) or () for node in row}
    for place, node in enumerate(chain.nodes):
        inside = width[node.id] - 2 * INSIDE
        wrong = misfit(node.text, TEXT, inside)
        if wrong:
            yield Misfit(("nodes", place, "text"), wrong, "say it shorter", room(TEXT, inside))
    for number, arrow in enumerate(chain.arrows):
        column = width[arrow.source if _stands_at_source(chain, arrow) else arrow.target]
        wrong = misfit(arrow.label, LABEL, column)
        if wrong:
            yield Misfit(("arrows", number, "label"), wrong, "say it shorter", room(LABEL, column))


def _stands_at_source(chain: Chain, arrow: Arrow) -> bool:
    """The label has the column of the source to itself; else that of the target."""
    return sum(one.source == arrow.source for one in chain.arrows) == 1


def _is_label_homeless(chain: Chain, arrow: Arrow) -> bool:
    reaching = sum(one.target == arrow.target for one in chain.arrows)
    return not _stands_at_source(chain, arrow) and reaching > 1


def drawn_chain(chain: Chain) -> DrawnChain:
    """Return where everything stands. The chain has no misfits."""
    boxes: dict[str, Box] = {}
    top = 1
    for row in rows(chain) or ():
        labels = [arrow for arrow in chain.arrows if arrow.target in {node.id for node in row}]
        if boxes:
            top += (
                SHAFT + 8 + max((_label_height(chain, arrow, len(row), boxes) for arrow in labels), default=0)
            )
        boxes |= {box.node.id: box for box in _boxes(row, top)}
        top = boxes[row[0].id].bottom
    lines = tuple(_line(chain, arrow, boxes) for arrow in chain.arrows)
    return DrawnChain(chain, top + 1, tuple(boxes.values()), lines)


def _boxes(row: list[Node], top: int) -> list[Box]:
    width = WIDTHS[len(row)]
    left = (WIDTH - width * len(row) - BETWEEN * (len(row) - 1)) // 2
    height = HEAD + max(len(wrapped(n.text, width - 2 * INSIDE, TEXT.size)) for n in row) * TEXT.leading + 8
    found = []
    for place, node in enumerate(row):
        x = left + place * (width + BETWEEN)
        lines = set_in(node.text, TEXT, x + width // 2, top + HEAD, width - 2 * INSIDE)
        found.append(Box(node, x, top, width, height, lines))
    return found


def _label_height(chain: Chain, arrow: Arrow, targets: int, boxes: dict[str, Box]) -> int:
    width = boxes[arrow.source].width if _stands_at_source(chain, arrow) else WIDTHS[targets]
    return len(wrapped(arrow.label, width, LABEL.size)) * LABEL.leading + 4


def _line(chain: Chain, arrow: Arrow, boxes: dict[str, Box]) -> Line:
    start, end = boxes[arrow.source], boxes[arrow.target]
    x, to, bottom, top = start.middle, end.middle, start.bottom, end.y
    head = f"M{to - 6} {top - 9}L{to} {top - 1}L{to + 6} {top - 9}z"
    tip = top - 8
    if not arrow.label:
        return Line(arrow, _curve(x, bottom, to, tip), head, ())
    at_source = _stands_at_source(chain, arrow)
    width = start.width if at_source else end.width
    height = len(wrapped(arrow.label, width, LABEL.size)) * LABEL.leading
    if at_source:
        label = set_in(arrow.label, LABEL, x, bottom + 7, width)
        shaft = f"M{x} {bottom}v6" + _curve(x, bottom + 7 + height + 4, to, tip)
    else:
        label = set_in(arrow.label, LABEL, to, tip - 10 - height, width)
        shaft = _curve(x, bottom, to, tip - 12 - height) + f"M{to} {tip - 6}V{tip}"
    return Line(arrow, shaft, head, label)


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    middle = (y + to_y) // 2
    return f"M{x} {y}C{x} {middle} {to_x} {middle} {to_x} {to_y}"
