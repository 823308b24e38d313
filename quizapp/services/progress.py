"""*What I can show*: each skill as an ability with its evidence, counted in one place by one rule.

Evidence is what a student gave the first time: first tries in lessons and practice, guesses apart, and graded tries
whose score the student may see. Right, shown and "not seen before" are decided by `quizapp.core.mastery`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import select

from quizapp.core.assignments import Kind
from quizapp.core.mastery import Answer, Evidence, evidence, is_right
from quizapp.core.permissions import Actor
from quizapp.core.practice import NO_CHANGES, Changes, Purpose, changes
from quizapp.core.scoring import Decision, Score
from quizapp.core.skills import Skill
from quizapp.services.access.assignments import assignments_for
from quizapp.services.access.lessons import require_student
from quizapp.services.content import lessons_in_order, practice_pool, questions_by_version, skills
from quizapp.services.grades import Cell
from quizapp.services.lessons import ListedLesson, listed, own_progress
from quizapp.services.practice import Given, SureCount, prepared, put_together, sure_count
from quizapp.services.runtime import Work, reading
from quizapp.services.scores import TEACHER
from quizapp.services.standings import quiz_standings
from quizapp.services.tries import Try, tries_of
from quizapp.services.windows import windows_of_assignments
from quizapp.storage.tables import Assignment, AttemptSlot, PracticeAnswer, School

GUESSES = (Purpose.FIRST_GUESS, Purpose.GUESS_AGAIN)


@dataclass(frozen=True, slots=True)
class Count:
    """So many right of so many."""

    right: int
    answered: int


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One ability with its evidence: in lessons and practice, in the checks of lessons, and in quizzes."""

    skill: Skill
    evidence: Evidence
    practice: Count
    checks: Count
    quizzes: Count


