"""Starting an attempt: one at a time, drawn by its seed, its questions frozen."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Executable, func, insert, select

from quizapp.core.assignments import Door, Kind
from quizapp.core.attempts import State
from quizapp.core.errors import Conflict, NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Case, Question
from quizapp.core.quizzes import DrawnQuestion, Quiz, QuizShort, draw
from quizapp.core.scoring import POINT
from quizapp.services.access.assignments import access_assignment
from quizapp.services.access.attempts import AttemptAtHand
from quizapp.services.access.lessons import is_fictional_only
from quizapp.services.audit import record
from quizapp.services.content import LANGUAGE, quiz_by_key, quiz_pool
from quizapp.services.grades import refresh_grade
from quizapp.services.handing_in import expire
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.windows import Window, window_of
from quizapp.storage.queries.inserting import dialect_of, insert_into, table_of
from quizapp.storage.tables import Assignment, Attempt, AttemptSlot, LessonProgress

SEED_BITS = 63

PUT_AWAY = Message("This class is over, so nothing can be begun in it. What you did stays under Progress.")
ONCE_MORE = Message("This try was begun and ended elsewhere at the same moment. Load the page again.")


@dataclass(frozen=True, slots=True)
class StartedAttempt:
    """The open attempt; ``is_new`` is false when it was open before."""

    attempt_id: int
    is_new: bool


def start_attempt(
    runtime: Runtime, actor: Actor, *, assignment_id: int, password: str = "", case: Case | None = None
) -> StartedAttempt:
    """Start a try at a quiz, or return the one that is open: starting twice is harmless.

    Args:
        runtime: where it happens; the password is checked before the transaction, hashing takes its time.
        actor: the student.
        assignment_id: the quiz as it was given to the student.
        password: what the teacher said aloud, where one is set.
        case: the case that the student chose; the one of the lesson where None.

    Raises:
        NotFound: the actor was not given this quiz.
        Refusal: not open, no try left, a wrong password (``password``) or no case chosen (``case``).
    """
    password_hash = _password_hash(runtime, actor, assignment_id=assignment_id)
    is_let_in = password_hash is None or runtime.passwords.password_matches(password_hash, password)
    return _start(runtime, actor, assignment_id=assignment_id, is_let_in=is_let_in, case=case)


@reading
def _password_hash(work: Work, actor: Actor, *, assignment_id: int) -> str | None:
    return access_assignment(work, actor, Permission.ANSWER, id=assignment_id).password_hash


@use_case
def _start(
    work: Work, actor: Actor, *, assignment_id: int, is_let_in: bool, case: Case | None
) -> StartedAttempt:
    assignment = access_assignment(work, actor, Permission.ANSWER, id=assignment_id)
    if assignment.kind == Kind.LESSON.value:
        raise NotFound
    open_attempt = open_attempt_of(work, assignment, actor.user_id)
    if open_attempt is not None and not expire(work, actor, AttemptAtHand(open_attempt, assignment)):
        return StartedAttempt(open_attempt.id, is_new=False)
    window = window_of(work, assignment, actor.user_id)
    _refuse_outside(work, window)
    number, used = _tries_before(work, assignment, actor.user_id)
    if used >= window.attempts_allowed:
        raise Refusal(None, Message("You have used all your tries. Ask your teacher if you need another."))
    if not is_let_in:
        raise Refusal("password", Message("This is not the password for this quiz. Ask your teacher."))
    quiz = quiz_by_key(work, assignment.content_key)
    seed = secrets.randbits(SEED_BITS)
    planned = _Planned(actor.user_id, number, seed, _drawn(work, actor, quiz, seed, case))
    attempt_id = _insert_attempt(work, assignment, window, planned)
    if attempt_id is None:
        return _started_elsewhere(work, assignment, actor.user_id)
    _insert_slots(work, assignment, attempt_id, planned.drawn)
    refresh_grade(work, assignment, actor.user_id)
    record(
        work, actor, "attempt.started", subject_kind="attempt", subject_id=attempt_id,
        after={"assignment": assignment.id, "number": planned.number},
    )  # fmt: skip
    return StartedAttempt(attempt_id, is_new=True)


def open_attempt_of(work: Work, assignment: Assignment, student_id: int) -> Attempt | None:
    """Return the stored open attempt, locked, overdue or not."""
    return work.session.scalars(
        select(Attempt)
        .where(
            Attempt.assignment_id == assignment.id,
            Attempt.student_id == student_id,
            Attempt.state == State.IN_PROGRESS.value,
            Attempt.is_preview.is_(False),
        )
        .with_for_update(key_share=True)
    ).one_or_none()


def _refuse_outside(work: Work, window: Window) -> None:
    if window.is_put_away:
        raise Refusal(None, PUT_AWAY)
    match window.door(work.now):
        case Door.NOT_YET:
            raise Refusal(None, Message("This quiz opens on %(opens)s.", opens=window.opens_at))
        case Door.CLOSED:
            raise Refusal(
                None,
                Message(
                    "This quiz closed on %(closes)s. Ask your teacher for more time.", closes=window.closes_at
                ),
            )
        case Door.OPEN:
            return


def _tries_before(work: Work, assignment: Assignment, student_id: int) -> tuple[int, int]:
    """Return the number of the next try, and how many of those before count against the limit."""
    newest, used = work.session.execute(
        select(func.max(Attempt.number), func.count().filter(Attempt.state != State.VOIDED.value)).where(
            Attempt.assignment_id == assignment.id,
            Attempt.student_id == student_id,
            Attempt.is_preview.is_(False),
        )
    ).one()
    return (newest or 0) + 1, used


def has_cases(quiz: Quiz, pool: Sequence[Question]) -> bool:
    """Say whether the quiz may draw questions of two cases, so that the student is asked for one."""
    return any(
        question.case is not None and any(row.fits(question) for row in quiz.blueprint) for question in pool
    )


def remembered_case(work: Work, student_id: int, quiz: Quiz) -> Case | None:
    """Return the case that the student reads in the quiz's lesson, or None."""
    if quiz.lesson is None:
        return None
    case = work.session.scalar(
        select(LessonProgress.case).where(
            LessonProgress.student_id == student_id, LessonProgress.lesson_key == quiz.lesson
        )
    )
    return Case(case) if case else None


