"""Pydantic's errors as sentences for authors: which key, what is allowed, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SettingSlip:
    """One mistake; ``path`` leads to the offending key in what the author wrote."""

    rule: str
    path: Path
    message: str
    remedy: str
    limit: str = ""


def slips_of(
    error: ValidationError, model: type[BaseModel], written: object, rule: str
) -> Iterator[SettingSlip]:
    """Yield the mistakes in what was written, for a record of that model.

    ``rule`` is for what a rule of the model itself refuses; missing and unknown keys are L001.
    """
    for details in error.errors(include_url=False, include_context=True):
        yield _slip(details, model, written, rule)


def _slip(details: ErrorDetails, model: type[BaseModel], written: object, rule: str) -> SettingSlip:
    kind, path = details["type"], _path_in(written, details["loc"])
    name = str(path[-1]) if path else ""
    context: Mapping[str, Any] = details.get("ctx", {})
    match kind:
        case "missing":
            missing_rule = "L201" if "feedback" in path else "L001"
            return SettingSlip(missing_rule, path, f"`{name}` is missing", f"add `{name}:`")
        case "extra_forbidden":
            allowed = ", ".join(_fields_at(model, path[:-1]))
            return SettingSlip(
                "L001", path, f"unknown key `{name}`", "remove it or correct its spelling", allowed
            )
        case "literal_error" | "enum":
            expected = str(context.get("expected", "")).replace("'", "")
            return SettingSlip(
                "L001", path, f"{_shown(details['input'])} is not allowed", "use one of these", expected
            )
        case "string_pattern_mismatch":
            remedy = f"it has to match {context.get('pattern', '')}"
            return SettingSlip("L001", path, f"{_shown(details['input'])} is not well formed", remedy)
        case "value_error" | "assertion_error":
            return SettingSlip(rule, path, str(context.get("error", details["msg"])), "correct it")
        case _:
            return SettingSlip(rule, path, _sentence(details["msg"]), f"it is {_shown(details['input'])}")


def _sentence(message: str) -> str:
    return message[:1].lower() + message[1:]


def _shown(value: object) -> str:
    text = "empty" if value is None else f"{value!r}"
    return text if len(text) <= 60 else f"{text[:57]}…"


def _path_in(written: object, loc: tuple[int | str, ...]) -> Path:
    """Return the steps of ``loc`` that exist in the text.

    Pydantic also names the arm of a union, which no author wrote; the last step may be a missing key.
    """
    path: list[str | int] = []
    here: Any = written
    for place, step in enumerate(loc):
        is_last = place == len(loc) - 1
        if isinstance(here, dict) and (step in here or is_last):
            here = here.get(str(step))
            path.append(step)
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            here = here[step]
            path.append(step)
    return tuple(path)


def _fields_at(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that the record at the path may have."""
    annotation: Any = model
    for step in path:
        record = _record_in(annotation)
        if isinstance(step, str) and record is not None and step in record.model_fields:
            annotation = record.model_fields[step].annotation
    found = _record_in(annotation)
    return list(found.model_fields) if found is not None else []


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """Return the first record within lists, mappings, unions and annotations."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_record_in, get_args(annotation))), None)
