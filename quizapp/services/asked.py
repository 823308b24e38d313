"""The questions of an attempt, as they were frozen at its start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from quizapp.core.questions import Question
from quizapp.core.shuffling import question_seed
from quizapp.question_types.registry import AnyType, question_type
from quizapp.services.content import questions_by_version
from quizapp.services.runtime import Work
from quizapp.storage.tables import Attempt, AttemptSlot


@dataclass(frozen=True, slots=True)
class Kind:
    """A question with its type and its settings as the type reads them."""

    question: Question
    type: AnyType
    settings: Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of an attempt. ``slot`` counts from 1; ``seed`` is the question's own in this attempt."""

    slot: int
    marks: int
    seed: int
    kind: Kind

    @property
    def name(self) -> str:
        """The name of its form fields."""
        return f"q{self.slot}"

    @property
    def question(self) -> Question:
        """The version that was asked, its variant filled in."""
        return self.kind.question

    @property
    def type(self) -> AnyType:
        """The question's type."""
        return self.kind.type

    @property
    def settings(self) -> Any:
        """The question's settings, for its type."""
        return self.kind.settings


def asked_in(work: Work, attempt: Attempt) -> tuple[Asked, ...]:
    """Return the questions of a stored attempt in order; no statement where the process knows them.

    Never for an attempt that this very transaction made: rolled back, its id would be given again.
    """
    return work.runtime.shelf.keep(("asked", attempt.id), lambda: _read(work, attempt))


def _read(work: Work, attempt: Attempt) -> tuple[Asked, ...]:
    rows = work.session.execute(
        select(AttemptSlot.slot, AttemptSlot.question_version_id, AttemptSlot.variant, AttemptSlot.marks)
        .where(AttemptSlot.attempt_id == attempt.id)
        .order_by(AttemptSlot.slot)
    ).all()
    kinds = kinds_of(work, [(row.question_version_id, row.variant) for row in rows])
    asked = []
    for row in rows:
        kind = kinds[row.question_version_id, row.variant]
        asked.append(Asked(row.slot, row.marks, question_seed(attempt.seed, kind.question.key), kind))
    return tuple(asked)


def kinds_of(work: Work, wanted: Iterable[tuple[int, str | None]]) -> dict[tuple[int, str | None], Kind]:
    """Return questions by (version id, variant) with type and settings; one statement at most."""
    shelf = work.runtime.shelf
    questions = questions_by_version(work, wanted)
    return {
        pair: shelf.keep(("kind", *pair), lambda question=question: _kind(question))  # type: ignore[misc]  # mypy can't infer a lambda with a default
        for pair, question in questions.items()
    }


def _kind(question: Question) -> Kind:
    implementation = question_type(question.type)
    settings = implementation.upgrade(question.settings, question.schema_version)
    return Kind(question, implementation, implementation.parse(settings))
