"""Answers in lessons: stored as they came, never changed, and put together again for the one who gave them.

A row is an answer to one question, or on a check to one line of it, so that *sure* belongs to a line.
``part`` is the slot of the question where it has one, else its key, and on a check ``#`` and the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, join, select

from quizapp.core.practice import Purpose
from quizapp.core.questions import Move, Question, Value
from quizapp.core.quizzes import variant_of
from quizapp.core.scoring import Score, score
from quizapp.core.shuffling import question_seed, rank
from quizapp.question_types.registry import AnyType
from quizapp.services.asked import kinds_of
from quizapp.services.content import LANGUAGE, questions_by_version
from quizapp.services.runtime import Work
from quizapp.storage.tables import ContentItem, ContentVersion, PracticeAnswer

WHOLE = ""
"""The part of an answer that is one decision."""


@dataclass(frozen=True, slots=True)
class Given:
    """One answer that a student gave to one question."""

    question: Question
    purpose: Purpose
    ordinal: int
    value: Value
    score: Score | None
    sure: Mapping[str, bool]
    sure_and_right: int
    answered_at: datetime

    @property
    def is_full(self) -> bool | None:
        """Everything was earned; None where only a person can tell."""
        return self.score.is_full if self.score else None


@dataclass(frozen=True, slots=True)
class SureCount:
    """How often a student was sure, and how often that was right."""

    sure: int
    right: int


def sure_count(answers: Iterable[Given]) -> SureCount | None:
    """Return how often *sure* was said in these answers, or None when it was not asked in any."""
    asked = [given for given in answers if given.sure]
    if not asked:
        return None
    return SureCount(sum(sum(one.sure.values()) for one in asked), sum(one.sure_and_right for one in asked))


def prepared(work: Work, question: Question) -> tuple[AnyType, Any]:
    """Return the type of a stored question, and its settings as the type reads them."""
    pair = (question.version_id, question.variant)
    kind = kinds_of(work, [pair])[pair]
    return kind.type, kind.settings


def lesson_seed(student_id: int, lesson_key: str) -> int:
    """Return what orders options and draws variants for one student in one lesson, for good."""
    return rank(student_id, "lesson", lesson_key)


def seed_of(student_id: int, lesson_key: str, question: Question) -> int:
    """Return the seed of one question for one student in one lesson."""
    return question_seed(lesson_seed(student_id, lesson_key), question.key)


def score_of(kind: AnyType, settings: Any, value: Value) -> Score | None:
    """Return what an answer earned; None for what a person marks."""
    return None if kind.move is Move.WRITE else score(kind.move, kind.decisions(settings, value))


def sure_parts(kind: AnyType, settings: Any) -> tuple[str, ...]:
    """Return of which parts *sure* is asked: of each line, or once of the whole."""
    return kind.part_ids(settings) if kind.move is Move.DECIDE_EACH else (WHOLE,)


@dataclass(frozen=True, slots=True)
class AskedInLesson:
    """The questions of a screen as they are asked today, by key, and every answer so far, oldest first."""

    questions: Mapping[str, Question]
    answers: Sequence[Given]

    def answers_to(self, key: str, purpose: Purpose) -> list[Given]:
        """Return the answers to one question that were asked for that purpose, oldest first."""
        return [given for given in self.answers if given.question.key == key and given.purpose is purpose]


# Every screen with a question asks this: built once.
_ASKED = (
    select(ContentItem.current_version_id, PracticeAnswer)
    .select_from(ContentItem)
    .outerjoin(
        join(PracticeAnswer, ContentVersion, ContentVersion.id == PracticeAnswer.question_version_id),
        and_(
            ContentVersion.item_id == ContentItem.id,
            PracticeAnswer.student_id == bindparam("student_id"),
            PracticeAnswer.lesson_key == bindparam("lesson_key"),
        ),
    )
    .where(
        ContentItem.kind == "question",
        ContentItem.language == LANGUAGE,
        ContentItem.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(PracticeAnswer.id)
)


def asked_in_lesson(work: Work, student_id: int, lesson_key: str, keys: Iterable[str]) -> AskedInLesson:
    """Return these questions of a lesson with one student's answers, in one statement.

    Bodies of questions that the process does not know yet take a second one.
    """
    rows = work.session.execute(
        _ASKED, {"keys": list(dict.fromkeys(keys)), "student_id": student_id, "lesson_key": lesson_key}
    ).all()
    current = [version_id for version_id, _ in rows if version_id is not None]
    answers = [answer for _, answer in rows if answer is not None]
    questions_by_version(work, [(one, None) for one in current] + [_version(one) for one in answers])
    return AskedInLesson(
        _todays(work, current, lesson_seed(student_id, lesson_key)), put_together(work, answers)
    )


def _todays(work: Work, version_ids: Sequence[int], seed: int) -> dict[str, Question]:
    plain = questions_by_version(work, [(version_id, None) for version_id in version_ids])
    drawn = questions_by_version(work, [(one.version_id, variant_of(one, seed)) for one in plain.values()])
    return {question.key: question for question in drawn.values()}


def _version(answer: PracticeAnswer) -> tuple[int, str | None]:
    return answer.question_version_id, answer.variant


def put_together(work: Work, rows: Sequence[PracticeAnswer]) -> list[Given]:
    """Return answers out of their rows, in the order in which they were given."""
    questions = questions_by_version(work, [_version(row) for row in rows])
    answers: dict[tuple[str | None, str, str, int], list[PracticeAnswer]] = {}
    for row in rows:
        submitted = (row.lesson_key, questions[_version(row)].key, row.purpose, row.ordinal)
        answers.setdefault(submitted, []).append(row)
    return [_given(questions[_version(parts[0])], parts) for parts in answers.values()]


def _given(question: Question, rows: Sequence[PracticeAnswer]) -> Given:
    scores = [Score(row.earned, row.of) for row in rows if row.earned is not None and row.of is not None]
    total = Score(sum(s.earned for s in scores), sum(s.of for s in scores)) if scores else None
    is_split = any("#" in row.part for row in rows)
    value = (
        {line: choice for row in rows for line, choice in row.value.items()} if is_split else rows[0].value
    )
    return Given(
        question=question,
        purpose=Purpose(rows[0].purpose),
        ordinal=rows[0].ordinal,
        value=value,
        score=total,
        sure={row.part.partition("#")[2]: row.sure for row in rows if row.sure is not None},
        sure_and_right=sum(bool(row.sure) and row.earned == row.of for row in rows),
        answered_at=rows[0].answered_at,
    )


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """A sound answer that is to be stored."""

    question: Question
    purpose: Purpose
    ordinal: int
    value: Value
    sure: Mapping[str, bool]
    shown_at: datetime | None
    is_checked: bool


def store_answer(work: Work, *, school_id: int, student_id: int, lesson_key: str, answer: NewAnswer) -> None:
    """Add the rows of an answer: one, or one a line where *sure* was asked of each."""
    question = answer.question
    kind, settings = prepared(work, question)
    base = question.slot or question.key
    parts: list[tuple[str, Value, Score | None, bool | None]] = [
        (base, answer.value, score_of(kind, settings, answer.value), answer.sure.get(WHOLE))
    ]
    if answer.sure and WHOLE not in answer.sure:
        outcomes = {one.part: score(kind.move, [one]) for one in kind.decisions(settings, answer.value)}
        parts = [
            (f"{base}#{line}", {line: choice}, outcomes[line], answer.sure.get(line))
            for line, choice in answer.value.items()
            if line in outcomes
        ]
    for part, value, earned, is_sure in parts:
        work.session.add(
            PracticeAnswer(
                school_id=school_id,
                student_id=student_id,
                lesson_key=lesson_key,
                purpose=answer.purpose.value,
                part=part,
                question_version_id=question.version_id,
                variant=question.variant,
                case=question.case.value if question.case else None,
                language=LANGUAGE,
                ordinal=answer.ordinal,
                value=value,
                sure=is_sure,
                earned=earned.earned if earned else None,
                of=earned.of if earned else None,
                is_checked=answer.is_checked,
                shown_at=answer.shown_at,
                answered_at=work.now,
            )
        )
