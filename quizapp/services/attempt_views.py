"""What a student reads about a quiz and a try: before it, in it, its summary and its receipt. Nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from quizapp.core.assignments import SHOWN_WHEN, Door, Kind, Preset, ShownWhen
from quizapp.core.attempts import Order, State, shown_state
from quizapp.core.deadlines import is_overdue
from quizapp.core.errors import NotFound
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Case, Value
from quizapp.core.responses import revision
from quizapp.services.access.assignments import access_assignment
from quizapp.services.access.attempts import access_attempt
from quizapp.services.access.lessons import is_fictional_only
from quizapp.services.asked import Asked, asked_in
from quizapp.services.attempts import has_cases, remembered_case
from quizapp.services.content import lesson_by_key, quiz_by_key, quiz_pool
from quizapp.services.form_saving import Open
from quizapp.services.grades import ShownGrade, grades_of, shown_grade
from quizapp.services.handing_in import BY_TEACHER, BY_TIME, receipt_of
from quizapp.services.runtime import Work, reading
from quizapp.services.stored_answers import stored_answers
from quizapp.services.tries import Try
from quizapp.services.visibility import facts_of
from quizapp.services.windows import Window, window_of
from quizapp.storage.tables import Response


@dataclass(frozen=True, slots=True)
class BeforeQuiz:
    """The page before a quiz: what it is, when it is open, and which tries there were.

    ``grade`` is what the teacher decided instead of what the tries make.
    """

    assignment_id: int
    title: str
    questions: int
    minutes: int
    counts: str
    shown_when: ShownWhen
    window: Window
    door: Door
    needs_password: bool
    asks_case: bool
    case: Case | None
    case_b: str
    tries: tuple[Try, ...]
    grade: ShownGrade | None

    @property
    def open_try(self) -> Try | None:
        """The try that is going on."""
        return next((one for one in self.tries if one.is_open), None)

    @property
    def closed_tries(self) -> tuple[Try, ...]:
        """The tries that were handed in."""
        return tuple(one for one in self.tries if not one.is_open)

    @property
    def tries_left(self) -> int:
        """How many more can be begun, the dates apart."""
        return max(0, self.window.attempts_allowed - len(self.tries))

    @property
    def may_start(self) -> bool:
        """A new try can be begun now."""
        return self.open_try is None and self.tries_left > 0 and self.door is Door.OPEN


@reading
def before_quiz(work: Work, actor: Actor, *, assignment_id: int) -> BeforeQuiz:
    """Return what stands on the page before a quiz.

    Raises:
        NotFound: the actor was not given this, or it is a lesson.
    """
    assignment = access_assignment(work, actor, Permission.ANSWER, id=assignment_id)
    if assignment.kind == Kind.LESSON.value:
        raise NotFound
    quiz = quiz_by_key(work, assignment.content_key)
    facts = facts_of(work, assignment, actor.user_id)
    grade = grades_of(work, [assignment.id], [actor.user_id]).get((assignment.id, actor.user_id))
    return BeforeQuiz(
        assignment_id=assignment.id,
        title=assignment.title,
        questions=quiz.length,
        minutes=quiz.minutes,
        counts=assignment.counts,
        shown_when=SHOWN_WHEN[Preset(assignment.preset)],
        window=facts.window,
        door=facts.window.door(work.now),
        needs_password=assignment.password_hash is not None,
        asks_case=not is_fictional_only(work, actor) and has_cases(quiz, quiz_pool(work)),
        case=remembered_case(work, actor.user_id, quiz),
        case_b=lesson_by_key(work, quiz.lesson).case_b if quiz.lesson else "",
        tries=tuple(facts.tries),
        grade=shown_grade(grade, facts.shown, assignment.results_shown_at),
    )


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it stands on the page: the type's own view, and what belongs to the frame around it."""

    slot: int
    name: str
    type_name: str
    stem: str
    move: Message
    vignette: Mapping[str, Any] | None
    marks: int
    view: Mapping[str, Any]
    is_flagged: bool
    is_blank: bool
    is_complete: bool
    saved_at: datetime | None
    conflict: Open | None = None
    problems: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """A try as its student sees it. ``time_is_up`` is true from the deadline on, within the hidden grace too.

    ``extra_seconds`` are what a teacher gave to this try on top of its rules.
    """

    attempt_id: int
    assignment_id: int
    title: str
    number: int
    generation: int
    state: State
    questions: tuple[AskedQuestion, ...]
    revision: str
    now: datetime
    deadline_at: datetime | None
    extra_seconds: int
    hides_clock: bool
    includes_extra_time: bool
    scripts: tuple[str, ...]
    stylesheets: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Answers are still taken."""
        return self.state is State.IN_PROGRESS

    @property
    def is_reopened(self) -> bool:
        """A teacher opened it again."""
        return self.generation > 1

    @property
    def time_is_up(self) -> bool:
        """The deadline has passed."""
        return is_overdue(self.deadline_at, self.now)

    @property
    def seconds_left(self) -> int | None:
        """Whole seconds to the deadline, or None without one."""
        if self.deadline_at is None:
            return None
        return max(0, (self.deadline_at - self.now) // timedelta(seconds=1))

    @property
    def saved_at(self) -> datetime | None:
        """When the newest of the stored answers came, or None before the first."""
        return max((one.saved_at for one in self.questions if one.saved_at), default=None)

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum(1 for one in self.questions if not one.is_blank)

    @property
    def unfinished(self) -> tuple[AskedQuestion, ...]:
        """Questions that are begun and not complete."""
        return tuple(one for one in self.questions if not one.is_blank and not one.is_complete)


@reading
def attempt_page(work: Work, actor: Actor, *, attempt_id: int, left_open: Sequence[Open] = ()) -> AttemptPage:
    """Return a try with its answers; those that could not be stored stand there as they were typed.

    Raises:
        NotFound: not the actor's attempt.
    """
    at_hand = access_attempt(work, actor, Permission.ANSWER, id=attempt_id)
    attempt, assignment = at_hand.attempt, at_hand.assignment
    asked = asked_in(work, attempt)
    stored = stored_answers(work, attempt.id)
    window = window_of(work, assignment, attempt.student_id)
    by_slot = {one.slot: one for one in left_open}
    return AttemptPage(
        attempt_id=attempt.id,
        assignment_id=assignment.id,
        title=assignment.title,
        number=attempt.number,
        generation=attempt.generation,
        state=shown_state(State(attempt.state), attempt.deadline_at, work.now),
        questions=tuple(_question(one, stored.get(one.slot), by_slot.get(one.slot)) for one in asked),
        revision=revision({slot: Order(row.lease, row.seq) for slot, row in stored.items()}),
        now=work.now,
        deadline_at=attempt.deadline_at,
        extra_seconds=attempt.extra_seconds,
        hides_clock=window.hides_clock,
        includes_extra_time=window.includes_extra_time,
        scripts=tuple(dict.fromkeys(name for one in asked for name in one.type.scripts)),
        stylesheets=tuple(dict.fromkeys(name for one in asked for name in one.type.stylesheets)),
    )


def _question(asked: Asked, row: Response | None, left: Open | None) -> AskedQuestion:
    stored: Value = row.value if row else None
    value = left.value if left else stored
    return AskedQuestion(
        slot=asked.slot,
        name=asked.name,
        type_name=asked.type.name,
        stem=asked.question.stem,
        move=asked.type.instruction,
        vignette=asked.question.vignette,
        marks=asked.marks,
        view=asked.type.student_view(asked.settings, value, seed=asked.seed),
        is_flagged=left.is_flagged if left else bool(row and row.is_flagged),
        is_blank=asked.type.is_blank(asked.settings, stored),
        is_complete=asked.type.is_complete(asked.settings, stored),
        saved_at=row.saved_at if row and left is None else None,
        conflict=left if left and left.stored is not None else None,
        problems=left.problems if left else (),
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that a try was handed in. ``code`` is None until an overdue one is stored.

    ``is_void``: the teacher has set the try aside; it may have a receipt of before.
    """

    attempt_id: int
    assignment_id: int
    title: str
    number: int
    handed_in_at: datetime | None
    by_time: bool
    by_teacher: bool
    is_void: bool
    answered: int
    questions: int
    code: str | None


