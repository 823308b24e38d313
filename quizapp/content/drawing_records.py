"""The shape of ``drawings.yaml``: what is to be drawn, and never where."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from quizapp.content.prose import PLAIN
from quizapp.content.reading import Key, Record
from quizapp.content.records import InlineText
from quizapp.core.drawings.values import (
    AnnotatedPage,
    Arrow,
    Chain,
    Drawing,
    MappedPage,
    Node,
    NodeKind,
    Origin,
    PagePart,
    PagesMap,
    PartKind,
)

ShortText = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True), PLAIN]
MaybeText = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True), PLAIN]
Alternative = Annotated[str, StringConstraints(max_length=400, strip_whitespace=True), PLAIN]


class DrawingRecord(Record):
    """What every drawing has. ``alt`` says what it shows to somebody who does not see it."""

    id: Key
    title: ShortText
    alt: Alternative


class NodeRecord(Record):
    """One thing that a story passes through."""

    id: Key
    kind: NodeKind
    text: ShortText


class ArrowRecord(Record):
    """A step, ``from`` one node ``to`` another."""

    source: Key = Field(alias="from")
    target: Key = Field(alias="to")
    label: MaybeText = ""


class ChainRecord(DrawingRecord):
    """The way of a story."""

    kind: Literal["chain"]
    nodes: Annotated[tuple[NodeRecord, ...], Field(min_length=2, max_length=9)]
    arrows: Annotated[tuple[ArrowRecord, ...], Field(min_length=1, max_length=12)]

    def drawing(self) -> Drawing:
        """Return what the record says."""
        nodes = tuple(Node(node.id, node.kind, node.text) for node in self.nodes)
        arrows = tuple(Arrow(arrow.source, arrow.target, arrow.label) for arrow in self.arrows)
        return Chain(self.id, self.title, self.alt, nodes, arrows)


class PartRecord(Record):
    """One part of a page."""

    part: PartKind
    text: MaybeText = ""
    bars: Annotated[int, Field(ge=1, le=6)] = 3
    missing: bool = False
    note: InlineText | None = None


class AnnotatedPageRecord(DrawingRecord):
    """A page in outline."""

    kind: Literal["annotated_page"]
    parts: Annotated[tuple[PartRecord, ...], Field(min_length=2, max_length=12)]

    def drawing(self) -> Drawing:
        """Return what the record says; notes are HTML already."""
        parts = tuple(
            PagePart(part.part, part.text, part.bars, part.missing, part.note or "") for part in self.parts
        )
        return AnnotatedPage(self.id, self.title, self.alt, parts)


class MappedPageRecord(Record):
    """A page, and the page or origin that it came ``from``."""

    id: Key
    text: ShortText
    came_from: Key = Field(alias="from")


class OriginRecord(Record):
    """Where a story began."""

    id: Key
    text: ShortText


class PagesMapRecord(DrawingRecord):
    """Pages and their origins."""

    kind: Literal["pages_map"]
    pages: Annotated[tuple[MappedPageRecord, ...], Field(min_length=2, max_length=8)]
    origins: Annotated[tuple[OriginRecord, ...], Field(min_length=1, max_length=4)]

    def drawing(self) -> Drawing:
        """Return what the record says."""
        pages = tuple(MappedPage(page.id, page.text, page.came_from) for page in self.pages)
        origins = tuple(Origin(origin.id, origin.text) for origin in self.origins)
        return PagesMap(self.id, self.title, self.alt, pages, origins)


AnyDrawingRecord = ChainRecord | AnnotatedPageRecord | PagesMapRecord

RECORDS: dict[str, type[AnyDrawingRecord]] = {
    "chain": ChainRecord,
    "annotated_page": AnnotatedPageRecord,
    "pages_map": PagesMapRecord,
}
