"""A course of two lessons with a folder: the sample lesson, a second one like it, and a document with each."""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from quizapp.content.catalogue import Item, body_hash
from quizapp.core.folder import Edition, Folder, FolderDocument
from quizapp.core.questions import Case
from tests.builders.content import sample_items

FIRST, SECOND = "who-says", "who-else"
RIGHT = (
    {"l1": "claimed", "l2": "unsourced", "l3": "backed"},
    {"l1": "backed", "l2": "unsourced", "l3": "backed"},
)
"""The keys of the first and the second document: the second backs up what the first only claimed."""


@cache
def folder_items() -> tuple[Item, ...]:
    """Return what such a course publishes."""
    items = {item.key: item for item in sample_items()}
    lesson = _changed(items["sample:who-says"], f"sample:{SECOND}", number=2, title="Who else says?")
    questions = [
        _question(items["sample:lesson-exit"], number, case) for number in (1, 2) for case in (Case.A, Case.B)
    ]
    folder = Folder(
        key="sample:folder",
        title="The folder",
        lead="One case.",
        editions={Case.A: Edition("Strait", "A quay."), Case.B: Edition("Depot strike", "A depot.")},
        documents=tuple(
            FolderDocument(
                f"d{number}", key, {case: f"sample:folder-{number}-{case.value.lower()}" for case in Case}
            )
            for number, key in ((1, f"sample:{FIRST}"), (2, f"sample:{SECOND}"))
        ),
    )
    body = folder.to_body()
    return (*sample_items(), lesson, *questions, Item(folder.key, "folder", body, body_hash(body), "test", 1))


def _question(like: Item, number: int, case: Case) -> Item:
    name = f"folder-{number}-{case.value.lower()}"
    settings = copy.deepcopy(dict(like.body["settings"]))
    settings["lines"] = [
        {
            **line,
            "id": f"l{place}",
            "key": RIGHT[number - 1][f"l{place}"],
            "text": f"Claim {place}, case {case.value}",
        }
        for place, line in enumerate(settings["lines"][:3], 1)
    ]
    vignette = {
        **like.body["vignette"],
        "key": f"sample:text-{name}",
        "title": f"Document {number}{case.value}",
    }
    changes = {"slot": f"sample:folder-{number}", "case": case.value, "use": "lesson"}
    return _changed(like, f"sample:{name}", settings=settings, vignette=vignette, **changes)


def _changed(item: Item, key: str, **changes: Any) -> Item:
    body = {**item.body, "key": key, **changes}
    return Item(
        key, item.kind, body, body_hash(body), item.file, item.line, schema_version=item.schema_version
    )
