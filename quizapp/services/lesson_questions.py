"""A question in a lesson as its reader sees it: asked, reviewed, or both beside each other.

What is here is an allow-list without keys: the views come from the question type, which shows a key only where
`quizapp.core.practice` says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from quizapp.core.messages import Message
from quizapp.core.practice import Purpose, shows_key, shows_score, takes_another
from quizapp.core.questions import Move, Question, Value
from quizapp.core.scoring import Score, rule_in_words
from quizapp.question_types.contract import Shown
from quizapp.services.practice import AskedInLesson, Given, prepared, seed_of, sure_parts
from quizapp.services.runtime import Work


@dataclass(frozen=True, slots=True)
class MadeUpText:
    """A vignette with numbered lines; ``id`` begins the ids of its lines."""

    id: str
    title: str
    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurePart:
    """Where *sure / not sure* is asked: of a line by its number, or of the whole (number 0)."""

    field: str
    number: int
    given: bool | None


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """What is needed to ask."""

    view: Mapping[str, Any]
    problems: tuple[Message, ...]
    sure: tuple[SurePart, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """An answer looked at again. ``outcome`` is right, partly or wrong; None where it is not shown."""

    view: Mapping[str, Any]
    outcome: str | None
    rule: Message | None
    evidence: tuple[str, ...]


class BesideState(StrEnum):
    """Whether there is an earlier page to lay beside this one."""

    PRINTED = "printed"
    OTHER_CASE = "other_case"
    NOT_YET = "not_yet"
    FOR_A_CLASS = "for_a_class"
    """Nobody's answers are shown."""


@dataclass(frozen=True, slots=True)
class Beside:
    """The lesson in which the earlier page is printed, and what the reader did there."""

    state: BesideState
    number: int
    title: str
    slug: str


@dataclass(frozen=True, slots=True)
class LessonQuestion:
    """One question on a screen. ``first_guess`` stands beside the answer where it is asked again.

    ``beside`` is None for all but the few questions that are compared with an earlier one.
    """

    key: str
    name: str
    number: int
    type: str
    move: Move
    stem: str
    instruction: Message
    vignette: MadeUpText | None
    is_whole_page: bool
    is_guess: bool
    form: QuestionForm | None
    review: Review | None
    first_guess: Review | None
    scripts: tuple[str, ...]
    stylesheets: tuple[str, ...]
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a student typed that could not be taken, shown again with its problems."""

    key: str
    value: Value
    sure: Mapping[str, bool]
    problems: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads, and in which lesson: what the order of options follows from."""

    student_id: int
    lesson_key: str


def field_name(question_key: str) -> str:
    """Return the prefix of a question's form fields: its key without the pack."""
    return question_key.partition(":")[2]


def sure_field(question_key: str, part: str) -> str:
    """Return the name of the field in which *sure* is said of a part."""
    return f"sure-{field_name(question_key)}" + (f"-{part}" if part else "")


def lesson_question(
    work: Work,
    reader: Reader,
    *,
    question: Question,
    number: int,
    asked: AskedInLesson,
    purpose: Purpose,
    rejected: Rejected | None = None,
) -> LessonQuestion:
    """Return a question with its newest answer, and with its form where a further answer is taken."""
    kind, _ = prepared(work, question)
    answers = asked.answers_to(question.key, purpose)
    newest = answers[-1] if answers else None
    is_open = takes_another(
        purpose,
        len(answers),
        is_full=newest.is_full if newest else None,
        is_whole_page=kind.whole_page,
    )
    mine = rejected if rejected and rejected.key == question.key else None
    guesses = asked.answers_to(question.key, Purpose.FIRST_GUESS) if purpose is Purpose.GUESS_AGAIN else []
    return LessonQuestion(
        key=question.key,
        name=field_name(question.key),
        number=number,
        type=question.type,
        move=kind.move,
        stem=question.stem,
        instruction=kind.instruction,
        vignette=made_up_text(question.vignette),
        is_whole_page=kind.whole_page,
        is_guess=purpose is Purpose.FIRST_GUESS,
        form=_form(work, reader, question, newest, mine, asks_sure=purpose is Purpose.EXIT_CHECK)
        if is_open
        else None,
        review=_review(work, reader, answers, purpose) if answers else None,
        first_guess=_first_guess(work, reader, guesses[0]) if guesses and answers else None,
        scripts=kind.scripts,
        stylesheets=kind.stylesheets,
    )


def blank_question(work: Work, reader: Reader, *, question: Question, number: int) -> LessonQuestion:
    """Return a question without anything given, for paper."""
    empty = AskedInLesson({}, ())
    return lesson_question(
        work, reader, question=question, number=number, asked=empty, purpose=Purpose.PRACTICE
    )


def made_up_text(vignette: Mapping[str, Any] | None) -> MadeUpText | None:
    """Return a question's vignette for the page, or None without one."""
    if vignette is None:
        return None
    return MadeUpText(
        vignette_id(vignette["key"]), vignette["title"], vignette["kind"], tuple(vignette["lines"])
    )


def vignette_id(vignette_key: str) -> str:
    """Return how a vignette is called on a page: references to its lines lead there."""
    return vignette_key.partition(":")[2]


def _form(
    work: Work,
    reader: Reader,
    question: Question,
    newest: Given | None,
    rejected: Rejected | None,
    *,
    asks_sure: bool,
) -> QuestionForm:
    kind, settings = prepared(work, question)
    value = rejected.value if rejected else (newest.value if newest else None)
    said = rejected.sure if rejected else {}
    parts = sure_parts(kind, settings) if asks_sure else ()
    return QuestionForm(
        view=kind.student_view(settings, value, seed=seed_of(reader.student_id, reader.lesson_key, question)),
        problems=rejected.problems if rejected else (),
        sure=tuple(
            SurePart(sure_field(question.key, part), number if part else 0, said.get(part))
            for number, part in enumerate(parts, 1)
        ),
    )


def _review(work: Work, reader: Reader, answers: Sequence[Given], purpose: Purpose) -> Review:
    """Return the newest of these answers, shown as far as its purpose allows."""
    newest, is_shown = answers[-1], shows_score(purpose)
    key = shows_key(purpose, len(answers), is_full=newest.is_full)
    return _reviewed(work, reader, newest, Shown(score=is_shown, why=is_shown, key=key, counts=is_shown))


def _first_guess(work: Work, reader: Reader, guess: Given) -> Review:
    """Return the first guess for the place beside the new answer, where the key stands already."""
    return _reviewed(work, reader, guess, Shown(score=True, why=True, key=False))


def _reviewed(work: Work, reader: Reader, given: Given, shown: Shown) -> Review:
    """Return an answer in the words of the version that it answered."""
    kind, settings = prepared(work, given.question)
    seed = seed_of(reader.student_id, reader.lesson_key, given.question)
    score = given.score if shown.score else None
    return Review(
        view=kind.review_view(settings, given.value, seed=seed, shown=shown),
        outcome=_outcome(score) if score else None,
        rule=rule_in_words(kind.move, kind.decisions(settings, given.value), score) if score else None,
        # Lines name their own evidence.
        evidence=given.question.evidence if shown.why and kind.move is not Move.DECIDE_EACH else (),
    )


def _outcome(score: Score) -> str:
    if score.is_full:
        return "right"
    return "partly" if score.earned else "wrong"
