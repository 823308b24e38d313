"""A student's home: the one next thing, what is due, and what is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import inf

from sqlalchemy import select

from quizapp.core.assignments import Door, Kind
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor
from quizapp.core.quizzes import Quiz
from quizapp.services.access.assignments import assignments_for
from quizapp.services.access.lessons import require_student, slug_of
from quizapp.services.content import courses, lessons_in_order, quizzes_by_key
from quizapp.services.folder import FolderEntry, next_in_folder
from quizapp.services.lessons import Progress, own_progress, progress_of
from quizapp.services.runtime import Work, reading
from quizapp.services.standings import QuizStanding, quiz_standings
from quizapp.services.tries import Try
from quizapp.services.windows import Window, windows_of_assignments
from quizapp.storage.tables import Assignment, LessonProgress

RESULTS_ARE_NEW_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class LessonTask:
    """A lesson that was given to the student."""

    assignment_id: int
    slug: str
    title: str
    minutes: int
    window: Window
    door: Door
    progress: Progress

    @property
    def is_done(self) -> bool:
        """Its core was finished."""
        return self.progress.finished_at is not None


@dataclass(frozen=True, slots=True)
class QuizTask:
    """A quiz that was given to the student. ``result_of`` is the newest closed try, where there is one.

    A try that is open keeps its ``door`` open: a teacher may have given time past Closes.
    """

    assignment_id: int
    title: str
    minutes: int | None
    window: Window
    door: Door
    tries: int
    tries_left: int
    open_try: Try | None
    result_of: int | None
    handed_in_at: datetime | None
    shows_score: bool
    has_news: bool

    @property
    def open_attempt_id(self) -> int | None:
        """The try that is going on."""
        return self.open_try.attempt_id if self.open_try else None

    @property
    def is_done(self) -> bool:
        """It was handed in at least once, and no try is open."""
        return self.result_of is not None and self.open_attempt_id is None


Task = LessonTask | QuizTask


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """A lesson that nobody gave to the student."""

    slug: str
    title: str
    number: int
    minutes: int
    progress: Progress


class NextKind(StrEnum):
    """What the one next thing is."""

    TRY = "try"
    LESSON = "lesson"
    QUIZ = "quiz"
    RESULT = "result"
    OWN_LESSON = "own_lesson"
    FIRST_LESSON = "first_lesson"


@dataclass(frozen=True, slots=True)
class NextThing:
    """The one next thing. ``task`` is what was given; ``lesson`` one that the student reads unasked."""

    kind: NextKind
    task: Task | None = None
    lesson: OwnLesson | None = None


@dataclass(frozen=True, slots=True)
class HomePage:
    """What a student sees first. Lists are ordered by date; ``now`` tells late from due.

    ``document`` is the next one in the student's folder.
    """

    next_thing: NextThing | None
    due: tuple[Task, ...]
    later: tuple[Task, ...]
    done: tuple[Task, ...]
    missed: tuple[Task, ...]
    document: FolderEntry | None
    now: datetime


@reading
def home_page(work: Work, actor: Actor) -> HomePage:
    """Return the actor's home; as many statements for one assignment as for fifty.

    Raises:
        NotFound: the actor is no student.
    """
    require_student(actor)
    assignments = list(
        work.session.scalars(
            # What was done in a class that is over stands under Progress.
            select(Assignment)
            .where(assignments_for(actor), Assignment.put_away_at.is_(None))
            .order_by(Assignment.id)
        )
    )
    lessons = {lesson.key: lesson for lesson in lessons_in_order(work)}
    progress = own_progress(work, actor)
    tasks = _tasks(work, actor, assignments, lessons, progress)
    open_now = [task for task in tasks if not task.is_done and task.door is Door.OPEN]
    # A closed lesson can still be read, so only a quiz can be missed.
    missed = [t for t in tasks if isinstance(t, QuizTask) and not t.is_done and t.door is Door.CLOSED]
    due = sorted(open_now, key=_date_of)
    return HomePage(
        next_thing=_next_thing(due, tasks) or _own_lesson(work, lessons, progress, tasks),
        due=tuple(due),
        later=tuple(t for t in tasks if not t.is_done and t.door is Door.NOT_YET),
        done=tuple(t for t in reversed(tasks) if t.is_done),
        missed=tuple(missed),
        document=next_in_folder(work, actor, progress),
        now=work.now,
    )


def _date_of(task: Task) -> tuple[float, int]:
    date = task.window.due_at or task.window.closes_at
    return (date.timestamp() if date else inf), task.assignment_id


def _tasks(
    work: Work,
    actor: Actor,
    assignments: Sequence[Assignment],
    lessons: Mapping[str, Lesson],
    progress: Mapping[str, LessonProgress],
) -> list[Task]:
    windows = windows_of_assignments(work, actor.user_id, assignments)
    quizzes = [one for one in assignments if one.kind != Kind.LESSON.value]
    standings = quiz_standings(work, quizzes, {(one.id, actor.user_id): windows[one.id] for one in quizzes})
    known = quizzes_by_key(work)
    tasks: list[Task] = []
    for one in assignments:
        window = windows[one.id]
        if one.kind != Kind.LESSON.value:
            standing = standings[one.id, actor.user_id]
            tasks.append(_quiz_task(work, one, window, standing, quiz=known.get(one.content_key)))
        elif one.content_key in lessons:
            lesson = lessons[one.content_key]
            tasks.append(_lesson_task(work, one, window, lesson, progress.get(lesson.key)))
    return tasks


def _lesson_task(
    work: Work, assignment: Assignment, window: Window, lesson: Lesson, row: LessonProgress | None
) -> LessonTask:
    return LessonTask(
        assignment_id=assignment.id,
        slug=slug_of(lesson.key),
        title=assignment.title,
        minutes=lesson.minutes,
        window=window,
        door=window.door(work.now),
        progress=progress_of(row),
    )


def _quiz_task(
    work: Work,
    assignment: Assignment,
    window: Window,
    standing: QuizStanding,
    *,
    quiz: Quiz | None,
) -> QuizTask:
    open_try = standing.open_try
    closed = [one.attempt_id for one in standing.all_tries if not one.is_open]
    shown_at = assignment.results_shown_at
    return QuizTask(
        assignment_id=assignment.id,
        title=assignment.title,
        minutes=quiz.minutes if quiz else None,
        window=window,
        door=Door.OPEN if open_try else window.door(work.now),
        tries=standing.tries,
        tries_left=max(0, window.attempts_allowed - standing.tries),
        open_try=open_try,
        result_of=closed[-1] if closed else None,
        handed_in_at=standing.handed_in_at,
        shows_score=standing.visible.score,
        # What is shown at once was seen when it was handed in; what the teacher released later was not.
        has_news=bool(
            standing.visible.score
            and shown_at
            and standing.handed_in_at
            and standing.handed_in_at < shown_at
            and work.now - shown_at < RESULTS_ARE_NEW_FOR
        ),
    )


def _next_thing(due: Sequence[Task], tasks: Sequence[Task]) -> NextThing | None:
    """Return what comes first: a try that runs, then a lesson, then its quiz, then results that are new."""
    for task in tasks:
        if isinstance(task, QuizTask) and task.open_attempt_id is not None:
            return NextThing(NextKind.TRY, task)
    for kind, sort in ((NextKind.LESSON, LessonTask), (NextKind.QUIZ, QuizTask)):
        for task in due:
            if isinstance(task, sort) and _can_begin(task):
                return NextThing(kind, task)
    news = [task for task in tasks if isinstance(task, QuizTask) and task.has_news]
    return NextThing(NextKind.RESULT, news[-1]) if news else None


def _can_begin(task: Task) -> bool:
    return isinstance(task, LessonTask) or task.tries_left > 0


def _own_lesson(
    work: Work,
    lessons: Mapping[str, Lesson],
    progress: Mapping[str, LessonProgress],
    tasks: Sequence[Task],
) -> NextThing | None:
    """Return a lesson to go on with unasked, or on the first day the lesson that the course begins with."""
    begun = [row for row in progress.values() if row.finished_at is None and row.lesson_key in lessons]
    if begun:
        newest = max(begun, key=lambda row: row.last_seen_at)
        lesson = _unasked(lessons[newest.lesson_key], newest)
        return NextThing(NextKind.OWN_LESSON, lesson=lesson)
    if progress or any(isinstance(task, QuizTask) and task.tries for task in tasks):
        return None
    beginnings = [course.begins_with for course in courses(work)]
    first = next((lessons[key] for key in beginnings if key and key in lessons), None)
    return NextThing(NextKind.FIRST_LESSON, lesson=_unasked(first, None)) if first else None


def _unasked(lesson: Lesson, row: LessonProgress | None) -> OwnLesson:
    return OwnLesson(slug_of(lesson.key), lesson.title, lesson.number, lesson.minutes, progress_of(row))
