"""The sample pack with a second lesson that prints the page of the first one again."""

from __future__ import annotations

from dataclasses import replace

from quizapp.content.catalogue import Item, body_hash
from tests.builders.content import sample_items

SLUG = "once-more"
BEFORE = {
    "sample:who-says": "sample:once-more",
    "sample:lesson-page-a": "sample:again-a",
    "sample:lesson-page-b": "sample:again-b",
}


def items_with_a_page_again() -> tuple[Item, ...]:
    """Return what the sample pack publishes, and lesson 6, whose task has ``beside: lesson-page``.

    The key of its first line is another one than before: the claim was traced meanwhile.
    """
    items = sample_items()
    return (*items, *(_again(item) for item in items if item.key in BEFORE))


def _again(item: Item) -> Item:
    body = {**item.body, "key": BEFORE[item.key]}
    if item.kind == "lesson":
        body |= {"number": 6, "title": "Once more", "screens": [_screen(one) for one in body["screens"]]}
    else:
        written = body["settings"]["lines"]
        lines = [{**line, "id": f"again-{line['id']}", "before": line["id"]} for line in written]
        lines[0]["key"] = "claimed"
        body |= {
            "slot": "sample:again",
            "settings": {**body["settings"], "lines": lines, "beside": "lesson-page"},
        }
    return replace(item, key=body["key"], body=body, hash=body_hash(body))


def _screen(screen: dict[str, object]) -> dict[str, object]:
    blocks = screen["blocks"]
    assert isinstance(blocks, list)
    slot = {
        "block": "slot",
        "slot": "sample:again",
        "case_a_key": "sample:again-a",
        "case_b_key": "sample:again-b",
    }
    return {**screen, "blocks": [slot if one["block"] == "slot" else one for one in blocks]}
