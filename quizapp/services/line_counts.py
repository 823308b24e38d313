"""How a class decided the lines of a lesson's task: "19 of 27 put this line in ink".

Case A and case B of a slot are counted together, line by line, so that nobody's case can be told from a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from quizapp.core.assignments import Kind
from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor
from quizapp.core.practice import Purpose
from quizapp.core.questions import Case, Question
from quizapp.core.screens import ScreenKind
from quizapp.question_types.decide_each import DecideEach
from quizapp.question_types.registry import question_type
from quizapp.services.assignments import taught_assignment
from quizapp.services.content import current_questions, lesson_by_key
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import Enrolment, PracticeAnswer


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many chose this for a line; ``is_key`` marks the right one."""

    label: str
    count: int
    is_key: bool


@dataclass(frozen=True, slots=True)
class LineCount:
    """One line in the words of each case, and what the class made of it. ``right`` of ``answered``."""

    number: int
    texts: tuple[str, ...]
    answered: int
    right: int
    choices: tuple[ChoiceCount, ...]


@dataclass(frozen=True, slots=True)
class TaskCount:
    """One task of the lesson with its lines."""

    stem: str
    labels: tuple[str, ...]
    lines: tuple[LineCount, ...]


@dataclass(frozen=True, slots=True)
class LineCountPage:
    """The task of an assigned lesson, as the class decided it. ``students`` are in the class now."""

    classroom_id: int
    assignment_id: int
    title: str
    students: int
    tasks: tuple[TaskCount, ...]


Choices = Sequence[Mapping[str, str]]


@reading
def line_counts(work: Work, actor: Actor, *, classroom_id: int, assignment_id: int) -> LineCountPage:
    """Return how the class decided each line; each student's newest answer counts.

    Raises:
        NotFound: no such lesson assigned to a class that the actor teaches.
    """
    assignment = taught_assignment(work, actor, classroom_id, assignment_id)
    if assignment.kind != Kind.LESSON:
        raise NotFound
    lesson = lesson_by_key(work, assignment.content_key)
    screen = lesson.screen_of(ScreenKind.TASK)
    pairs = list(zip(*(screen.question_keys(case) for case in Case), strict=True))
    questions = current_questions(work, (key for pair in pairs for key in pair))
    answers = _newest_answers(work, classroom_id, lesson.key)
    students = work.session.scalar(select(func.count()).select_from(_enrolled(classroom_id).subquery()))
    tasks = [
        _task([questions[key] for key in dict.fromkeys(pair)], answers)
        for pair in pairs
        if isinstance(question_type(questions[pair[0]].type), DecideEach)
    ]
    return LineCountPage(classroom_id, assignment_id, assignment.title, students or 0, tuple(tasks))


def _enrolled(classroom_id: int) -> Any:
    return select(Enrolment.student_id).where(
        Enrolment.classroom_id == classroom_id, Enrolment.left_at.is_(None)
    )


def _newest_answers(work: Work, classroom_id: int, lesson_key: str) -> dict[str, list[Mapping[str, str]]]:
    """Return the newest value of each student by the part that was answered."""
    newest = (
        select(func.max(PracticeAnswer.id))
        .where(
            PracticeAnswer.lesson_key == lesson_key,
            PracticeAnswer.purpose == Purpose.TASK.value,
            PracticeAnswer.student_id.in_(_enrolled(classroom_id)),
        )
        .group_by(PracticeAnswer.student_id, PracticeAnswer.part)
    )
    rows = work.session.execute(
        select(PracticeAnswer.part, PracticeAnswer.value).where(PracticeAnswer.id.in_(newest))
    )
    answers: dict[str, list[Mapping[str, str]]] = {}
    for part, value in rows:
        if isinstance(value, dict):
            answers.setdefault(part, []).append(value)
    return answers


def _task(cases: Sequence[Question], answers: Mapping[str, Choices]) -> TaskCount:
    question = cases[0]
    kind: Any = question_type(question.type)
    settings = [kind.parse(one.settings) for one in cases]
    choices = tuple(kind.choice_ids(settings[0]))
    given = answers.get(question.slot or question.key, [])
    lines = tuple(
        LineCount(
            number,
            tuple(dict.fromkeys(line.text for line in lines)),
            *_counted(kind, settings[0], lines[0], given),
        )
        for number, lines in enumerate(zip(*(kind.lines(one) for one in settings), strict=True), 1)
    )
    return TaskCount(question.stem, tuple(kind.choice_label(settings[0], one) for one in choices), lines)


def _counted(kind: Any, settings: Any, line: Any, given: Choices) -> tuple[int, int, tuple[ChoiceCount, ...]]:
    counts = Counter(answer[line.id] for answer in given if line.id in answer)
    choices = tuple(
        ChoiceCount(kind.choice_label(settings, choice), counts[choice], choice == line.key)
        for choice in kind.choice_ids(settings)
    )
    return sum(counts.values()), counts[line.key], choices
