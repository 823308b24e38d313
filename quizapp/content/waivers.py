"""What an author writes beside an item to answer for a warning."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import StringConstraints

from quizapp.content.reading import Record


class WaiverRecord(Record):
    """One rule, and who says why it may speak here for nothing.

    What is left out is told by L009, and the waiver silences nothing until it is there.
    """

    rule: Annotated[str, StringConstraints(pattern=r"^L[0-9]{3}$")]
    reason: str = ""
    signed_by: str = ""
    date: dt.date | None = None


Waivers = tuple[WaiverRecord, ...]
