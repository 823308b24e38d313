"""What *Check in with* looks at, for a whole class at once: as many statements for 200 students as for two."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from quizapp.core.assignments import Door, Kind
from quizapp.core.attempts import State
from quizapp.core.check_in import (
    UNFINISHED_TIMES,
    WRONG_IN_A_ROW,
    GivenWork,
    GradedTry,
    Noticed,
    StudentFacts,
    is_left_unfinished,
    is_wrong_run,
)
from quizapp.core.practising import turn_of_key
from quizapp.question_types.registry import question_types
from quizapp.services.asked import kinds_of
from quizapp.services.content import lessons_in_order, skills
from quizapp.services.grades import Cell
from quizapp.services.runtime import Work
from quizapp.services.standings import (
    NO_LESSON,
    CellStanding,
    LessonStanding,
    Standing,
    cell_standings,
    lesson_standings,
)
from quizapp.services.tries import newest_graded
from quizapp.services.windows import Window, windows_of_class
from quizapp.storage.queries.newest import newest_in_each
from quizapp.storage.tables import (
    Assignment,
    Attempt,
    CheckIn,
    ContentVersion,
    PracticeAnswer,
    Response,
    StuckMark,
)


@dataclass(frozen=True, slots=True)
class _Given:
    """What the class was given, with everybody's windows and standings."""

    assignments: Sequence[Assignment]
    windows: Mapping[Cell, Window]
    quizzes: Mapping[Cell, CellStanding]
    touched: Mapping[Cell, datetime]


def facts_of_class(work: Work, classroom_id: int, student_ids: Sequence[int]) -> dict[int, StudentFacts]:
    """Return what the rule looks at for each of these students of a class."""
    given = _given(work, classroom_id, student_ids)
    lesson_keys = {one.content_key for one in given.assignments if one.kind == Kind.LESSON}
    lessons = lesson_standings(work, lesson_keys, student_ids)
    tries = _tries(work, given, student_ids)
    titles = {lesson.key: lesson.title for lesson in lessons_in_order(work)}
    abilities = {skill.id: skill.ability for skill in skills(work)}
    unfinished = _unfinished(work, student_ids, titles, abilities)
    wrong = _wrong(work, student_ids, abilities)
    stuck = _stuck(work, student_ids, titles)
    talks = _talks(work, classroom_id)
    return {
        student_id: StudentFacts(
            work=tuple(
                _lesson(one, given.windows[one.id, student_id], lessons.get((one.content_key, student_id)))
                if one.kind == Kind.LESSON
                else _quiz(one, given, student_id)
                for one in given.assignments
            ),
            tries=tuple(tries.get(student_id, ())),
            unfinished=tuple(unfinished.get(student_id, ())),
            wrong=tuple(wrong.get(student_id, ())),
            stuck=tuple(stuck.get(student_id, ())),
            talked_at=talks.get(student_id),
        )
        for student_id in student_ids
    }


def _given(work: Work, classroom_id: int, student_ids: Sequence[int]) -> _Given:
    assignments = work.session.scalars(
        select(Assignment)
        .where(
            Assignment.classroom_id == classroom_id,
            Assignment.kind.in_((Kind.LESSON.value, Kind.QUIZ.value)),
            Assignment.archived_at.is_(None),
        )
        .order_by(Assignment.id)
    ).all()
    windows = windows_of_class(work, assignments, student_ids)
    quizzes = [one for one in assignments if one.kind == Kind.QUIZ]
    at_quizzes = {
        (one.id, student_id): windows[one.id, student_id] for one in quizzes for student_id in student_ids
    }
    return _Given(
        assignments,
        windows,
        cell_standings(work, quizzes, at_quizzes),
        _touched(work, [one.id for one in quizzes], student_ids),
    )


def _touched(work: Work, assignment_ids: Sequence[int], student_ids: Sequence[int]) -> dict[Cell, datetime]:
    """Return the last activity in each try that is stored as open."""
    rows = work.session.execute(
        select(
            Attempt.assignment_id,
            Attempt.student_id,
            func.coalesce(func.max(Response.saved_at), Attempt.started_at),
        )
        .outerjoin(Response, Response.attempt_id == Attempt.id)
        .where(
            Attempt.assignment_id.in_(assignment_ids),
            Attempt.student_id.in_(student_ids),
            Attempt.state == State.IN_PROGRESS.value,
            Attempt.is_preview.is_(False),
        )
        .group_by(Attempt.id, Attempt.assignment_id, Attempt.student_id, Attempt.started_at)
    )
    return {(row[0], row[1]): row[2] for row in rows}


def _lesson(assignment: Assignment, window: Window, standing: LessonStanding | None) -> GivenWork:
    found = standing or NO_LESSON
    return GivenWork(
        title=assignment.title,
        opens_at=window.opens_at,
        due_at=window.due_at,
        closes_at=window.closes_at,
        is_excused=False,
        is_handed_in=found.finished_at is not None,
        touched_at=None if found.finished_at else found.last_seen_at,
    )


def _quiz(assignment: Assignment, given: _Given, student_id: int) -> GivenWork:
    cell = (assignment.id, student_id)
    window, standing = given.windows[cell], given.quizzes[cell]
    return GivenWork(
        title=assignment.title,
        opens_at=window.opens_at,
        due_at=window.due_at,
        closes_at=window.closes_at,
        is_excused=standing.standing is Standing.EXCUSED or _is_set(standing),
        is_handed_in=standing.has_handed_in,
        touched_at=given.touched.get(cell) if standing.has_open_try else None,
    )


