"""Drawings for the style page: one of each kind, as full as a drawing may be."""

from __future__ import annotations

from quizapp.core.drawings.drawn import Drawn, drawn
from quizapp.core.drawings.values import (
    AnnotatedPage,
    Arrow,
    Chain,
    MappedPage,
    Node,
    NodeKind,
    Origin,
    PagePart,
    PagesMap,
    PartKind,
)

CHAIN = Chain(
    "sample-chain",
    "One interview, read four times",
    "An officer is interviewed by a newsroom, three pages copy it, and two of them lead to the page that is read.",
    (
        Node("officer", NodeKind.PERSON, "An officer with an interest"),
        Node("newsroom", NodeKind.NEWSROOM, "A newsroom records him in a hotel and shows it"),
        Node("first", NodeKind.PAGE, "A long copy"),
        Node("second", NodeKind.PAGE, "A short copy with a new headline"),
        Node("third", NodeKind.PAGE, "A translation"),
        Node("read", NodeKind.PAGE, "The page that you read"),
        Node("note", NodeKind.UNKNOWN, "Who added the number?"),
        Node("after", NodeKind.DOCUMENT, "A file that quotes both of them"),
    ),
    (
        Arrow("officer", "newsroom", "interviewed"),
        Arrow("newsroom", "first", "copied"),
        Arrow("newsroom", "second", "copied"),
        Arrow("newsroom", "third", "translated by machine"),
        Arrow("first", "read", "copied"),
        Arrow("second", "read"),
        Arrow("read", "after", "handed over"),
        Arrow("note", "after", "no speaker"),
    ),
)
PAGE = AnnotatedPage(
    "sample-page",
    "What a page says of itself",
    "A page in outline. Its address, name and headline stand there; its byline and its date are missing.",
    (
        PagePart(
            PartKind.ADDRESS, "…/2024/08/footbridge", note="A year and a month. A blog sets them itself."
        ),
        PagePart(PartKind.MASTHEAD, "The Harbour Page"),
        PagePart(
            PartKind.HEADLINE, "Footbridge shut until the autumn fair is over", note="Whose word is it?"
        ),
        PagePart(PartKind.BYLINE, is_missing=True, note="Nobody signs for it."),
        PagePart(PartKind.DATE, is_missing=True, note="No day stands on it."),
        PagePart(PartKind.TEXT, "The council says so.", bars=3),
        PagePart(PartKind.QUOTE, "We had to do something"),
        PagePart(PartKind.PICTURE, "an empty bridge", note="Who took it?"),
        PagePart(PartKind.CAPTION, "The bridge on Monday morning, seen from the landing"),
        PagePart(PartKind.CREDIT, "Text by a news agency", note="The reporter was theirs."),
        PagePart(PartKind.FOOTER),
    ),
)
MAP = PagesMap(
    "sample-map",
    "Four pages, two sources",
    "Four pages on the left. Three of them lead to one interview, the last one to a reporter on the spot.",
    (
        MappedPage("news", "A news page with a film", "interview"),
        MappedPage("blog", "A blog", "news"),
        MappedPage("thanks", "A longer blog that thanks the other one", "blog"),
        MappedPage("old", "A report from 2022", "reporter"),
    ),
    (Origin("interview", "One interview"), Origin("reporter", "A reporter who was there")),
)


def sample_drawings() -> tuple[Drawn, ...]:
    """Return the three, ready to be shown."""
    return drawn(CHAIN), drawn(PAGE), drawn(MAP)
