"""A strict reader of YAML that keeps line numbers.

It builds values from the parser's events, so that nothing of YAML that could surprise an author or exhaust
the machine is ever interpreted: anchors, aliases, tags and duplicate keys are refused, and only ``true`` and
``false`` are booleans (YAML 1.2; *Norway* stays ``no``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

# The C parser is ten times as fast; a machine without it reads the same, slowly.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_CHARACTERS = 1_000_000
DEEPEST = 20

WORDS: Mapping[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*)([eE][-+]?[0-9]{1,3})?")

Path = tuple[str | int, ...]


class YamlSlip(Exception):
    """The text can't be read; ``line`` counts from 1."""

    def __init__(self, line: int, message: str, remedy: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Document:
    """What a YAML text holds, and the line on which each of its keys and elements stands."""

    value: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Path = ()) -> int:
        """Return the line of the path, or of the nearest thing around it that stands in the text."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, first_line: int = 1) -> Document:
    """Return what the text holds. Mapping keys are always strings.

    ``first_line`` is the number of the text's first line in its file.

    Raises:
        YamlSlip: the text is no YAML, or uses what we refuse.
    """
    if len(text) > MOST_CHARACTERS:
        raise YamlSlip(first_line, f"more than {MOST_CHARACTERS:,} characters", "split the file")
    try:
        return _Builder(yaml.parse(text, Loader=LOADER), first_line).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        # What is not closed is noticed after the last line.
        line = first_line + min(mark.line if mark else 0, text.rstrip().count("\n"))
        raise YamlSlip(line, f"not YAML: {error.problem}", _remedy(str(error.problem))) from error
    except yaml.YAMLError as error:
        raise YamlSlip(first_line, f"not YAML: {error}", "save the file as UTF-8 text") from error


def _remedy(problem: str) -> str:
    if "mapping values are not allowed" in problem:
        return "put the text in quotation marks: it holds a colon and a space"
    if "cannot start any token" in problem:
        return "indent with spaces, and quote a text that starts with @, ` or %"
    return "check indentation, quotation marks and brackets here and in the line above"


def plain_value(text: str) -> object:
    """Return what an unquoted scalar means."""
    if text in WORDS:
        return WORDS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text):
        return float(text)
    return text


class _Builder:
    """Builds one document from the events of the parser."""

    def __init__(self, events: Iterator[Event], first_line: int) -> None:
        self._events = events
        self._first_line = first_line
        self._lines: dict[Path, int] = {}

    def document(self) -> Document:
        value: object = None
        documents = 0
        for event in self._events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise YamlSlip(self._line(event), "a second document", "remove the line ---")
                value = self._value(next(self._events), ())
            if isinstance(event, StreamEndEvent):
                break
        return Document(value, self._lines)

    def _line(self, event: Event) -> int:
        return self._first_line + (event.start_mark.line if event.start_mark else 0)

    def _value(self, event: Event, path: Path) -> object:
        self._refuse(event, path)
        self._lines.setdefault(path, self._line(event))
        match event:
            case ScalarEvent():
                return plain_value(event.value) if event.implicit[0] else event.value
            case SequenceStartEvent():
                return self._sequence(path)
            case MappingStartEvent():
                return self._mapping(path)
            case other:
                raise YamlSlip(self._line(other), "not a value", "write a text, a list or keys with values")

    def _sequence(self, path: Path) -> list[object]:
        elements: list[object] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            elements.append(self._value(event, (*path, len(elements))))
        return elements

    def _mapping(self, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._key(event)
            if key in values:
                raise YamlSlip(self._line(event), f"the key {key!r} stands twice", "keep one of the two")
            self._lines[(*path, key)] = self._line(event)
            values[key] = self._value(next(self._events), (*path, key))
        return values

    def _key(self, event: Event) -> str:
        self._refuse(event, ())
        if not isinstance(event, ScalarEvent):
            raise YamlSlip(
                self._line(event), "a key that is no text", "put text in {braces} in quotation marks"
            )
        return str(event.value)

    def _refuse(self, event: Event, path: Path) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise YamlSlip(
                self._line(event), "anchors and aliases are refused", "write the text out, or quote it"
            )
        if getattr(event, "tag", None):
            raise YamlSlip(self._line(event), "tags are refused", "quote a text that starts with !")
        if len(path) > DEEPEST:
            raise YamlSlip(self._line(event), f"more than {DEEPEST} levels deep", "write it flatter")