def _is_set(standing: CellStanding) -> bool:
    """Say whether a teacher has set the mark, and so has looked at it."""
    return bool(standing.grade and standing.grade.override)


def _tries(work: Work, given: _Given, student_ids: Sequence[int]) -> dict[int, list[GradedTry]]:
    titles = {one.id: one.title for one in given.assignments}
    newest = newest_graded(work, [one.id for one in given.assignments if one.kind == Kind.QUIZ], student_ids)
    found: dict[int, list[GradedTry]] = {}
    for one in newest:
        cell = (one.assignment_id, one.student_id)
        standing, window = given.quizzes[cell], given.windows[cell]
        if one.finished_at is None:
            continue
        is_over = standing.tries >= window.attempts_allowed or window.door(work.now) is Door.CLOSED
        found.setdefault(one.student_id, []).append(
            GradedTry(
                titles[one.assignment_id],
                one.finished_at,
                one.points,
                one.max_points,
                is_last=is_over and not standing.has_open_try,
            )
        )
    return found


def _wrong(
    work: Work, student_ids: Collection[int], abilities: Mapping[str, str]
) -> dict[int, list[Noticed]]:
    """Return the skills on which the newest answers outside of quizzes are four wrong in a row."""
    inner = (
        select(
            PracticeAnswer.student_id, ContentVersion.skill, PracticeAnswer.earned, PracticeAnswer.answered_at
        )
        .join(ContentVersion, ContentVersion.id == PracticeAnswer.question_version_id)
        .where(
            PracticeAnswer.student_id.in_(student_ids),
            PracticeAnswer.is_checked.is_(True),
            PracticeAnswer.earned.is_not(None),
        )
    )
    group = (PracticeAnswer.student_id, ContentVersion.skill)
    rows = work.session.execute(
        newest_in_each(inner, group, (PracticeAnswer.id.desc(),), WRONG_IN_A_ROW)
    ).all()
    runs: dict[tuple[int, str], list[tuple[int, datetime]]] = {}
    for student_id, skill, earned, answered_at in rows:
        runs.setdefault((student_id, skill), []).append((earned, answered_at))
    found: dict[int, list[Noticed]] = {}
    for (student_id, skill), run in runs.items():
        if is_wrong_run([earned for earned, _ in run]):
            found.setdefault(student_id, []).append(Noticed(abilities.get(skill, skill), run[0][1]))
    return found


def _unfinished(
    work: Work, student_ids: Collection[int], titles: Mapping[str, str], abilities: Mapping[str, str]
) -> dict[int, list[Noticed]]:
    """Return where an exercise was left with open parts twice, a lesson or a skill: only whole pages can be."""
    pages = [name for name, one in question_types().items() if one.whole_page]
    inner = (
        select(
            PracticeAnswer.student_id,
            PracticeAnswer.lesson_key,
            PracticeAnswer.part,
            PracticeAnswer.question_version_id,
            PracticeAnswer.variant,
            PracticeAnswer.value,
            PracticeAnswer.answered_at,
        )
        .join(ContentVersion, ContentVersion.id == PracticeAnswer.question_version_id)
        .where(PracticeAnswer.student_id.in_(student_ids), ContentVersion.type.in_(pages))
    )
    group = (PracticeAnswer.student_id, PracticeAnswer.lesson_key, PracticeAnswer.part)
    rows = work.session.execute(
        newest_in_each(inner, group, (PracticeAnswer.id.desc(),), UNFINISHED_TIMES)
    ).all()
    kinds = kinds_of(work, [(row.question_version_id, row.variant) for row in rows])
    answers: dict[tuple[int, str, str], list[tuple[int, datetime]]] = {}
    for row in rows:
        kind = kinds[row.question_version_id, row.variant]
        is_open = not kind.type.is_complete(kind.settings, row.value)
        exercise = (row.student_id, row.lesson_key or "", row.part)
        answers.setdefault(exercise, []).append((int(is_open), row.answered_at))
    found: dict[int, list[Noticed]] = {}
    for (student_id, lesson_key, _), many in answers.items():
        if is_left_unfinished([is_open for is_open, _ in many]):
            practised = turn_of_key(lesson_key)
            where = abilities.get(practised[0]) if practised else titles.get(lesson_key)
            found.setdefault(student_id, []).append(Noticed(where or lesson_key, many[0][1]))
    return found


def _stuck(work: Work, student_ids: Collection[int], titles: Mapping[str, str]) -> dict[int, list[Noticed]]:
    rows = work.session.scalars(
        select(StuckMark)
        .where(StuckMark.student_id.in_(student_ids), StuckMark.cleared_at.is_(None))
        .order_by(StuckMark.id)
    )
    found: dict[int, list[Noticed]] = {}
    for row in rows:
        where = titles.get(row.lesson_key, row.lesson_key)
        found.setdefault(row.student_id, []).append(Noticed(where, row.pressed_at, row.screen))
    return found


def _talks(work: Work, classroom_id: int) -> dict[int, datetime]:
    """Return when a teacher of the class last talked to each student."""
    rows = work.session.execute(
        select(CheckIn.student_id, func.max(CheckIn.talked_at))
        .where(CheckIn.classroom_id == classroom_id)
        .group_by(CheckIn.student_id)
    )
    return {row[0]: row[1] for row in rows}
