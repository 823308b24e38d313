"""Lessons as a student walks through them: the course, the start, the case, the next screen, *I am stuck here*.

``LessonProgress.screen`` is where to go on; ``screens_done`` the highest screen that was left by *Next screen*.
The case that somebody reads stands in that row and in the answers, and in nothing that anybody else sees: no
deed is recorded with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.lessons import Lesson
from quizapp.core.messages import Message
from quizapp.core.page import Word
from quizapp.core.permissions import Actor
from quizapp.core.questions import Case
from quizapp.core.screens import ScreenKind
from quizapp.services.access.lessons import access_lesson, is_fictional_only, require_student, slug_of
from quizapp.services.audit import record
from quizapp.services.content import courses, folders, lessons_in_order, word_wall
from quizapp.services.runtime import Work, reading, use_case
from quizapp.services.stuck import press_stuck, went_on
from quizapp.storage.tables import LessonProgress

LAST_OF_CORE = ScreenKind.GUESS_AGAIN.number
LAST = ScreenKind.EXTENSION.number
SHOW_IT = ScreenKind.EXIT_CHECK.number

CHOOSE_A_CASE = Message("Choose your case first.")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a student is in a lesson. ``screen`` 0 is before the start."""

    screen: int
    screens_done: int
    finished_at: datetime | None

    @property
    def is_started(self) -> bool:
        """A case was chosen and the first screen opened."""
        return self.screen > 0


NOT_STARTED = Progress(0, 0, None)


def progress_of(row: LessonProgress | None) -> Progress:
    """Return the progress that a row holds."""
    return Progress(row.screen, row.screens_done, row.finished_at) if row else NOT_STARTED


@dataclass(frozen=True, slots=True)
class ListedLesson:
    """A lesson in the course list."""

    slug: str
    number: int
    title: str
    summary: str
    minutes: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class CourseList:
    """The course: the sentence that it says once, and its lessons in order.

    ``has_page``: and *The page, retold*. ``has_folder``: and a folder.
    """

    notes: tuple[str, ...]
    lessons: tuple[ListedLesson, ...]
    has_page: bool
    has_folder: bool


@dataclass(frozen=True, slots=True)
class StartPage:
    """What stands before the first screen. ``case`` is the student's own choice so far.

    In a school with *fictional only* there is nothing to choose, and the article is not mentioned.
    """

    slug: str
    lesson: Lesson
    words: tuple[Word, ...]
    progress: Progress
    case: Case | None
    is_fictional_only: bool


@dataclass(frozen=True, slots=True)
class Step:
    """Where a student goes after *Next screen*."""

    screen: int
    is_end: bool
    has_just_finished: bool


@reading
def course_list(work: Work, actor: Actor) -> CourseList:
    """Return every lesson with the actor's own progress.

    Raises:
        NotFound: the actor takes no lessons.
    """
    require_student(actor)
    known = courses(work)
    order = [key for course in known for key in course.lesson_keys]
    progress = own_progress(work, actor)
    lessons = [lesson for lesson in lessons_in_order(work) if lesson.key in order]
    has_page = not is_fictional_only(work, actor)
    return CourseList(
        # The note speaks of the report that the page retells.
        notes=tuple(course.note for course in known if course.note and course.lesson_keys and has_page),
        lessons=tuple(
            listed(lesson, progress.get(lesson.key))
            for lesson in sorted(lessons, key=lambda lesson: order.index(lesson.key))
        ),
        has_page=has_page,
        has_folder=bool(folders(work)),
    )


def own_progress(work: Work, actor: Actor) -> dict[str, LessonProgress]:
    """Return the actor's own progress by lesson key."""
    rows = work.session.scalars(
        select(LessonProgress).where(
            LessonProgress.school_id == actor.school_id, LessonProgress.student_id == actor.user_id
        )
    )
    return {row.lesson_key: row for row in rows}


def listed(lesson: Lesson, row: LessonProgress | None) -> ListedLesson:
    """Return a lesson as lists show it."""
    return ListedLesson(
        slug_of(lesson.key), lesson.number, lesson.title, lesson.summary, lesson.minutes, progress_of(row)
    )


@reading
def start_page(work: Work, actor: Actor, *, slug: str) -> StartPage:
    """Return what stands before the first screen of a lesson.

    Raises:
        NotFound: no such lesson for this actor.
    """
    at_hand = access_lesson(work, actor, slug=slug)
    row = at_hand.progress
    return StartPage(
        slug=slug,
        lesson=at_hand.lesson,
        words=word_wall(work).some(at_hand.lesson.words),
        progress=progress_of(row),
        case=at_hand.case,
        is_fictional_only=at_hand.is_fictional_only,
    )


