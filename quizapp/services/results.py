"""The result of a try, as far as it may be shown now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from quizapp.core.assignments import Visible, withheld_until
from quizapp.core.attempts import State, shown_state
from quizapp.core.errors import NotFound
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Move, Value
from quizapp.core.rubrics import LEVEL_NAMES
from quizapp.core.scoring import rule_in_words
from quizapp.question_types.contract import Shown
from quizapp.services.access.attempts import access_attempt
from quizapp.services.asked import Asked, asked_in
from quizapp.services.grades import ShownGrade, grades_of, shown_grade
from quizapp.services.handing_in import receipts_of
from quizapp.services.runtime import Work, reading
from quizapp.services.scores import SlotScore
from quizapp.services.self_marks import self_levels
from quizapp.services.stored_answers import stored_answers
from quizapp.services.tries import the_counting
from quizapp.services.visibility import Facts, facts_of
from quizapp.storage.tables import Attempt


class Mark(StrEnum):
    """What became of a question, in the words of the page."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    BLANK = "blank"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class CriterionMark:
    """One criterion of a written answer as the teacher marked it: the level and its sentence."""

    title: str
    level: int
    name: Message
    html: str


@dataclass(frozen=True, slots=True)
class ReviewedQuestion:
    """One question of a result. What may not be shown yet is None or empty, not hidden in the page."""

    slot: int
    name: str
    type_name: str
    stem: str
    vignette: Mapping[str, Any] | None
    marks: int
    view: Mapping[str, Any]
    mark: Mark | None
    points: int | None
    rule: Message | None
    evidence: tuple[str, ...]
    criteria: tuple[CriterionMark, ...]
    comment: str | None
    asks_self_mark: bool
    self_level: int | None


