"""Choices of a form field from the words of an enumeration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from quizapp.core.messages import Message
from quizapp.web.words import lazy


def choices(words: Mapping[Any, Message]) -> list[Any]:
    """Return a choice for each key, said in the reader's language; the value is the key as text."""
    return [SelectChoice(str(key), lazy(message)) for key, message in words.items()]
