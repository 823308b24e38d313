"""Words for people, kept apart from the language that they are shown in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A sentence for the user: the English text as its key, and the values that fill it.

    Below web nothing translates. ``str(message)`` is the English sentence, for logs, tests and the
    command line; the web layer looks the key up in the reader's language.
    """

    key: str
    values: Mapping[str, object]

    def __init__(self, key: str, /, **values: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", MappingProxyType(values))

    def __str__(self) -> str:
        return self.key % self.values if self.values else self.key

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted((name, str(value)) for name, value in self.values.items()))))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        return self.key == other.key and dict(self.values) == dict(other.values)