@reading
def receipt_page(work: Work, actor: Actor, *, attempt_id: int) -> Receipt | None:
    """Return the receipt, or None while the try is open.

    Raises:
        NotFound: not the actor's attempt.
    """
    at_hand = access_attempt(work, actor, Permission.ANSWER, id=attempt_id)
    attempt = at_hand.attempt
    if shown_state(State(attempt.state), attempt.deadline_at, work.now) is State.IN_PROGRESS:
        return None
    asked, stored = asked_in(work, attempt), stored_answers(work, attempt.id)
    return Receipt(
        attempt_id=attempt.id,
        assignment_id=at_hand.assignment.id,
        title=at_hand.assignment.title,
        number=attempt.number,
        handed_in_at=attempt.finished_at or attempt.deadline_at,
        by_time=attempt.handed_in_by in (None, BY_TIME),
        by_teacher=attempt.handed_in_by == BY_TEACHER,
        is_void=attempt.state == State.VOIDED.value,
        answered=_answered(asked, stored),
        questions=len(asked),
        code=receipt_of(work, attempt),
    )


def _answered(asked: Sequence[Asked], stored: Mapping[int, Response]) -> int:
    values = ((one, stored[one.slot].value) for one in asked if one.slot in stored)
    return sum(1 for one, value in values if not one.type.is_blank(one.settings, value))
