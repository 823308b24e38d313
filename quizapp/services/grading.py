"""The grading queue: written answers by question, without names, in an order that no name decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from quizapp.core.errors import Conflict, NotFound
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.rubrics import Criterion
from quizapp.core.shuffling import rank
from quizapp.question_types.answers import plain_text
from quizapp.question_types.contract import Shown
from quizapp.services.access.assignments import access_assignment
from quizapp.services.access.attempts import access_attempt
from quizapp.services.access.staff import access_staff_room
from quizapp.services.asked import kinds_of
from quizapp.services.content import in_first_variant, questions_by_version
from quizapp.services.marking import add_teacher_score
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.written_answers import is_for_people, is_scored, written_answers
from quizapp.storage.tables import Assignment, Attempt, AttemptSlot, Classroom, Response, Score

ALL = Shown(score=True, why=True, key=True)

MARKED_MEANWHILE = Message("A colleague has marked this answer in the meantime. Nothing of yours is lost.")


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One written question of one assignment: how many answers wait, how many there are, and since when.

    ``asks`` is the question in its own words, as plain text.
    """

    asks: str
    assignment_id: int
    assignment_title: str
    classroom_id: int
    classroom_title: str
    question_version_id: int
    waiting: int
    answers: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Mark:
    """The newest mark of an answer. ``id`` 0 is no mark."""

    id: int = 0
    levels: Mapping[str, int] | None = None
    comment: str = ""
    given_at: datetime | None = None
    is_own: bool = False


NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer in the list beside the one that is read. ``number`` is its place in the stable order."""

    attempt_id: int
    number: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class AnswerToMark:
    """The answer that is read. ``view`` is the type's own, with rubric and anchors."""

    attempt_id: int
    number: int
    stem: str
    vignette: Mapping[str, Any] | None
    view: Mapping[str, Any]
    criteria: tuple[Criterion, ...]
    mark: Mark


@dataclass(frozen=True, slots=True)
class GradingPage:
    """All answers to one question at one assignment, and the one that is read; None when all are marked."""

    assignment_id: int
    assignment_title: str
    classroom_id: int
    classroom_title: str
    question_version_id: int
    answers: tuple[AnswerLine, ...]
    current: AnswerToMark | None

    @property
    def marked(self) -> int:
        """How many have a mark."""
        return sum(1 for one in self.answers if one.is_marked)


@dataclass(frozen=True, slots=True)
class _Found:
    attempt_id: int
    slot: int
    variant: str | None
    mark: Mark


@reading
def grading_queue(work: Work, actor: Actor) -> tuple[QueueLine, ...]:
    """Return the written questions of the actor's classes, what waits longest first and what is done last.

    Raises:
        NotFound: the actor is no member of staff.
    """
    access_staff_room(actor)
    waiting = case((~is_scored(), 1), else_=0)
    oldest = func.min(case((~is_scored(), Attempt.finished_at)))
    rows = work.session.execute(
        written_answers(
            actor,
            Assignment.id,
            Assignment.title,
            Classroom.id,
            Classroom.title,
            AttemptSlot.question_version_id,
            func.sum(waiting),
            func.count(),
            oldest,
        )
        .where(is_for_people())
        .group_by(
            Assignment.id,
            Assignment.title,
            Classroom.id,
            Classroom.title,
            AttemptSlot.question_version_id,
        )
    ).all()
    questions = questions_by_version(work, ((row.question_version_id, None) for row in rows))
    asks = {one.version_id: plain_text(one.stem) for one in in_first_variant(work, questions.values())}
    lines = [QueueLine(asks[row.question_version_id], *row) for row in rows]
    return tuple(
        sorted(lines, key=lambda one: (one.oldest is None, one.oldest or work.now, one.assignment_id))
    )