def _drawn(work: Work, actor: Actor, quiz: Quiz, seed: int, case: Case | None) -> tuple[DrawnQuestion, ...]:
    pool = quiz_pool(work)
    is_b = is_fictional_only(work, actor)
    chosen = Case.B if is_b else case or remembered_case(work, actor.user_id, quiz)
    if chosen is None and has_cases(quiz, pool):
        raise Refusal("case", Message("Choose your case first."))
    try:
        # Without a question in two cases, either case draws the same.
        return draw(quiz, pool, seed, chosen or Case.B)
    except QuizShort as short:
        raise Refusal(
            None, Message("This quiz has too few questions at the moment. Tell your teacher.")
        ) from short


@cache
def _attempt_insert(dialect: str) -> Executable:
    # Another window may be as fast: then the unique rules leave this one without a row and without an error.
    return insert_into(dialect, Attempt).on_conflict_do_nothing().returning(table_of(Attempt).c.id)


@dataclass(frozen=True, slots=True)
class _Planned:
    student_id: int
    number: int
    seed: int
    drawn: tuple[DrawnQuestion, ...]


def _insert_attempt(work: Work, assignment: Assignment, window: Window, planned: _Planned) -> int | None:
    attempt_id: int | None = work.session.execute(
        _attempt_insert(dialect_of(work.session)),
        {
            "school_id": assignment.school_id,
            "assignment_id": assignment.id,
            "student_id": planned.student_id,
            "number": planned.number,
            "kind": assignment.kind,
            "state": State.IN_PROGRESS.value,
            "is_preview": False,
            "generation": 1,
            "seed": planned.seed,
            "language": LANGUAGE,
            "lease": 0,
            "started_at": work.now,
            "deadline_at": window.deadline(work.now),
            "max_points": sum(one.marks for one in planned.drawn) * POINT,
        },
    ).scalar_one_or_none()
    return attempt_id


def _started_elsewhere(work: Work, assignment: Assignment, student_id: int) -> StartedAttempt:
    open_attempt = open_attempt_of(work, assignment, student_id)
    if open_attempt is None:
        raise Conflict(ONCE_MORE)
    return StartedAttempt(open_attempt.id, is_new=False)


def _insert_slots(
    work: Work, assignment: Assignment, attempt_id: int, drawn: Sequence[DrawnQuestion]
) -> None:
    rows = [
        {
            "school_id": assignment.school_id,
            "attempt_id": attempt_id,
            "slot": slot,
            "question_version_id": one.question.version_id,
            "variant": one.variant,
            "case": one.question.case.value if one.question.case else None,
            "marks": one.marks,
        }
        for slot, one in enumerate(drawn, 1)
    ]
    work.session.execute(insert(table_of(AttemptSlot)).returning(table_of(AttemptSlot).c.slot), rows)
