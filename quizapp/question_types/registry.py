"""The types that exist, found by looking into this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import quizapp.question_types
from quizapp.question_types.contract import QuestionType

AnyType = QuestionType[Any]


@cache
def question_types() -> Mapping[str, AnyType]:
    """Return every type by its name, in alphabetical order."""
    found: dict[str, AnyType] = {}
    for module in pkgutil.iter_modules(quizapp.question_types.__path__):
        if module.ispkg:
            implementation = importlib.import_module(f"quizapp.question_types.{module.name}.type").TYPE
            found[implementation.name] = implementation
    return MappingProxyType(dict(sorted(found.items())))


def question_type(name: str) -> AnyType:
    """Return the type of that name.

    Raises:
        KeyError: there is none.
    """
    return question_types()[name]