@dataclass(frozen=True, slots=True)
class PastQuiz:
    """A quiz of a class that is over, with the newest try that was handed in."""

    title: str
    attempt_id: int
    handed_in_at: datetime


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """What a student can show so far. ``past`` is what Home no longer shows, the newest first.

    ``can_practise`` are the ids of the skills that have questions for practice.
    """

    skills: tuple[SkillLine, ...]
    can_practise: frozenset[str]
    not_met: int
    lessons: tuple[ListedLesson, ...]
    changes: Changes
    sure: SureCount | None
    past: tuple[PastQuiz, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class _Piece:
    """One piece of evidence."""

    skill: str
    case: str
    at: datetime
    score: Score
    where: str


IN_PRACTICE, IN_CHECK, IN_QUIZ = "practice", "check", "quiz"


@reading
def progress_page(work: Work, actor: Actor) -> ProgressPage:
    """Return what the actor can show; as many statements after a year as after a day.

    Raises:
        NotFound: the actor is no student.
    """
    require_student(actor)
    zone = ZoneInfo(work.session.get_one(School, actor.school_id).time_zone)
    answers = _answers(work, actor)
    quizzes = _quizzes(work, actor)
    tries = tries_of(work, list(quizzes), [actor.user_id])
    of_quizzes = _of_quizzes(work, actor, quizzes, tries)
    pieces = sorted([*_of_lessons(answers), *of_quizzes], key=lambda piece: piece.at)
    known = skills(work)
    met = {piece.skill for piece in pieces}
    progress = own_progress(work, actor)
    finished = [
        lesson
        for lesson in lessons_in_order(work)
        if lesson.key in progress and progress[lesson.key].finished_at
    ]
    return ProgressPage(
        skills=tuple(
            _line(skill, [piece for piece in pieces if piece.skill == skill.id], zone)
            for skill in known
            if skill.id in met
        ),
        can_practise=frozenset(question.skill for question in practice_pool(work)),
        not_met=sum(skill.id not in met for skill in known),
        lessons=tuple(listed(lesson, progress[lesson.key]) for lesson in finished),
        changes=_changes(work, answers),
        sure=sure_count(given for given in answers if given.purpose is Purpose.EXIT_CHECK),
        past=_past(quizzes, tries),
        now=work.now,
    )


def _answers(work: Work, actor: Actor) -> list[Given]:
    rows = work.session.scalars(
        select(PracticeAnswer)
        .where(PracticeAnswer.school_id == actor.school_id, PracticeAnswer.student_id == actor.user_id)
        .order_by(PracticeAnswer.id)
    ).all()
    return put_together(work, rows)


def first_tries(answers: Iterable[Given]) -> list[tuple[Given, Score]]:
    """Return the answers that are evidence, with what they earned: first tries that are scored, guesses apart."""
    return [
        (given, given.score)
        for given in answers
        if given.ordinal == 1 and given.score is not None and given.purpose not in GUESSES
    ]


def count_right(answers: Iterable[Given]) -> Count:
    """Count the right ones of those that are evidence."""
    scores = [score for _, score in first_tries(answers)]
    return Count(sum(map(is_right, scores)), len(scores))


def _of_lessons(answers: Iterable[Given]) -> list[_Piece]:
    return [
        _Piece(
            given.question.skill,
            given.question.key,
            given.answered_at,
            score,
            IN_CHECK if given.purpose is Purpose.EXIT_CHECK else IN_PRACTICE,
        )
        for given, score in first_tries(answers)
    ]


def _quizzes(work: Work, actor: Actor) -> dict[int, Assignment]:
    return {
        one.id: one
        for one in work.session.scalars(
            select(Assignment)
            .where(assignments_for(actor), Assignment.kind != Kind.LESSON.value)
            .order_by(Assignment.id)
        )
    }


def _of_quizzes(
    work: Work, actor: Actor, assignments: dict[int, Assignment], tries: Mapping[Cell, Sequence[Try]]
) -> list[_Piece]:
    windows = windows_of_assignments(work, actor.user_id, assignments.values())
    cells = {(one.id, actor.user_id): windows[one.id] for one in assignments.values()}
    standings = quiz_standings(work, list(assignments.values()), cells)
    shown = [
        one
        for cell, many in tries.items()
        for one in many
        if standings[cell].visible.score and one.finished_at and not one.is_open
    ]
    return _pieces(work, shown, assignments)


def _past(assignments: Mapping[int, Assignment], tries: Mapping[Cell, Sequence[Try]]) -> tuple[PastQuiz, ...]:
    """Return what was handed in to classes that are over."""
    past = []
    for (assignment_id, _student), many in tries.items():
        assignment = assignments[assignment_id]
        closed = [(one.finished_at, one.attempt_id) for one in many if one.finished_at and not one.is_open]
        if assignment.put_away_at is not None and closed:
            handed_in_at, attempt_id = max(closed)
            past.append(PastQuiz(assignment.title, attempt_id, handed_in_at))
    return tuple(sorted(past, key=lambda one: one.handed_in_at, reverse=True))


def _pieces(work: Work, tries: Sequence[Try], assignments: dict[int, Assignment]) -> list[_Piece]:
    by_id = {one.attempt_id: one for one in tries}
    slots = work.session.execute(
        select(
            AttemptSlot.attempt_id, AttemptSlot.slot, AttemptSlot.question_version_id, AttemptSlot.variant
        ).where(AttemptSlot.attempt_id.in_(list(by_id)))
    ).all()
    questions = questions_by_version(work, [(slot.question_version_id, slot.variant) for slot in slots])
    pieces = []
    for slot in slots:
        tried = by_id[slot.attempt_id]
        score = tried.scores.get(slot.slot)
        shown_at = assignments[tried.assignment_id].results_shown_at
        if score is None or tried.finished_at is None:
            continue
        if score.given_by == TEACHER and (shown_at is None or score.given_at > shown_at):
            continue
        question = questions[slot.question_version_id, slot.variant]
        pieces.append(_Piece(question.skill, question.key, tried.finished_at, score.ratio, IN_QUIZ))
    return pieces


def _line(skill: Skill, pieces: Sequence[_Piece], zone: ZoneInfo) -> SkillLine:
    return SkillLine(
        skill=skill,
        evidence=evidence(
            [Answer(one.case, one.at.astimezone(zone).date(), is_right(one.score)) for one in pieces]
        ),
        practice=_count(pieces, IN_PRACTICE),
        checks=_count(pieces, IN_CHECK),
        quizzes=_count(pieces, IN_QUIZ),
    )


def _count(pieces: Iterable[_Piece], where: str) -> Count:
    there = [piece for piece in pieces if piece.where == where]
    return Count(sum(is_right(piece.score) for piece in there), len(there))


def _changes(work: Work, answers: Iterable[Given]) -> Changes:
    """Count the changed decisions between the answers to one wording of a question for one purpose."""
    by_question: dict[tuple[str, str | None, Purpose], list[Given]] = {}
    for given in answers:
        wording = (given.question.key, given.question.variant, given.purpose)
        by_question.setdefault(wording, []).append(given)
    total = NO_CHANGES
    for many in by_question.values():
        for before, after in pairwise(many):
            total += changes(*(_decided(work, given) for given in (before, after)))
    return total


def _decided(work: Work, given: Given) -> Sequence[Decision]:
    kind, settings = prepared(work, given.question)
    return kind.decisions(settings, given.value)
