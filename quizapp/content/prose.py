"""Rendering the texts of a record, wherever they stand in it.

A field says by its annotation that its text is Markdown (``Annotated[str, INLINE]``) or plain words that
learners see (``Annotated[str, PLAIN]``). The walk follows the values, so that unions need no guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Protocol, get_args, get_origin

from pydantic import BaseModel

from quizapp.content.yaml_reader import Path
from quizapp.question_types.contract import Prose


@dataclass(frozen=True, slots=True)
class Plain:
    """Marks words that are shown as they stand: titles, headings, terms."""


PLAIN: Final = Plain()

Kind = Prose | Plain


class Write(Protocol):
    """Turns one text of the record into what is stored."""

    def __call__(self, text: str, kind: Kind, path: Path) -> str:
        """Return HTML for prose, the text itself for plain words."""
        ...


def rendered(record: BaseModel, write: Write, path: Path = ()) -> dict[str, Any]:
    """Return the record as JSON, each of its texts written by ``write``. ``path`` is where the record stands."""
    return _record(record, record.model_dump(mode="json"), write, path)


def _record(record: BaseModel, dumped: Mapping[str, Any], write: Write, path: Path) -> dict[str, Any]:
    result = dict(dumped)
    for name, field in type(record).model_fields.items():
        annotation = Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
        result[name] = _value(getattr(record, name), annotation, dumped[name], write, (*path, name))
    return result


def _value(value: Any, annotation: Any, dumped: Any, write: Write, path: Path) -> Any:
    if isinstance(value, str):
        kind = _kind(annotation)
        return write(value, kind, path) if kind is not None else dumped
    if isinstance(value, BaseModel):
        return _record(value, dumped, write, path)
    if isinstance(value, Mapping):
        inner = _element(annotation, Mapping)
        return {
            str(key): _value(
                element, inner, dumped[key if key in dumped else str(key)], write, (*path, str(key))
            )
            for key, element in value.items()
        }
    if isinstance(value, (list, tuple)):
        inner = _element(annotation, Iterable)
        return [
            _value(element, inner, dumped[index], write, (*path, index))
            for index, element in enumerate(value)
        ]
    return dumped


def _kind(annotation: Any) -> Kind | None:
    """Return how a text of that annotation is written, looking into unions."""
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        found = next((mark for mark in marks if isinstance(mark, (Prose, Plain))), None)
        return found or _kind(inner)
    if isinstance(get_origin(annotation), type) and issubclass(get_origin(annotation), Iterable):
        return None
    return next((kind for arm in get_args(annotation) if (kind := _kind(arm)) is not None), None)


def _element(annotation: Any, container: type) -> Any:
    """Return the annotation of what a list or mapping holds, looking into unions."""
    origin, arms = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _element(arms[0], container)
    if isinstance(origin, type) and issubclass(origin, container):
        return arms[-1] if arms[-1] is not Ellipsis else arms[0]
    return next((found for arm in arms if (found := _element(arm, container)) is not None), None)
