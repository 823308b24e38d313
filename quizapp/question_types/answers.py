"""What students may give, the same in every type: fields, texts, and how an answer reads as plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from quizapp.core.messages import Message
from quizapp.question_types.contract import FormFields

MOST_CHARACTERS = 10_000
"""Characters of a written answer that are kept."""

_QUOTED_CHARACTERS = 40
_NOD = re.compile(r"^\s*(?:Yes|Right)\.\s+")


def first_of(given: Sequence[str]) -> str | list[str] | None:
    """Return what a field that can be given once holds; None when empty, all of it when given twice."""
    filled = [text for text in given if text]
    if len(filled) > 1:
        return filled
    return filled[0] if filled else None


def part_fields(fields: FormFields, name: str) -> dict[str, str | list[str]]:
    """Return the fields ``name.part`` that hold something, by part, known or not."""
    prefix = f"{name}."
    found: dict[str, str | list[str]] = {}
    for field, given in fields.items():
        held = first_of(given) if field.startswith(prefix) else None
        if held is not None:
            found[field.removeprefix(prefix)] = held
    return found


def without_nod(feedback: str) -> str:
    """Return feedback on the right answer as a reason for the key, under an answer that was not right."""
    return _NOD.sub("", feedback)


def quoted(given: object) -> str:
    """Return something unexpected in a form that a message can show."""
    text = given if isinstance(given, str) else repr(given)
    text = text.encode("unicode_escape").decode() if not text.isprintable() else text
    return text if len(text) <= _QUOTED_CHARACTERS else text[: _QUOTED_CHARACTERS - 1] + "…"


def no_choice(given: object) -> Message:
    """Return the problem of a choice that the question does not offer."""
    return Message("“%(given)s” is not one of the choices. Choose again.", given=quoted(given))


def no_part(given: object) -> Message:
    """Return the problem of a part that the question does not have."""
    return Message("The question has no part “%(given)s”. Reload the page.", given=quoted(given))


WRONG_SHAPE = Message("This is not an answer to this question. Reload the page and answer again.")


class _TextOnly(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def plain_text(html: str) -> str:
    """Return rendered HTML as one line of text, without tags.

    >>> plain_text("He <em>says</em> it &amp; leaves")
    'He says it & leaves'
    """
    parser = _TextOnly()
    parser.feed(html)
    parser.close()
    return " ".join("".join(parser.pieces).split())
