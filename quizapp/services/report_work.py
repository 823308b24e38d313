"""What the administrator's report counts, read from the same steps as the class page and the gradebook.

The number of statements does not depend on how many classes, students or tries there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from quizapp.core.assignments import Kind
from quizapp.core.permissions import Actor
from quizapp.core.reports import ClassWork, Mark, Piece, SkillMarks
from quizapp.core.scoring import POINT, percent
from quizapp.services.access.classrooms import classrooms_for
from quizapp.services.class_work import BegunPiece, pieces_begun
from quizapp.services.grades import grades_of
from quizapp.services.runtime import Work
from quizapp.services.written_answers import Waiting, waiting_in
from quizapp.storage.tables import (
    Assignment,
    Attempt,
    AttemptSlot,
    Classroom,
    ClassroomTeacher,
    ContentVersion,
    Enrolment,
    Grade,
    Score,
    User,
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which work is counted. ``content_keys`` None is all; the instants bound when work was due."""

    content_keys: AbstractSet[str] | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Teacher:
    """Somebody who teaches a class."""

    id: int
    display_name: str


@dataclass(frozen=True, slots=True)
class CountedClass:
    """A class with everything that is counted of it."""

    id: int
    title: str
    teachers: tuple[Teacher, ...]
    work: ClassWork
    given: tuple[Assignment, ...]
    begun: Mapping[int, Sequence[BegunPiece]]
    marks: Mapping[int, Sequence[Mark]]
    waiting: Mapping[int, Waiting]

    @property
    def last_active_at(self) -> datetime | None:
        """When somebody last worked at something that is counted."""
        return max((one.last_active_at for many in self.begun.values() for one in many), default=None)


def counted_classes(work: Work, actor: Actor, selection: Selection) -> tuple[CountedClass, ...]:
    """Return every class of the school that is not archived, by title, with what is counted of it."""
    classes = work.session.execute(
        select(Classroom.id, Classroom.title)
        .where(classrooms_for(actor), Classroom.archived_at.is_(None))
        .order_by(Classroom.title_key, Classroom.id)
    ).all()
    which = _selected(actor, selection)
    students = _students(work, actor)
    teachers = _teachers(work, actor)
    given = _given(work, which)
    begun = pieces_begun(work, which)
    waiting = waiting_in(work, which)
    marks = _marks(work, given, students)
    skills = _skills(work, which)
    made = []
    for classroom_id, title in classes:
        own = tuple(given.get(classroom_id, ()))
        ids = [one.id for one in own]
        made.append(
            CountedClass(
                id=classroom_id,
                title=title,
                teachers=tuple(teachers.get(classroom_id, ())),
                work=ClassWork(
                    student_ids=frozenset(students.get(classroom_id, ())),
                    given=len(own),
                    pieces=[Piece(one.student_id, one.is_done) for i in ids for one in begun.get(i, ())],
                    marks=[mark for i in ids for mark in marks.get(i, ())],
                    skills=skills.get(classroom_id, ()),
                ),
                given=own,
                begun={i: begun[i] for i in ids if i in begun},
                marks={i: marks[i] for i in ids if i in marks},
                waiting={i: waiting[i] for i in ids if i in waiting},
            )
        )
    return tuple(made)


def _selected(actor: Actor, selection: Selection) -> ColumnElement[bool]:
    date = func.coalesce(Assignment.due_at, Assignment.closes_at, Assignment.created_at)
    wanted = [
        Assignment.school_id == actor.school_id,
        Assignment.classroom_id.is_not(None),
        Assignment.archived_at.is_(None),
    ]
    if selection.content_keys is not None:
        wanted.append(Assignment.content_key.in_(sorted(selection.content_keys)))
    if selection.due_from is not None:
        wanted.append(date >= selection.due_from)
    if selection.due_before is not None:
        wanted.append(date < selection.due_before)
    return and_(*wanted)


def _students(work: Work, actor: Actor) -> dict[int, set[int]]:
    rows = work.session.execute(
        select(Enrolment.classroom_id, Enrolment.student_id)
        .join(User, User.id == Enrolment.student_id)
        .where(Enrolment.school_id == actor.school_id, Enrolment.left_at.is_(None), User.erased_at.is_(None))
    )
    students: dict[int, set[int]] = {}
    for classroom_id, student_id in rows:
        students.setdefault(classroom_id, set()).add(student_id)
    return students


