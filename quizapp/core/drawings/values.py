"""What a drawing shows, as its author wrote it. Nothing here knows where on the paper it stands.

Texts are plain words, but ``PagePart.note``, which is safe HTML. `drawing_to_body` gives the JSON that a lesson
carries, `drawing_from_body` reads it back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, ClassVar, Literal

Kind = Literal["chain", "annotated_page", "pages_map"]


class NodeKind(StrEnum):
    """What a thing in a chain is. An unknown one is drawn as a gap."""

    PERSON = "person"
    NEWSROOM = "newsroom"
    PAGE = "page"
    DOCUMENT = "document"
    CLIP = "clip"
    PICTURE = "picture"
    EVENT = "event"
    UNKNOWN = "unknown"


class PartKind(StrEnum):
    """What a part of a page is."""

    ADDRESS = "address"
    MASTHEAD = "masthead"
    HEADLINE = "headline"
    BYLINE = "byline"
    DATE = "date"
    TEXT = "text"
    QUOTE = "quote"
    PICTURE = "picture"
    CAPTION = "caption"
    CREDIT = "credit"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Node:
    """One thing that a story passes through."""

    id: str
    kind: NodeKind
    text: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step from one node to another; ``label`` says what happened on it, or is empty."""

    source: str
    target: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The way of a story from where it began to where it is read. Several ways may meet or part."""

    kind: ClassVar[Kind] = "chain"

    id: str
    title: str
    alt: str
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]

    def node(self, node_id: str) -> Node:
        """Return the node of that id."""
        return next(node for node in self.nodes if node.id == node_id)

    @property
    def words(self) -> tuple[str, ...]:
        """The texts that a reader reads in it."""
        return (self.title, *(n.text for n in self.nodes), *(a.label for a in self.arrows))


@dataclass(frozen=True, slots=True)
class PagePart:
    """One part of a page. Without ``text`` it is drawn as bars, ``bars`` of them where it is running text."""

    kind: PartKind
    text: str = ""
    bars: int = 3
    is_missing: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """A page in outline, from top to bottom. A part with a note has a number, counted from 1."""

    kind: ClassVar[Kind] = "annotated_page"

    id: str
    title: str
    alt: str
    parts: tuple[PagePart, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The texts that a reader reads in it; notes are HTML."""
        return (self.title, *(p.text for p in self.parts), *(p.note for p in self.parts))


@dataclass(frozen=True, slots=True)
class MappedPage:
    """A page of a map; ``came_from`` is the id of an origin or of another page."""

    id: str
    text: str
    came_from: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a story began."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class PagesMap:
    """Pages on the left, origins on the right, a line from each page to where its story began."""

    kind: ClassVar[Kind] = "pages_map"

    id: str
    title: str
    alt: str
    pages: tuple[MappedPage, ...]
    origins: tuple[Origin, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The texts that a reader reads in it."""
        return (self.title, *(p.text for p in self.pages), *(o.text for o in self.origins))


Drawing = Chain | AnnotatedPage | PagesMap


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why something can't be drawn. ``path`` leads to it in what the author wrote."""

    path: tuple[str | int, ...]
    message: str
    remedy: str
    limit: str = ""


def drawing_to_body(drawing: Drawing) -> dict[str, Any]:
    """Return the drawing as JSON."""
    return {"kind": drawing.kind, **asdict(drawing)}


def drawing_from_body(body: Mapping[str, Any]) -> Drawing:
    """Return the drawing that `drawing_to_body` wrote."""
    head = {name: body[name] for name in ("id", "title", "alt")}
    match body["kind"]:
        case "chain":
            nodes = tuple(Node(**{**node, "kind": NodeKind(node["kind"])}) for node in body["nodes"])
            return Chain(**head, nodes=nodes, arrows=tuple(Arrow(**arrow) for arrow in body["arrows"]))
        case "annotated_page":
            parts = tuple(PagePart(**{**part, "kind": PartKind(part["kind"])}) for part in body["parts"])
            return AnnotatedPage(**head, parts=parts)
        case "pages_map":
            pages = tuple(MappedPage(**page) for page in body["pages"])
            return PagesMap(**head, pages=pages, origins=tuple(Origin(**one) for one in body["origins"]))
        case other:
            raise ValueError(f"no drawing is called {other!r}")