@dataclass(frozen=True, slots=True)
class PastTry:
    """A try in the list of all."""

    attempt_id: int
    number: int
    finished_at: datetime | None
    receipt: str | None
    points: int | None
    max_points: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that is not shown yet, and until when."""

    what: Message
    until: Message


@dataclass(frozen=True, slots=True)
class Result:
    """The result page of a try. Points in ten-thousandths; None while the score is withheld.

    ``grade`` is what the teacher decided instead of what the tries make: then no try counts.
    """

    attempt_id: int
    assignment_id: int
    title: str
    number: int
    finished_at: datetime | None
    visible: Visible
    withheld: tuple[Withheld, ...]
    points: int | None
    percent: int | None
    max_points: int
    counts: str
    is_counting: bool
    grade: ShownGrade | None
    waiting: int
    questions: tuple[ReviewedQuestion, ...]
    tries: tuple[PastTry, ...]
    tries_left: int
    may_try_again: bool


@reading
def result_page(work: Work, actor: Actor, *, attempt_id: int) -> Result | None:
    """Return the result of a try as far as it may be shown, or None while it is open.

    Raises:
        NotFound: not the actor's attempt, or voided.
    """
    at_hand = access_attempt(work, actor, Permission.REVIEW, id=attempt_id)
    attempt, assignment = at_hand.attempt, at_hand.assignment
    if shown_state(State(attempt.state), attempt.deadline_at, work.now) is State.IN_PROGRESS:
        return None
    facts = facts_of(work, assignment, attempt.student_id)
    this = next((one for one in facts.tries if one.attempt_id == attempt.id), None)
    if this is None:
        raise NotFound
    questions = reviewed_questions(work, attempt, this.scores, facts.shown)
    counting = the_counting(assignment.counts, facts.tries)
    grade = shown_grade(
        grades_of(work, [assignment.id], [attempt.student_id]).get((assignment.id, attempt.student_id)),
        facts.shown,
        assignment.results_shown_at,
    )
    counting_id = counting.attempt_id if counting and facts.shown.score and grade is None else None
    closes_at = facts.release.closes_at
    return Result(
        attempt_id=attempt.id,
        assignment_id=assignment.id,
        title=assignment.title,
        number=attempt.number,
        finished_at=this.finished_at,
        visible=facts.shown,
        withheld=_withheld(facts),
        points=this.points if facts.shown.score else None,
        percent=this.percent if facts.shown.score else None,
        max_points=attempt.max_points,
        counts=assignment.counts,
        is_counting=counting_id == attempt.id,
        grade=grade,
        waiting=sum(1 for one in questions if one.mark is Mark.WAITING),
        questions=questions,
        tries=_past_tries(work, facts, counting_id),
        tries_left=facts.tries_left,
        may_try_again=facts.tries_left > 0 and (closes_at is None or work.now < closes_at),
    )


def _withheld(facts: Facts) -> tuple[Withheld, ...]:
    shown, moments = facts.shown, facts.shown_when
    return tuple(
        Withheld(what, withheld_until(moment, facts.release))
        for is_shown, moment, what in (
            (shown.score, moments.score, Message("Points")),
            (shown.why, moments.why, Message("Why")),
            (shown.key, moments.key, Message("The right answers")),
        )
        if not is_shown
    )


def _past_tries(work: Work, facts: Facts, counting_id: int | None) -> tuple[PastTry, ...]:
    closed = [one for one in facts.tries if not one.is_open]
    receipts = receipts_of(work, [one.attempt_id for one in closed])
    return tuple(
        PastTry(
            attempt_id=one.attempt_id,
            number=one.number,
            finished_at=one.finished_at,
            receipt=receipts.get(one.attempt_id),
            points=one.points if facts.shown.score else None,
            max_points=one.max_points,
            counts=one.attempt_id == counting_id,
        )
        for one in closed
    )


def reviewed_questions(
    work: Work, attempt: Attempt, scores: Mapping[int, SlotScore], shown: Visible
) -> tuple[ReviewedQuestion, ...]:
    """Return the questions of a closed try with answers, scores, why and key as far as they may be shown."""
    stored = stored_answers(work, attempt.id)
    levels = self_levels(work, attempt.id) if shown.key else {}
    return tuple(
        _reviewed(
            asked,
            stored[asked.slot].value if asked.slot in stored else None,
            scores.get(asked.slot),
            shown,
            levels.get(asked.slot),
        )
        for asked in asked_in(work, attempt)
    )


def _reviewed(
    asked: Asked, value: Value, score: SlotScore | None, shown: Visible, self_level: int | None
) -> ReviewedQuestion:
    kind, settings = asked.type, asked.settings
    is_blank = kind.is_blank(settings, value)
    is_told = score is not None and shown.score
    # "Right" under the word Right says nothing more.
    has_rule = is_told and not is_blank and kind.move is not Move.PICK_ONE
    decisions = kind.decisions(settings, value)
    view = kind.review_view(
        settings, value, seed=asked.seed, shown=Shown(score=shown.score, why=shown.why, key=shown.key)
    )
    return ReviewedQuestion(
        slot=asked.slot,
        name=asked.name,
        type_name=kind.name,
        stem=asked.question.stem,
        vignette=asked.question.vignette,
        marks=asked.marks,
        view=view,
        mark=_mark(score, is_blank=is_blank) if shown.score else None,
        points=score.points if score and is_told else None,
        rule=rule_in_words(kind.move, decisions, score.ratio) if score and has_rule else None,
        evidence=asked.question.evidence if shown.why else (),
        criteria=_criteria(asked, score) if is_told else (),
        comment=score.comment if score and is_told else None,
        asks_self_mark=kind.move is Move.WRITE and shown.key and not is_blank,
        self_level=self_level,
    )


def _mark(score: SlotScore | None, *, is_blank: bool) -> Mark:
    if score is None:
        return Mark.WAITING
    if is_blank:
        return Mark.BLANK
    if score.ratio.is_full:
        return Mark.RIGHT
    return Mark.PARTLY if score.earned else Mark.WRONG


def _criteria(asked: Asked, score: SlotScore | None) -> tuple[CriterionMark, ...]:
    if score is None or not score.levels:
        return ()
    return tuple(
        CriterionMark(one.title, level, LEVEL_NAMES[level], one.levels[level])
        for one in asked.type.criteria(asked.settings)
        if (level := score.levels.get(one.id)) is not None
    )
