"""What the report can be asked for, and which questions are refused because they would show few students."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.lessons import Lesson
from quizapp.core.messages import Message
from quizapp.core.names import normal_form
from quizapp.core.quizzes import Quiz
from quizapp.core.skills import Skill
from quizapp.core.suppression import is_few, leaves_out_few
from quizapp.services.report_work import CountedClass

LEAVES_OUT_FEW = Message(
    "This leaves out fewer than 5 students, whose figures could be found by subtraction. "
    "Choose all, or leave out more."
)
TOO_FEW = Message(
    "Fewer than 5 students are in it, so none of its figures can be shown. Choose more classes."
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the report is asked for; None is everything. The instants bound when work was due."""

    classroom_id: int | None = None
    teacher_id: int | None = None
    content_key: str | None = None
    skill: str | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A class, a lesson or a quiz that can be chosen."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that the filters offer."""

    classrooms: tuple[Choice, ...]
    teachers: tuple[Choice, ...]
    lessons: tuple[Choice, ...]
    quizzes: tuple[Choice, ...]
    skills: tuple[Choice, ...]


def keys_of(
    filters: Filters, lessons: Sequence[Lesson], quizzes: Mapping[str, Quiz]
) -> AbstractSet[str] | None:
    """Return the content that the filters leave, or None for all."""
    keys: AbstractSet[str] | None = None
    if filters.skill is not None:
        keys = {one.key for one in lessons if filters.skill in (one.skill, *one.also)} | {
            one.key for one in quizzes.values() if any(row.skill == filters.skill for row in one.blueprint)
        }
    if filters.content_key is not None:
        keys = {filters.content_key} if keys is None else keys & {filters.content_key}
    return keys


def choices_of(
    classes: Sequence[CountedClass],
    lessons: Sequence[Lesson],
    quizzes: Mapping[str, Quiz],
    known: Sequence[Skill],
) -> Choices:
    """Return everything that the filters offer."""
    teachers = {teacher.id: teacher.display_name for one in classes for teacher in one.teachers}
    by_title = sorted(quizzes.values(), key=lambda quiz: quiz.title)
    return Choices(
        classrooms=tuple(Choice(str(one.id), one.title) for one in classes),
        teachers=tuple(
            Choice(str(i), name)
            for i, name in sorted(teachers.items(), key=lambda pair: normal_form(pair[1]))
        ),
        lessons=tuple(Choice(one.key, one.title) for one in lessons),
        quizzes=tuple(Choice(one.key, one.title) for one in by_title),
        skills=tuple(Choice(one.id, one.ability) for one in known),
    )


def check_ids(classes: Sequence[CountedClass], filters: Filters) -> None:
    """Check that the class and the teacher of the filters are of this school.

    Raises:
        NotFound: one is not, or teaches no class.
    """
    teachers = {teacher.id for one in classes for teacher in one.teachers}
    if filters.classroom_id is not None and filters.classroom_id not in {one.id for one in classes}:
        raise NotFound
    if filters.teacher_id is not None and filters.teacher_id not in teachers:
        raise NotFound


def is_chosen(one: CountedClass, filters: Filters) -> bool:
    """Say whether the filters leave a class."""
    if filters.classroom_id is not None and one.id != filters.classroom_id:
        return False
    return filters.teacher_id is None or any(teacher.id == filters.teacher_id for teacher in one.teachers)


def refusal_of(classes: Sequence[CountedClass], chosen: Sequence[int], filters: Filters) -> Refusal | None:
    """Return why a choice of classes can't be shown, at the filter that makes it."""
    if not chosen:
        return None
    whole = {student_id for one in classes for student_id in one.work.student_ids}
    selected = {student_id for place in chosen for student_id in classes[place].work.student_ids}
    field = "classroom" if filters.classroom_id is not None else "teacher"
    if leaves_out_few(whole, selected):
        return Refusal(field, LEAVES_OUT_FEW)
    return Refusal(field, TOO_FEW) if selected != whole and is_few(len(selected)) else None
