"""The gallery: every exercise type in every state, for those who build and check them. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any

from quizapp.content.samples import Case, Sample, sample_key, sample_of, worked_keys, worked_questions
from quizapp.core.errors import NotFound
from quizapp.core.messages import Message
from quizapp.core.questions import Move, Value
from quizapp.core.scoring import rule_in_words, score
from quizapp.question_types.contract import FormFields, Shown
from quizapp.question_types.registry import AnyType, question_types

SEED = 7
RELEASED = Shown(score=True, why=True, key=True, counts=True)
WHY_ONLY = Shown(score=True, why=True, key=False)
WITHHELD = Shown(score=False, why=False, key=False)
SAMPLE_STEM = "The sample of this type, with words for its own checks"


class View(StrEnum):
    """Which of a type's two templates shows a state."""

    QUESTION = "question"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class ShownState:
    """A type's sample in one state. ``is_open`` says whether its controls can be used."""

    name: str
    title: Message
    template: View
    view: Mapping[str, Any]
    problems: tuple[Message, ...] = ()
    rule: Message | None = None
    is_open: bool = False
    is_paper: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an answer to a worked question."""

    value: Value
    problems: tuple[Message, ...]
    rule: Message | None
    review: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class WorkedQuestion:
    """A question that shows the type at work, to be tried: two of the bank, and the type's own sample."""

    name: str
    context: str
    stem: str
    vignette: Mapping[str, Any] | None
    view: Mapping[str, Any]
    tried: Tried | None = None


def gallery_types() -> tuple[AnyType, ...]:
    """Return the types in the order of their moves."""
    moves = list(Move)
    return tuple(sorted(question_types().values(), key=lambda kind: (moves.index(kind.move), kind.name)))


def gallery_type(name: str) -> AnyType:
    """Return a type by its name.

    Raises:
        NotFound: there is none.
    """
    try:
        return question_types()[name]
    except KeyError:
        raise NotFound from None


def states_of(kind: AnyType) -> tuple[ShownState, ...]:
    """Return a type's sample in each state that a page can show."""
    return tuple(_states(kind, sample_of(kind)))


def worked_questions_of(
    kind: AnyType, *, which: str | None = None, fields: FormFields | None = None
) -> tuple[WorkedQuestion, ...]:
    """Return the questions of a type to try; the one called ``which`` with what became of an answer to it.

    Raises:
        NotFound: the type has no question of that name.
    """
    sample = sample_key(kind)
    if which is not None and which not in (*worked_keys(kind), sample):
        raise NotFound
    return (
        *(
            _worked(kind, key, fields if key == which else None)
            for key in worked_keys(kind)
            if key in worked_questions()
        ),
        _sampled(kind, sample, fields if sample == which else None),
    )


def _states(kind: AnyType, sample: Sample) -> Iterator[ShownState]:
    right = Case(kind.correct_value(sample.settings), 1, 1)
    answered = next((case.value for case in sample.cases if case.value is not None), right.value)
    asked = partial(_asked, kind, sample.settings)
    yield asked(None, name="empty", title=Message("Empty"))
    yield asked(answered, name="answered", title=Message("Answered"))
    yield asked(answered, name="closed", title=Message("Answered, and closed"), is_open=False)
    yield asked(sample.malformed, name="invalid", title=Message("Refused"))
    reviewed = partial(_reviewed, kind, sample.settings)
    marked = [case for case in sample.cases if case.value is not None and case.of]
    partly = next((case.value for case in marked if 0 < (case.earned or 0) < (case.of or 0)), None)
    wrong = next((case.value for case in marked if case.earned == 0), None)
    yield reviewed(right.value, RELEASED, name="right", title=Message("Right, everything shown"))
    if partly is not None:
        yield reviewed(partly, RELEASED, name="partly", title=Message("Partly right, everything shown"))
    if wrong is not None:
        yield reviewed(wrong, RELEASED, name="wrong", title=Message("Wrong, everything shown"))
    yield reviewed(answered, WHY_ONLY, name="why", title=Message("Only the why is shown"))
    yield reviewed(answered, WITHHELD, name="withheld", title=_waiting(kind))
    yield asked(None, name="print", title=Message("On paper"), is_paper=True)


def _waiting(kind: AnyType) -> Message:
    return Message("Waiting for the teacher") if kind.move is Move.WRITE else Message("Nothing is shown yet")


def _asked(
    kind: AnyType,
    settings: Any,
    value: Any,
    *,
    name: str,
    title: Message,
    is_open: bool = True,
    is_paper: bool = False,
) -> ShownState:
    view = kind.student_view(settings, value, seed=SEED)
    problems = tuple(kind.problems(settings, value))
    return ShownState(name, title, View.QUESTION, view, problems, is_open=is_open, is_paper=is_paper)


def _reviewed(
    kind: AnyType, settings: Any, value: Value, shown: Shown, *, name: str, title: Message
) -> ShownState:
    view = kind.review_view(settings, value, seed=SEED, shown=shown)
    rule = _rule(kind, settings, value) if shown.score else None
    return ShownState(name, title, View.REVIEW, view, rule=rule)


def _rule(kind: AnyType, settings: Any, value: Value) -> Message | None:
    if kind.move is Move.WRITE:
        return None
    decisions = kind.decisions(settings, value)
    return rule_in_words(kind.move, decisions, score(kind.move, decisions))


def _worked(kind: AnyType, key: str, fields: FormFields | None) -> WorkedQuestion:
    question = worked_questions()[key]
    settings = kind.parse(question.settings)
    asked = WorkedQuestion(key, question.context or "", question.stem, question.vignette, {})
    return _with_answer(kind, settings, asked, fields)


def _sampled(kind: AnyType, key: str, fields: FormFields | None) -> WorkedQuestion:
    asked = WorkedQuestion(key, "sample", SAMPLE_STEM, None, {})
    return _with_answer(kind, sample_of(kind).settings, asked, fields)


def _with_answer(
    kind: AnyType, settings: Any, asked: WorkedQuestion, fields: FormFields | None
) -> WorkedQuestion:
    value = kind.read_form(settings, fields, asked.name) if fields is not None else None
    tried = _tried(kind, settings, value) if fields is not None else None
    return replace(asked, view=kind.student_view(settings, value, seed=SEED), tried=tried)


def _tried(kind: AnyType, settings: Any, value: Value) -> Tried:
    problems = tuple(kind.problems(settings, value))
    if problems:
        return Tried(value, problems, None, None)
    review = kind.review_view(settings, value, seed=SEED, shown=RELEASED)
    return Tried(value, (), _rule(kind, settings, value), review)
