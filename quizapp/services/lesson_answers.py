"""Answers that are given on a screen of a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from quizapp.core.errors import NotFound
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.practice import Purpose, purpose_of, shows_score, takes_another
from quizapp.core.questions import Case, Move, Question, Value
from quizapp.core.screens import Screen
from quizapp.question_types.contract import FormFields
from quizapp.question_types.registry import AnyType
from quizapp.services.lesson_questions import Rejected, field_name, sure_field
from quizapp.services.lessons import checked_screen, started_lesson
from quizapp.services.practice import (
    AskedInLesson,
    Given,
    NewAnswer,
    asked_in_lesson,
    prepared,
    store_answer,
    sure_parts,
)
from quizapp.services.runtime import Work, reading, use_case

LONGEST_SIGHT = timedelta(hours=12)
"""A page that claims to be open for longer says nothing about the time that an answer took."""

KEPT_AS_IT_WAS = Message("Your answer is kept as it was: this question is asked once.")
ALREADY_SHOWN = Message("The answer to this question is shown already, so this one was not stored.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer: stored, or not taken with its problems, or not needed any more.

    ``number`` is the place of the question on its screen.
    """

    number: int
    rejected: Rejected | None = None
    note: Message | None = None


@use_case
def answer_question(
    work: Work,
    actor: Actor,
    *,
    slug: str,
    number: int,
    question_key: str,
    fields: FormFields,
    shown_at: datetime | None,
) -> Answered:
    """Store an answer that was given on a screen.

    What cannot be taken comes back as data with what was typed. The same answer sent twice is stored once.

    Raises:
        NotFound: no such lesson, screen or question for this actor.
        Refusal: the lesson was not begun (field ``case``).
    """
    lesson, progress = started_lesson(work, actor, slug)
    checked_screen(lesson, number)
    screen = lesson.screen(number)
    place = _place(screen, question_key, Case(progress.case))
    asked = asked_in_lesson(work, actor.user_id, lesson.key, [question_key])
    question = Asking(lesson.key, question_key, purpose_of(screen.kind), place)
    return take_answer(work, actor, question, asked=asked, fields=fields, shown_at=shown_at)


@dataclass(frozen=True, slots=True)
class Asking:
    """A question where it is asked: in which lesson, what for, and at which place of its page."""

    lesson_key: str
    question_key: str
    purpose: Purpose
    place: int = 1


def take_answer(
    work: Work,
    actor: Actor,
    asking: Asking,
    *,
    asked: AskedInLesson,
    fields: FormFields,
    shown_at: datetime | None,
) -> Answered:
    """Store an answer, unless it was given before, comes too late or can't be taken."""
    question, purpose = asked.questions[asking.question_key], asking.purpose
    kind, settings = prepared(work, question)
    earlier = asked.answers_to(question.key, purpose)
    value = kind.read_form(settings, fields, field_name(question.key))
    if earlier and earlier[-1].value == value:
        return Answered(asking.place)
    if not _is_taken(kind, purpose, earlier):
        return Answered(asking.place, note=KEPT_AS_IT_WAS if purpose.is_asked_once else ALREADY_SHOWN)
    sure = _sure(kind, settings, fields, question) if purpose is Purpose.EXIT_CHECK else {}
    said = {part: is_sure for part, is_sure in sure.items() if is_sure is not None}
    problems = kind.problems(settings, value) or what_is_open(kind, settings, value, sure)
    if problems:
        return Answered(asking.place, rejected=Rejected(question.key, value, said, tuple(problems)))
    answer = NewAnswer(
        question=question,
        purpose=purpose,
        ordinal=len(earlier) + 1,
        value=value,
        sure=said,
        shown_at=_believable(shown_at, work.now),
        is_checked=shows_score(purpose),
    )
    store_answer(
        work, school_id=actor.school_id, student_id=actor.user_id, lesson_key=asking.lesson_key, answer=answer
    )
    return Answered(asking.place)


@reading
def unfinished_answer(
    work: Work, actor: Actor, *, slug: str, number: int, question_key: str, fields: FormFields
) -> Rejected:
    """Return what is given so far, for a page that draws it anew. It is not an answer yet, and nothing is stored.

    Raises:
        NotFound: no such lesson, screen or question for this actor.
        Refusal: the lesson was not begun (field ``case``).
    """
    lesson, progress = started_lesson(work, actor, slug)
    checked_screen(lesson, number)
    _place(lesson.screen(number), question_key, Case(progress.case))
    asked = asked_in_lesson(work, actor.user_id, lesson.key, [question_key])
    return given_so_far(work, asked.questions[question_key], fields)


def given_so_far(work: Work, question: Question, fields: FormFields) -> Rejected:
    """Return what a form holds, for a page that draws it anew."""
    kind, settings = prepared(work, question)
    value = kind.read_form(settings, fields, field_name(question.key))
    return Rejected(question.key, value, {}, tuple(kind.problems(settings, value)))


def _place(screen: Screen, question_key: str, case: Case) -> int:
    """Return the place of a question on its screen, counted from 1.

    The case may have been changed in another window meanwhile: an answer to the other case counts as well.

    Raises:
        NotFound: the screen does not ask it.
    """
    for one in (case, *Case):
        keys = screen.question_keys(one)
        if question_key in keys:
            return keys.index(question_key) + 1
    raise NotFound


def _is_taken(kind: AnyType, purpose: Purpose, earlier: list[Given]) -> bool:
    is_full = earlier[-1].is_full if earlier else None
    return takes_another(purpose, len(earlier), is_full=is_full, is_whole_page=kind.whole_page)


def _sure(kind: AnyType, settings: Any, fields: FormFields, question: Question) -> dict[str, bool | None]:
    """Return what was said about each part: sure, not sure, or nothing yet."""
    said = {"1": True, "0": False}
    return {
        part: said.get(next(iter(fields.get(sure_field(question.key, part), ())), ""))
        for part in sure_parts(kind, settings)
    }


def what_is_open(
    kind: AnyType, settings: Any, value: Value, sure: Mapping[str, bool | None]
) -> list[Message]:
    """Return what is still to be given before an answer is looked at. A page may be printed in part."""
    if kind.is_blank(settings, value):
        return [Message("Nothing is chosen yet. Answer first, then check.")]
    open_lines = len({one.part for one in kind.decisions(settings, value) if one.given is None})
    if kind.move is Move.DECIDE_EACH and not kind.whole_page and open_lines:
        return [Message("Decide each line first. Still open: %(count)d.", count=open_lines)]
    unsaid = sum(is_sure is None for is_sure in sure.values())
    if unsaid and len(sure) == 1:
        return [Message("Say whether you are sure.")]
    if unsaid:
        return [Message("Say for each line whether you are sure. Still open: %(count)d.", count=unsaid)]
    return []


def _believable(shown_at: datetime | None, now: datetime) -> datetime | None:
    """Return when the question was shown, as the page said it, or None where that can't be."""
    return shown_at if shown_at is not None and timedelta(0) <= now - shown_at <= LONGEST_SIGHT else None
