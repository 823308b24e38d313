"""What authors may write, the same in every type: ids, texts, references, options.

Each message names what is allowed, because it is all that an author sees beside file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated

from pydantic import AfterValidator, StrictBool

from quizapp.question_types.contract import BLOCK, INLINE, SettingsModel

RIGHT, WRONG = "right", "wrong"
"""The two feedback texts that every decided part has."""

LONGEST_ID = 40
LONGEST_INLINE = 4_000
"""Characters of a text of one paragraph. It bounds the rendered HTML too, hence more than anybody writes."""
LONGEST_BLOCK = 20_000

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MISCONCEPTION = re.compile(r"M[0-9]{2}")
_REFERENCE = re.compile(r"P(?:[1-9]|1[0-5])|F[12]?|[a-z0-9]+(?:-[a-z0-9]+)*:[1-9][0-9]*")


def _well_formed_id(text: str) -> str:
    if not _ID.fullmatch(text) or len(text) > LONGEST_ID:
        raise ValueError(
            f"“{text[:LONGEST_ID]}” is no id: use lower-case letters, digits and single hyphens, "
            f"at most {LONGEST_ID} characters"
        )
    return text


def _written(longest: int, text: str) -> str:
    if not text.strip():
        raise ValueError("the text is empty: write at least a word")
    if "\x00" in text:
        raise ValueError("the text holds a NUL character: remove it")
    if len(text) > longest:
        raise ValueError(f"the text has {len(text)} characters: at most {longest} are allowed")
    return text


def _inline(text: str) -> str:
    return _written(LONGEST_INLINE, text)


def _block(text: str) -> str:
    return _written(LONGEST_BLOCK, text)


def _misconception(text: str) -> str:
    if not _MISCONCEPTION.fullmatch(text):
        raise ValueError(f"“{text[:LONGEST_ID]}” is no misconception: write an id such as M03")
    return text


def _reference(text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise ValueError(
            f"“{text[:LONGEST_ID]}” points nowhere: write P1 to P15, F, or a line of a vignette such as "
            "pool-notice:3"
        )
    return text


PartId = Annotated[str, AfterValidator(_well_formed_id)]
InlineText = Annotated[str, INLINE, AfterValidator(_inline)]
BlockText = Annotated[str, BLOCK, AfterValidator(_block)]
PlainText = Annotated[str, AfterValidator(_inline)]
"""For authors only, or shown as it stands: never rendered."""
MisconceptionId = Annotated[str, AfterValidator(_misconception)]
Reference = Annotated[str, AfterValidator(_reference)]
"""A card of *The page, retold*, or a line of a vignette."""


def _has_fallbacks(feedback: dict[str, str]) -> dict[str, str]:
    missing = [fallback for fallback in (RIGHT, WRONG) if fallback not in feedback]
    if missing:
        raise ValueError(f"the feedback lacks “{'” and “'.join(missing)}”: write both right and wrong")
    return feedback


RightWrongFeedback = Annotated[dict[str, InlineText], AfterValidator(_has_fallbacks)]
"""Texts for *right* and *wrong*, and for single choices by their ids."""


def check_unique(what: str, ids: Iterable[str]) -> None:
    """Check that no id stands twice.

    Raises:
        ValueError: one does; ``what`` names the kind of part in the plural.
    """
    seen: set[str] = set()
    for part_id in ids:
        if part_id in seen:
            raise ValueError(f"two {what} have the id “{part_id}”: each needs its own")
        seen.add(part_id)


def check_count(what: str, count: int, least: int, most: int) -> None:
    """Check that there are as many parts as the type allows.

    Raises:
        ValueError: there are fewer or more; ``what`` names the kind of part in the plural.
    """
    if not least <= count <= most:
        allowed = f"exactly {least}" if least == most else f"{least} to {most}"
        raise ValueError(f"there are {count} {what}: {allowed} are allowed")


class Option(SettingsModel):
    """One thing to choose."""

    id: PartId
    text: InlineText
    feedback: InlineText
    key: StrictBool = False
    misconception: MisconceptionId | None = None
    reason: PlainText | None = None