@reading
def grading_page(
    work: Work, actor: Actor, *, assignment_id: int, question_version_id: int, attempt_id: int | None = None
) -> GradingPage:
    """Return the answers to one question, and the one with that attempt, else the first that waits.

    Raises:
        NotFound: the actor does not grade this assignment, or it has no such answers.
    """
    assignment = access_assignment(work, actor, Permission.GRADE, id=assignment_id)
    found = _answers(work, actor, assignment_id, question_version_id)
    if not found:
        raise NotFound
    title = work.session.scalars(select(Classroom.title).where(Classroom.id == assignment.classroom_id)).one()
    lines = tuple(
        AnswerLine(one.attempt_id, number, one.mark.id > 0) for number, one in enumerate(found, start=1)
    )
    current = _current(found, attempt_id)
    return GradingPage(
        assignment_id,
        assignment.title,
        assignment.classroom_id or 0,
        title,
        question_version_id,
        lines,
        _to_mark(work, current, found.index(current) + 1, question_version_id) if current else None,
    )


@use_case
def mark_answer(
    work: Work,
    actor: Actor,
    *,
    assignment_id: int,
    question_version_id: int,
    attempt_id: int,
    levels: Mapping[str, int | None],
    comment: str,
    seen: int,
) -> None:
    """Mark one written answer by its rubric; a mark that is there stays in the list, and the new one counts.

    ``seen`` is the id of the mark that the teacher saw, 0 for none.

    Raises:
        NotFound: the actor does not grade this assignment, or it has no such answer.
        Refusal: a criterion has no level (field ``level-<criterion>``).
        Conflict: somebody marked the answer after the page was opened.
    """
    at_hand = access_attempt(work, actor, Permission.GRADE, id=attempt_id, for_update=True)
    slot = work.session.scalars(
        select(AttemptSlot.slot).where(
            AttemptSlot.attempt_id == attempt_id, AttemptSlot.question_version_id == question_version_id
        )
    ).one_or_none()
    if slot is None or at_hand.assignment.id != assignment_id:
        raise NotFound
    newest = work.session.scalar(
        select(func.max(Score.id)).where(
            Score.attempt_id == attempt_id,
            Score.slot == slot,
            Score.generation == at_hand.attempt.generation,
        )
    )
    if (newest or 0) != seen:
        raise Conflict(MARKED_MEANWHILE)
    add_teacher_score(work, actor, at_hand, slot=slot, levels=levels, comment=comment)


def _answers(work: Work, actor: Actor, assignment_id: int, question_version_id: int) -> list[_Found]:
    """Return the answers in an order that the assignment decides, the same on every visit and for everybody."""
    rows = work.session.execute(
        written_answers(actor, Attempt.id, AttemptSlot.slot, AttemptSlot.variant).where(
            Assignment.id == assignment_id,
            AttemptSlot.question_version_id == question_version_id,
            is_for_people(),
        )
    ).all()
    marks = _marks(work, actor, {row[0]: row[1] for row in rows})
    found = [_Found(row[0], row[1], row[2], marks.get(row[0], NO_MARK)) for row in rows]
    return sorted(found, key=lambda one: (rank(assignment_id, "grading", one.attempt_id), one.attempt_id))


def _marks(work: Work, actor: Actor, slots: Mapping[int, int]) -> dict[int, Mark]:
    rows = work.session.scalars(
        select(Score)
        .join(Attempt, (Attempt.id == Score.attempt_id) & (Attempt.generation == Score.generation))
        .where(Score.attempt_id.in_(list(slots)))
        .order_by(Score.id)
    )
    return {
        row.attempt_id: Mark(
            row.id, row.levels, row.comment or "", row.given_at, is_own=row.marker_id == actor.user_id
        )
        for row in rows
        if slots[row.attempt_id] == row.slot
    }


def _current(found: list[_Found], attempt_id: int | None) -> _Found | None:
    if attempt_id is None:
        return next((one for one in found if not one.mark.id), None)
    current = next((one for one in found if one.attempt_id == attempt_id), None)
    if current is None:
        raise NotFound
    return current


def _to_mark(work: Work, current: _Found, number: int, question_version_id: int) -> AnswerToMark:
    pair = (question_version_id, current.variant)
    kind = kinds_of(work, [pair])[pair]
    value = work.session.scalar(
        select(Response.value).where(Response.attempt_id == current.attempt_id, Response.slot == current.slot)
    )
    return AnswerToMark(
        attempt_id=current.attempt_id,
        number=number,
        stem=kind.question.stem,
        vignette=kind.question.vignette,
        view=kind.type.review_view(kind.settings, value, seed=0, shown=ALL),
        criteria=kind.type.criteria(kind.settings),
        mark=current.mark,
    )