def _teachers(work: Work, actor: Actor) -> dict[int, list[Teacher]]:
    rows = work.session.execute(
        select(ClassroomTeacher.classroom_id, User.id, User.display_name)
        .join(User, User.id == ClassroomTeacher.user_id)
        .where(ClassroomTeacher.school_id == actor.school_id)
        .order_by(ClassroomTeacher.part.desc(), User.display_key, User.id)
    )
    teachers: dict[int, list[Teacher]] = {}
    for classroom_id, user_id, name in rows:
        teachers.setdefault(classroom_id, []).append(Teacher(user_id, name))
    return teachers


def _given(work: Work, which: ColumnElement[bool]) -> dict[int, list[Assignment]]:
    given: dict[int, list[Assignment]] = {}
    date = func.coalesce(Assignment.due_at, Assignment.closes_at)
    for row in work.session.scalars(
        select(Assignment).where(which).order_by(date.is_(None), date, Assignment.id)
    ):
        assert row.classroom_id is not None, "work of classes was asked for"
        given.setdefault(row.classroom_id, []).append(row)
    return given


def _marks(
    work: Work, given: Mapping[int, Sequence[Assignment]], students: Mapping[int, set[int]]
) -> dict[int, list[Mark]]:
    """Return the final marks of the gradebook by assignment, of those who are in the class now."""
    quizzes = {
        one.id: students.get(classroom_id, set())
        for classroom_id, many in given.items()
        for one in many
        if one.kind != Kind.LESSON.value
    }
    everybody = sorted(set().union(*quizzes.values())) if quizzes else []
    marks: dict[int, list[Mark]] = {}
    for (assignment_id, student_id), grade in grades_of(work, list(quizzes), everybody).items():
        in_percent = percent(*grade.mark) if grade.mark else None
        if in_percent is not None and student_id in quizzes[assignment_id]:
            marks.setdefault(assignment_id, []).append(Mark(student_id, in_percent))
    return marks


def _skills(work: Work, which: ColumnElement[bool]) -> dict[int, list[SkillMarks]]:
    """Return, by class, the points of each skill in the tries that count and are marked whole."""
    newest = (
        select(func.max(Score.id))
        .join(Attempt, and_(Attempt.id == Score.attempt_id, Attempt.generation == Score.generation))
        .join(Grade, Grade.counting_attempt_id == Attempt.id)
        .join(Assignment, Assignment.id == Grade.assignment_id)
        .where(which, Grade.state == "graded", Grade.is_excused.is_(False))
        .group_by(Score.attempt_id, Score.slot)
    )
    rows = work.session.execute(
        select(
            Assignment.classroom_id,
            ContentVersion.skill,
            Attempt.student_id,
            func.sum(Score.points),
            func.sum(AttemptSlot.marks),
        )
        .select_from(Score)
        .join(Attempt, Attempt.id == Score.attempt_id)
        .join(Assignment, Assignment.id == Attempt.assignment_id)
        .join(AttemptSlot, and_(AttemptSlot.attempt_id == Attempt.id, AttemptSlot.slot == Score.slot))
        .join(ContentVersion, ContentVersion.id == AttemptSlot.question_version_id)
        .join(
            Enrolment,
            and_(
                Enrolment.classroom_id == Assignment.classroom_id,
                Enrolment.student_id == Attempt.student_id,
                Enrolment.left_at.is_(None),
            ),
        )
        .where(Score.id.in_(newest))
        .group_by(Assignment.classroom_id, ContentVersion.skill, Attempt.student_id)
    )
    return _by_class(rows)


def _by_class(rows: Iterable[Sequence[Any]]) -> dict[int, list[SkillMarks]]:
    found: dict[tuple[int, str], list[tuple[int, int, int]]] = {}
    for classroom_id, skill, student_id, points, marks in rows:
        assert classroom_id is not None, "work of classes was asked for"
        found.setdefault((classroom_id, skill), []).append((student_id, int(points), int(marks) * POINT))
    skills: dict[int, list[SkillMarks]] = {}
    for (classroom_id, skill), many in sorted(found.items()):
        skills.setdefault(classroom_id, []).append(
            SkillMarks(
                skill,
                frozenset(one[0] for one in many),
                sum(one[1] for one in many),
                sum(one[2] for one in many),
            )
        )
    return skills
