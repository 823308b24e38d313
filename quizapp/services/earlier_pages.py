"""An earlier page beside today's: for a student the own one, for who teaches the one that the key prints.

The question's type says which slot the earlier page belongs to, and what was changed since; here it is found.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, select

from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor
from quizapp.core.practice import shows_score
from quizapp.core.questions import Case, Question, Value
from quizapp.core.screens import SlotBlock
from quizapp.question_types.contract import Shown
from quizapp.services.access.lessons import slug_of
from quizapp.services.content import current_questions, lessons_in_order
from quizapp.services.lesson_questions import Beside, BesideState, LessonQuestion
from quizapp.services.practice import Given, prepared, put_together
from quizapp.services.runtime import Work
from quizapp.storage.tables import PracticeAnswer


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the earlier page is asked for."""

    lesson: Lesson
    block: SlotBlock

    def beside(self, state: BesideState) -> Beside:
        """Return what is said of it on the page of today."""
        return Beside(state, self.lesson.number, self.lesson.title, slug_of(self.lesson.key))


@dataclass(frozen=True, slots=True)
class _Page:
    """An answer that prints a page; ``at`` is None for a key."""

    question: Question
    value: Value
    at: datetime | None = None


def with_own_page(
    work: Work, actor: Actor, question: Question, today: Given | None, shown: LessonQuestion
) -> LessonQuestion:
    """Return the question with the actor's own earlier page beside the newest answer, where it has one.

    Questions that stand by themselves cost no statement and are returned as they are.
    """
    place = _place(work, question)
    if place is None:
        return shown
    state, earlier = _own(work, actor, question, place)
    if shown.review is None or today is None or earlier is None:
        return replace(shown, beside=place.beside(state))
    is_shown = shows_score(today.purpose)
    laid = _laid(
        work,
        place,
        today=_Page(today.question, today.value, today.answered_at),
        earlier=_Page(earlier.question, earlier.value, earlier.answered_at),
        shown=Shown(score=is_shown, why=is_shown, key=False),
    )
    review = replace(shown.review, view={**shown.review.view, "beside": laid})
    return replace(shown, review=review, beside=place.beside(state))


def with_class_page(work: Work, question: Question, shown: LessonQuestion) -> LessonQuestion:
    """Return the question as a class sees it, with the words that ask for the earlier page."""
    place = _place(work, question)
    return shown if place is None else replace(shown, beside=place.beside(BesideState.FOR_A_CLASS))


def with_key_page(work: Work, question: Question, view: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the view of a key, with the page beside it that the earlier key prints, where there is one."""
    place = _place(work, question)
    if place is None:
        return view
    key = place.block.question_key(question.case or Case.A)
    earlier = current_questions(work, [key]).get(key)
    if earlier is None or earlier.type != question.type:
        return view
    pages = [_Page(one, _correct(work, one)) for one in (question, earlier)]
    shown = Shown(score=True, why=True, key=True)
    return {**view, "beside": _laid(work, place, today=pages[0], earlier=pages[1], shown=shown)}


def _place(work: Work, question: Question) -> _Place | None:
    kind, settings = prepared(work, question)
    name = kind.beside(settings)
    if name is None:
        return None
    slot = f"{question.key.partition(':')[0]}:{name}"
    for lesson in lessons_in_order(work):
        for screen in lesson.screens:
            for block in screen.blocks:
                if isinstance(block, SlotBlock) and block.slot == slot:
                    return _Place(lesson, block)
    return None


def _own(work: Work, actor: Actor, question: Question, place: _Place) -> tuple[BesideState, Given | None]:
    """Return the newest page of this question's case, or that there is one of the other case only, or none."""
    is_same_case = PracticeAnswer.case == (question.case.value if question.case else None)
    row = work.session.scalars(
        select(PracticeAnswer)
        .where(
            PracticeAnswer.school_id == actor.school_id,
            PracticeAnswer.student_id == actor.user_id,
            PracticeAnswer.lesson_key == place.lesson.key,
            PracticeAnswer.part == place.block.slot,
        )
        .order_by(case((is_same_case, 0), else_=1), PracticeAnswer.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return BesideState.NOT_YET, None
    [given] = put_together(work, [row])
    if given.question.case is not question.case:
        return BesideState.OTHER_CASE, None
    # A slot may have held a question of another type when it was answered.
    return (
        (BesideState.PRINTED, given) if given.question.type == question.type else (BesideState.NOT_YET, None)
    )


def _correct(work: Work, question: Question) -> Value:
    kind, settings = prepared(work, question)
    return kind.correct_value(settings)


def _laid(work: Work, place: _Place, *, today: _Page, earlier: _Page, shown: Shown) -> Mapping[str, Any]:
    kind, settings = prepared(work, today.question)
    _, earlier_settings = prepared(work, earlier.question)
    beside = kind.beside_view(
        settings, today.value, earlier=earlier_settings, earlier_value=earlier.value, shown=shown
    )
    times = {"printed_at": earlier.at, "today_at": today.at, "seen_at": work.now}
    return {**beside, **times, "lesson": place.lesson.number}
