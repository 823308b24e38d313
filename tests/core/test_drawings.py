"""What an author says is to be drawn has a place on the paper, and what has none is refused with a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from quizapp.core.drawings.chains import rows
from quizapp.core.drawings.drawn import drawn, misfits
from quizapp.core.drawings.lettering import WIDTH, width_of, wrapped
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
    drawing_from_body,
    drawing_to_body,
)

HEAD = ("way", "The way of a story", "A person leads to two pages, and both lead to a third one.")


def node(name, text="A page"):
    return Node(name, NodeKind.PAGE, text)


def chain(*arrows, texts=None):
    names = dict.fromkeys(end for arrow in arrows for end in arrow[:2])
    nodes = tuple(node(name, (texts or {}).get(name, f"Page {name}")) for name in names)
    return Chain(*HEAD, nodes, tuple(Arrow(*arrow) for arrow in arrows))


DIAMOND = chain(("a", "b", "copied"), ("a", "c", "translated"), ("b", "d"), ("c", "d"))
PAGE = AnnotatedPage(
    *HEAD,
    (
        PagePart(PartKind.HEADLINE, "Footbridge shut", note="<em>Whose</em> words?"),
        PagePart(PartKind.TEXT, bars=4),
        PagePart(PartKind.BYLINE, is_missing=True, note="Nobody signs."),
        PagePart(PartKind.PICTURE, "a bridge"),
    ),
)
MAP = PagesMap(
    *HEAD,
    (MappedPage("p1", "News", "talk"), MappedPage("p2", "Blog", "p1"), MappedPage("p3", "Old", "visit")),
    (Origin("talk", "One talk"), Origin("visit", "One visit")),
)


def messages(drawing):
    return [slip.message for slip in misfits(drawing)]


@pytest.mark.parametrize("drawing", [DIAMOND, PAGE, MAP])
def test_a_drawing_survives_its_own_json(drawing):
    assert drawing_from_body(json.loads(json.dumps(drawing_to_body(drawing)))) == drawing


def test_a_drawing_of_no_kind_is_refused():
    with pytest.raises(ValueError, match="no drawing is called 'riddle'"):
        drawing_from_body({"kind": "riddle", "id": "", "title": "", "alt": ""})


@pytest.mark.parametrize("drawing", [DIAMOND, PAGE, MAP])
def test_a_sound_drawing_is_as_wide_as_a_phone_shows_it(drawing):
    assert messages(drawing) == []
    assert drawn(drawing).height > 100
    assert drawn(drawing).drawing == drawing


def test_the_boxes_of_a_chain_stand_in_rows_and_do_not_touch():
    boxes = {box.node.id: box for box in drawn(DIAMOND).boxes}

    assert [[one.id for one in row] for row in rows(DIAMOND)] == [["a"], ["b", "c"], ["d"]]
    assert boxes["a"].bottom < boxes["b"].y == boxes["c"].y
    assert boxes["b"].x + boxes["b"].width < boxes["c"].x
    assert boxes["c"].x + boxes["c"].width <= WIDTH
    assert boxes["a"].middle == boxes["d"].middle == WIDTH // 2


def test_a_node_that_enters_late_stands_right_above_its_entry():
    late = chain(("a", "b"), ("b", "c"), ("d", "c"))

    assert [[one.id for one in row] for row in rows(late)] == [["a"], ["b", "d"], ["c"]]
    assert messages(late) == []


@pytest.mark.parametrize(
    "drawing", [DIAMOND, chain(("a", "d", "seen"), ("b", "d", "said"), ("c", "d", "heard"))]
)
def test_words_on_arrows_stand_between_the_rows(drawing):
    found = drawn(drawing)
    boxes = {box.node.id: box for box in found.boxes}

    for line in found.lines:
        for letters in line.label:
            assert boxes[line.arrow.source].bottom < letters.y < boxes[line.arrow.target].y


@pytest.mark.parametrize(
    ("drawing", "says"),
    [
        (chain(("a", "b"), ("b", "a")), "the arrows lead in a circle"),
        (chain(("a", "a")), "the arrows lead in a circle"),
        (chain(("a", "b"), ("a", "b")), "a second arrow from a to b"),
        (chain(("a", "b"), ("b", "c"), ("a", "c")), "leads past a row"),
        (chain(*((name, "e") for name in "abcd")), "4 nodes stand side by side: a, b, c, d"),
        (chain(("a", "c", "seen"), ("a", "d"), ("b", "c")), "several arrows leave a and several reach c"),
        (chain(("a", "b"), texts={"a": "Donaudampfschifffahrtsgesellschaft"}), "is too wide for its place"),
        (chain(("a", "b"), texts={"a": "many words " * 14}), "the text takes 7 lines"),
        (chain(("a", "b", "said once and then " * 5)), "the text takes"),
        (replace(DIAMOND, nodes=(*DIAMOND.nodes, node("z"))), "no arrow leads to or from z"),
        (replace(DIAMOND, nodes=(*DIAMOND.nodes, node("a"))), "two nodes are called a"),
        (replace(DIAMOND, arrows=(Arrow("a", "x"),)), "no node is called x"),
    ],
)
def test_a_chain_that_can_not_be_drawn_says_why(drawing, says):
    assert any(says in message for message in messages(drawing)), messages(drawing)


def test_the_parts_of_a_page_follow_one_another_and_notes_are_counted():
    parts = drawn(PAGE).parts

    assert [part.number for part in parts] == [1, None, 2, None]
    assert [len(part.bars) for part in parts] == [0, 4, 0, 0]
    assert all(one.y + one.height < two.y for one, two in pairwise(parts))
    assert [part.is_boxed for part in parts] == [False, False, True, True]


@pytest.mark.parametrize(
    ("part", "says"),
    [
        (PagePart(PartKind.BYLINE, "by Ida", is_missing=True), "a part that is missing has no text"),
        (PagePart(PartKind.DATE, "many words " * 14), "the text takes"),
    ],
)
def test_a_page_that_can_not_be_drawn_says_why(part, says):
    assert any(says in message for message in messages(replace(PAGE, parts=(*PAGE.parts, part))))


def test_a_page_without_a_note_has_nothing_to_say():
    assert messages(replace(PAGE, parts=(PagePart(PartKind.DATE),))) == ["no part has a note"]


def test_copies_lead_to_the_origin_of_what_they_copied():
    found = drawn(MAP)

    assert [place.id for place in found.origins] == ["talk", "visit"]
    assert found.lines[0].endswith(f"{found.origins[0].middle}")
    assert found.lines[0].split()[-1] == found.lines[1].split()[-1] != found.lines[2].split()[-1]
    assert (found.number_of("p1"), found.number_of("talk")) == (1, None)


@pytest.mark.parametrize(
    ("pages", "says"),
    [
        (
            (MappedPage("p1", "News", "p2"), MappedPage("p2", "Blog", "p1")),
            "the way of p1 leads to no origin",
        ),
        ((MappedPage("p1", "News", "nowhere"),), "the way of p1 leads to no origin"),
        ((MappedPage("p1", "News", "talk"),), "no page leads to visit"),
        ((MappedPage("talk", "News", "talk"),), "two things are called talk"),
        ((MappedPage("p1", "many words " * 9, "talk"),), "the text takes"),
    ],
)
def test_a_map_that_can_not_be_drawn_says_why(pages, says):
    assert any(says in message for message in messages(replace(MAP, pages=pages)))


def test_lines_break_between_words_and_never_pass_the_width():
    lines = wrapped("A newsroom interviews him in a hotel and publishes it", 138, 14)

    assert len(lines) > 2
    assert all(width_of(line, 14) <= 138 for line in lines)
    assert " ".join(lines) == "A newsroom interviews him in a hotel and publishes it"
