"""The sample pack, read by the real loader."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quizapp.content.catalogue import Item, load_catalogue
from quizapp.content.roots import pack_root

SAMPLE_PACK = Path(__file__).parent / "pack"


@cache
def sample_items() -> tuple[Item, ...]:
    """Return what the sample pack publishes; an error in it fails the test that asks."""
    catalogue = load_catalogue([pack_root(SAMPLE_PACK)])
    assert catalogue.is_publishable, "\n".join(map(str, catalogue.problems))
    return catalogue.items
