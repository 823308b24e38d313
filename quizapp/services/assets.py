"""Pictures of content."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import Asset


@dataclass(frozen=True, slots=True)
class AssetFile:
    """A picture, ready to be sent."""

    media_type: str
    content: bytes


@reading
def read_asset(work: Work, actor: Actor, *, sha256: str) -> AssetFile:
    """Return the picture of that hash.

    Raises:
        NotFound: there is none.
    """
    row = work.session.get(Asset, sha256)
    if row is None:
        raise NotFound
    return AssetFile(row.media_type, row.bytes)
