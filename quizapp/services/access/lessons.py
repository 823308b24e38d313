"""The door to lessons: what a student reads, together with how far that student is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, select

from quizapp.core.errors import NotFound
from quizapp.core.lessons import Lesson
from quizapp.core.permissions import Actor, may_read_course, may_study
from quizapp.core.questions import Case
from quizapp.core.settings import CASES, Cases
from quizapp.services.access.staff import access_staff_room
from quizapp.services.content import LANGUAGE, bodies_by_version, lessons_in_order
from quizapp.services.runtime import Work
from quizapp.services.settings import setting_of, stored_value
from quizapp.storage.tables import ContentItem, LessonProgress


@dataclass(frozen=True, slots=True)
class LessonAtHand:
    """A lesson, and the actor's own progress in it; None before the start.

    ``is_fictional_only`` says that the school uses the made-up case alone.
    """

    lesson: Lesson
    progress: LessonProgress | None
    is_fictional_only: bool

    @property
    def case(self) -> Case | None:
        """The case that the actor reads; None before a choice that is still to be made."""
        if self.is_fictional_only:
            return Case.B
        return Case(self.progress.case) if self.progress else None


def slug_of(lesson_key: str) -> str:
    """Return the part of a lesson's key that stands in addresses: the key without its pack."""
    return lesson_key.partition(":")[2]


# Every screen passes here: built once.
_LESSON = (
    select(
        ContentItem.current_version_id,
        LessonProgress,
        stored_value(bindparam("school_id"), CASES).label("cases"),
    )
    .outerjoin(
        LessonProgress,
        and_(
            LessonProgress.lesson_key == ContentItem.key,
            LessonProgress.student_id == bindparam("student_id"),
            LessonProgress.school_id == bindparam("school_id"),
        ),
    )
    .where(
        ContentItem.kind == "lesson",
        ContentItem.language == LANGUAGE,
        ContentItem.retired_at.is_(None),
        ContentItem.current_version_id.is_not(None),
        ContentItem.key.like(bindparam("ending"), escape="/"),
    )
    .order_by(ContentItem.key)
    .limit(1)
)


def access_lesson(work: Work, actor: Actor, *, slug: str, for_update: bool = False) -> LessonAtHand:
    """Return the lesson of that slug, whatever its pack, when the actor takes lessons.

    Args:
        work: the unit of work.
        actor: who asks.
        slug: the lesson's key without its pack.
        for_update: lock the progress, so that two windows of one student take turns.

    Raises:
        NotFound: no such lesson, it was retired, or the actor is no student.
    """
    if not may_study(actor):
        raise NotFound
    row = work.session.execute(
        _LESSON,
        {"ending": _ending(slug), "student_id": actor.user_id, "school_id": actor.school_id},
    ).one_or_none()
    if row is None or row[0] is None:
        raise NotFound
    version_id: int = row[0]
    progress: LessonProgress | None = row[1]
    if progress is not None and for_update:
        # PostgreSQL takes no lock on the optional side of a join, so the row is locked by itself.
        work.session.refresh(progress, with_for_update={"key_share": True})
    is_fictional_only = CASES.read(row.cases) is Cases.FICTIONAL_ONLY
    return LessonAtHand(_lesson(work, version_id), progress, is_fictional_only)


def _ending(slug: str) -> str:
    """Return the pattern of every key that ends in the slug, whatever signs of patterns were typed in it."""
    for sign in "/%_":
        slug = slug.replace(sign, f"/{sign}")
    return f"%:{slug}"


def is_fictional_only(work: Work, actor: Actor) -> bool:
    """Say whether the actor's school uses the made-up case of every lesson alone."""
    return setting_of(work, actor.school_id, CASES) is Cases.FICTIONAL_ONLY


def access_lesson_to_teach(work: Work, actor: Actor, *, slug: str) -> Lesson:
    """Return the lesson of that slug, whatever its pack, when the actor is a member of staff.

    Raises:
        NotFound: no such lesson, it was retired, or the actor is no member of staff.
    """
    access_staff_room(actor)
    for lesson in lessons_in_order(work):
        if slug_of(lesson.key) == slug:
            return lesson
    raise NotFound


def _lesson(work: Work, version_id: int) -> Lesson:
    shelf = work.runtime.shelf
    return shelf.keep(
        ("lesson", version_id), lambda: Lesson.from_body(bodies_by_version(work, [version_id])[version_id])
    )


def require_course(actor: Actor) -> None:
    """Let in who may read the page, retold, and the word wall.

    Raises:
        NotFound: the actor may not.
    """
    if not may_read_course(actor):
        raise NotFound


def require_student(actor: Actor) -> None:
    """Let in who takes lessons as a student.

    Raises:
        NotFound: the actor does not.
    """
    if not may_study(actor):
        raise NotFound
