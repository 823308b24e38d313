"""Giving a lesson or a quiz to a class."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.assignments import Kind, Preset
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.services.access.classrooms import access_classroom
from quizapp.services.assignments import Dates, Rules, check_dates, check_rules, in_seconds
from quizapp.services.audit import record
from quizapp.services.content import lesson_by_key, lessons_in_order, quiz_by_key, quizzes_by_key
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.storage.tables import Assignment


@dataclass(frozen=True, slots=True)
class Assignable:
    """Something that can be assigned. A lesson names its quiz where it has one."""

    kind: Kind
    key: str
    title: str
    minutes: int
    questions: int = 0
    quiz_key: str | None = None


@dataclass(frozen=True, slots=True)
class _Terms:
    dates: Dates
    rules: Rules
    password_hash: str | None


@reading
def assignables(work: Work, actor: Actor, *, classroom_id: int) -> tuple[Assignable, ...]:
    """Return what can be assigned to a class: lessons in order, then quizzes by title.

    Raises:
        NotFound: the actor does not teach this class.
    """
    access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    quizzes = sorted(quizzes_by_key(work).values(), key=lambda quiz: quiz.title)
    quiz_of = {quiz.lesson: quiz.key for quiz in reversed(quizzes) if quiz.lesson}
    lessons = tuple(
        Assignable(Kind.LESSON, one.key, one.title, one.minutes, quiz_key=quiz_of.get(one.key))
        for one in lessons_in_order(work)
    )
    return lessons + tuple(
        Assignable(Kind.QUIZ, quiz.key, quiz.title, quiz.minutes, quiz.length) for quiz in quizzes
    )


def assign_work(
    runtime: Runtime,
    actor: Actor,
    *,
    classroom_id: int,
    kind: Kind,
    content_key: str,
    dates: Dates,
    rules: Rules,
    with_quiz: bool = False,
    password: str = "",
) -> tuple[int, ...]:
    """Give a lesson or a quiz to a class, a lesson with its quiz when asked; return the ids of the assignments.

    The rules and the password are the quiz's; a lesson has none. The password is hashed before the transaction.

    Raises:
        NotFound: the actor does not teach this class.
        Refusal: dates out of order (``due_at``, ``closes_at``), unknown content (``what``), a lesson without a quiz
            (``with_quiz``), rules out of range (``attempts_allowed``, ``limit_minutes``).
    """
    password_hash = runtime.passwords.hash_password(password) if password else None
    return _assign_work(
        runtime,
        actor,
        classroom_id=classroom_id,
        kind=kind,
        content_key=content_key,
        terms=_Terms(dates, rules, password_hash),
        with_quiz=with_quiz,
    )


@use_case
def _assign_work(
    work: Work,
    actor: Actor,
    *,
    classroom_id: int,
    kind: Kind,
    content_key: str,
    terms: _Terms,
    with_quiz: bool,
) -> tuple[int, ...]:
    access_classroom(work, actor, Permission.TEACH, id=classroom_id)
    check_dates(terms.dates)
    check_rules(terms.rules)
    return tuple(
        _add(work, actor, classroom_id, what, terms)
        for what in _wanted(work, kind, content_key, with_quiz=with_quiz)
    )


def _wanted(work: Work, kind: Kind, content_key: str, *, with_quiz: bool) -> list[Assignable]:
    try:
        if kind is Kind.QUIZ:
            quiz = quiz_by_key(work, content_key)
            return [Assignable(Kind.QUIZ, quiz.key, quiz.title, quiz.minutes)]
        lesson = lesson_by_key(work, content_key)
    except NotFound:
        raise Refusal("what", Message("Choose a lesson or a quiz from the list.")) from None
    wanted = [Assignable(Kind.LESSON, lesson.key, lesson.title, lesson.minutes)]
    if with_quiz:
        quizzes = [quiz for quiz in quizzes_by_key(work).values() if quiz.lesson == lesson.key]
        if not quizzes:
            raise Refusal("with_quiz", Message("This lesson has no quiz."))
        quiz = min(quizzes, key=lambda one: one.title)
        wanted.append(Assignable(Kind.QUIZ, quiz.key, quiz.title, quiz.minutes))
    return wanted


def _add(work: Work, actor: Actor, classroom_id: int, what: Assignable, terms: _Terms) -> int:
    dates, rules = terms.dates, terms.rules
    is_quiz = what.kind is Kind.QUIZ
    row = Assignment(
        school_id=actor.school_id,
        classroom_id=classroom_id,
        kind=what.kind.value,
        content_key=what.key,
        title=what.title,
        preset=rules.preset.value if is_quiz else Preset.PRACTICE.value,
        opens_at=dates.opens_at,
        due_at=dates.due_at,
        closes_at=dates.closes_at,
        limit_seconds=in_seconds(rules.limit_minutes) if is_quiz else None,
        attempts_allowed=rules.attempts_allowed if is_quiz else 1,
        counts=rules.counts.value,
        password_hash=terms.password_hash if is_quiz else None,
        created_at=work.now,
        created_by=actor.user_id,
    )
    work.session.add(row)
    work.session.flush()
    record(
        work, actor, "assignment.created", subject_kind="assignment", subject_id=row.id,
        after={"classroom_id": classroom_id, "kind": row.kind, "content_key": row.content_key},
    )  # fmt: skip
    return row.id