@use_case
def start_lesson(work: Work, actor: Actor, *, slug: str, case: Case | None, screen: int = 1) -> int:
    """Begin a lesson in a case, or go on with it, and return the screen to open.

    Starting twice is harmless: the case is the newer one, nothing else changes. ``screen`` is where a student
    begins who followed a link, or who knows this already and wants to show it.

    Raises:
        NotFound: no such lesson for this actor.
        Refusal: no case was chosen (field ``case``).
    """
    at_hand = access_lesson(work, actor, slug=slug, for_update=True)
    if at_hand.is_fictional_only:
        case = Case.B
    if case is None:
        raise Refusal("case", CHOOSE_A_CASE)
    wanted = screen if 1 <= screen <= LAST else 1
    row = at_hand.progress or _begin(work, actor, at_hand.lesson.key, case, wanted)
    row.case = case.value
    row.last_seen_at = work.now
    return wanted


def _begin(work: Work, actor: Actor, lesson_key: str, case: Case, screen: int) -> LessonProgress:
    row = LessonProgress(
        school_id=actor.school_id,
        student_id=actor.user_id,
        lesson_key=lesson_key,
        case=case.value,
        screen=screen,
        screens_done=0,
        started_at=work.now,
        last_seen_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError:
        # The same student pressed Start in another window at the same instant.
        return work.session.scalars(
            select(LessonProgress).where(
                LessonProgress.student_id == actor.user_id, LessonProgress.lesson_key == lesson_key
            )
        ).one()
    record(work, actor, "lesson.started", subject_kind="lesson_progress", subject_id=row.id)
    return row


def started_lesson(work: Work, actor: Actor, slug: str) -> tuple[Lesson, LessonProgress]:
    """Return a lesson that the actor has begun, its progress locked.

    Raises:
        NotFound: no such lesson for this actor.
        Refusal: it was not begun (field ``case``).
    """
    at_hand = access_lesson(work, actor, slug=slug, for_update=True)
    if at_hand.progress is None or at_hand.case is None:
        raise Refusal("case", CHOOSE_A_CASE)
    at_hand.progress.last_seen_at = work.now
    at_hand.progress.case = at_hand.case.value
    return at_hand.lesson, at_hand.progress


@use_case
def change_case(work: Work, actor: Actor, *, slug: str, case: Case | None) -> None:
    """Read the other case from now on. Answers to both are kept.

    Raises:
        NotFound: no such lesson for this actor, or the school uses one case only.
        Refusal: no case was chosen, or the lesson was not begun (field ``case``).
    """
    _, progress = started_lesson(work, actor, slug)
    if is_fictional_only(work, actor):
        raise NotFound
    if case is None:
        raise Refusal("case", CHOOSE_A_CASE)
    progress.case = case.value


@use_case
def leave_screen(work: Work, actor: Actor, *, slug: str, number: int) -> Step:
    """Note that a screen is done and say where to go on. After screen 7 the lesson is finished.

    Raises:
        NotFound: no such lesson or screen for this actor.
        Refusal: the lesson was not begun (field ``case``).
    """
    lesson, progress = started_lesson(work, actor, slug)
    checked_screen(lesson, number)
    went_on(work, actor, lesson.key, number)
    progress.screens_done = max(progress.screens_done, number)
    progress.screen = min(number + 1, LAST)
    has_just_finished = number >= LAST_OF_CORE and progress.finished_at is None
    if has_just_finished:
        progress.finished_at = work.now
        record(work, actor, "lesson.finished", subject_kind="lesson_progress", subject_id=progress.id)
    return Step(progress.screen, number == LAST, has_just_finished)


def checked_screen(lesson: Lesson, number: int) -> None:
    """Check that the lesson has a screen of that number.

    Raises:
        NotFound: it has not.
    """
    if not 1 <= number <= len(lesson.screens):
        raise NotFound


@use_case
def note_stuck(work: Work, actor: Actor, *, slug: str, number: int) -> None:
    """Tell the teacher that the actor is stuck on a screen. Pressing again before it is cleared adds nothing.

    Raises:
        NotFound: no such lesson or screen for this actor.
        Refusal: the lesson was not begun (field ``case``).
    """
    lesson, _ = started_lesson(work, actor, slug)
    checked_screen(lesson, number)
    press_stuck(work, actor, lesson.key, number)
