"""What a teacher decides about one student's mark: set it, take that back, excuse, take that back.

What the tries make is computed on and kept beside it, so that everything here can be undone.
"""

from __future__ import annotations

from sqlalchemy import select

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.scoring import points_in_words
from quizapp.services.audit import record
from quizapp.services.gradebook_cells import most_points, quiz_and_student
from quizapp.services.grades import refresh_grade
from quizapp.services.runtime import Work, use_case
from quizapp.storage.tables import Assignment, Grade

LONGEST_REASON = 500


@use_case
def set_mark(
    work: Work,
    actor: Actor,
    *,
    classroom_id: int,
    assignment_id: int,
    student_id: int,
    points: int,
    reason: str,
) -> None:
    """Set a student's mark, in ten-thousandths of a point, whatever the tries make; a mark set before is replaced.

    Raises:
        NotFound: no such quiz or student in a class that the actor teaches.
        Refusal: more points than can be had (field ``points``), or no reason (field ``reason``).
    """
    assignment, _ = quiz_and_student(work, actor, classroom_id, assignment_id, student_id)
    given = checked_reason(reason)
    grade = _locked(work, assignment, student_id)
    most = most_points(work, assignment, grade.max_points)
    if not 0 <= points <= most:
        raise Refusal(
            "points", Message("This quiz gives from 0 to %(most)s points.", most=points_in_words(most))
        )
    before = _noted(grade)
    grade.override_points, grade.override_of, grade.override_reason = points, most, given
    grade.override_by, grade.override_at = actor.user_id, work.now
    _record(work, actor, "grade.overridden", grade, before=before, reason=given)


@use_case
def undo_mark(work: Work, actor: Actor, *, classroom_id: int, assignment_id: int, student_id: int) -> None:
    """Let the tries count again. Where no mark was set nothing happens.

    Raises:
        NotFound: no such quiz or student in a class that the actor teaches.
    """
    assignment, _ = quiz_and_student(work, actor, classroom_id, assignment_id, student_id)
    grade = _locked(work, assignment, student_id)
    if grade.override_points is None:
        return
    before = _noted(grade)
    grade.override_points = grade.override_of = grade.override_reason = None
    grade.override_by = grade.override_at = None
    _record(work, actor, "grade.override_undone", grade, before=before, reason=None)


@use_case
def excuse_student(
    work: Work, actor: Actor, *, classroom_id: int, assignment_id: int, student_id: int, reason: str
) -> None:
    """Excuse a student from a quiz: whatever was handed in is kept and in no total.

    Raises:
        NotFound: no such quiz or student in a class that the actor teaches.
        Refusal: no reason (field ``reason``).
    """
    assignment, _ = quiz_and_student(work, actor, classroom_id, assignment_id, student_id)
    given = checked_reason(reason)
    grade = _locked(work, assignment, student_id)
    before = _noted(grade)
    grade.is_excused, grade.excuse_reason = True, given
    grade.excused_by, grade.excused_at = actor.user_id, work.now
    _record(work, actor, "grade.excused", grade, before=before, reason=given)


@use_case
def end_excuse(
    work: Work, actor: Actor, *, classroom_id: int, assignment_id: int, student_id: int, reason: str
) -> None:
    """Let a quiz count again for a student. Where there is no excuse nothing happens.

    Raises:
        NotFound: no such quiz or student in a class that the actor teaches.
        Refusal: no reason (field ``reason``).
    """
    assignment, _ = quiz_and_student(work, actor, classroom_id, assignment_id, student_id)
    given = checked_reason(reason)
    grade = _locked(work, assignment, student_id)
    if not grade.is_excused:
        return
    before = _noted(grade)
    grade.is_excused, grade.excuse_reason = False, None
    grade.excused_by = grade.excused_at = None
    _record(work, actor, "grade.excuse_ended", grade, before=before, reason=given)


def checked_reason(reason: str) -> str:
    """Return a reason without the blanks around it.

    Raises:
        Refusal: it is empty or too long (field ``reason``).
    """
    given = reason.strip()
    if not given:
        raise Refusal("reason", Message("Say why, for the record."))
    if len(given) > LONGEST_REASON:
        raise Refusal("reason", Message("At most %(most)d characters.", most=LONGEST_REASON))
    return given


def _locked(work: Work, assignment: Assignment, student_id: int) -> Grade:
    """Return the cell, made where it is missing, computed anew and locked for the rest of the deed."""
    refresh_grade(work, assignment, student_id)
    return work.session.scalars(
        select(Grade)
        .where(Grade.assignment_id == assignment.id, Grade.student_id == student_id)
        .execution_options(populate_existing=True)
    ).one()


def _noted(grade: Grade) -> dict[str, int | bool | None]:
    return {
        "student_id": grade.student_id,
        "points": grade.override_points,
        "computed_points": grade.points,
        "is_excused": grade.is_excused,
    }


def _record(
    work: Work,
    actor: Actor,
    action: str,
    grade: Grade,
    *,
    before: dict[str, int | bool | None],
    reason: str | None,
) -> None:
    record(
        work, actor, action, subject_kind="assignment", subject_id=grade.assignment_id,
        before=before, after=_noted(grade), reason=reason,
    )  # fmt: skip
