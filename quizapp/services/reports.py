"""The administrator's report across classes, and one class of it."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from quizapp.core.assignments import Kind
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.permissions import Actor
from quizapp.core.report_figures import figures, shown_parts
from quizapp.core.reports import (
    Band,
    ClassWork,
    Figures,
    Line,
    Missing,
    Piece,
    SkillFigure,
)
from quizapp.core.skills import Skill
from quizapp.core.suppression import is_few
from quizapp.services.access.staff import access_office
from quizapp.services.content import lessons_in_order, quizzes_by_key, skills
from quizapp.services.report_filters import (
    Choices,
    Filters,
    check_ids,
    choices_of,
    is_chosen,
    keys_of,
    refusal_of,
)
from quizapp.services.report_work import CountedClass, Selection, Teacher, counted_classes
from quizapp.services.runtime import Work, reading
from quizapp.services.written_answers import Waiting


@dataclass(frozen=True, slots=True)
class Waits:
    """Written answers that wait for a mark, and for how many whole days the oldest has."""

    answers: int
    oldest_days: int | None


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A class in the report. What waits is about its teachers' work, so only few students hide it."""

    classroom_id: int
    title: str
    teachers: tuple[Teacher, ...]
    figures: Line
    waits: Waits | Missing
    last_active_at: datetime | Missing | None


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill in the report."""

    skill: Skill
    figures: SkillFigure


@dataclass(frozen=True, slots=True)
class Report:
    """The report as it is shown. ``refused`` says at which filter nothing can be shown, and why."""

    choices: Choices
    lines: tuple[ReportLine, ...]
    total: Line | None
    waits: Waits
    skills: tuple[SkillLine, ...]
    bands: tuple[Band, ...]
    no_bands: Missing | None
    refused: Refusal | None
    teachers: int
    now: datetime


@dataclass(frozen=True, slots=True)
class WorkLine:
    """Something that a class was given, with its figures."""

    assignment_id: int
    kind: Kind
    title: str
    due_at: datetime | None
    closes_at: datetime | None
    figures: Line
    waits: Waits | Missing


@dataclass(frozen=True, slots=True)
class ClassReport:
    """One class of the report."""

    line: ReportLine
    work: tuple[WorkLine, ...]
    skills: tuple[SkillLine, ...]
    bands: tuple[Band, ...]
    no_bands: Missing | None
    now: datetime


@reading
def report(work: Work, actor: Actor, *, filters: Filters) -> Report:
    """Return the report across classes; as many statements for a hundred classes as for one.

    Raises:
        NotFound: the actor is no administrator, or there is no such class or teacher in the school.
    """
    access_office(actor)
    known = skills(work)
    lessons, quizzes = lessons_in_order(work), quizzes_by_key(work)
    classes = counted_classes(work, actor, _selection(filters, keys_of(filters, lessons, quizzes)))
    choices = choices_of(classes, lessons, quizzes, known)
    check_ids(classes, filters)
    chosen = [place for place, one in enumerate(classes) if is_chosen(one, filters)]
    refused = refusal_of(classes, chosen, filters)
    selected = () if refused else tuple(chosen)
    shown = figures([one.work for one in classes], selected)
    return Report(
        choices=choices,
        lines=_lines(work, classes, selected, shown),
        total=shown.total if selected else None,
        waits=_waits(work, [classes[place] for place in selected]),
        skills=_skill_lines(shown, known, filters.skill),
        bands=shown.bands,
        no_bands=shown.no_bands,
        refused=refused,
        teachers=len({teacher.id for one in classes for teacher in one.teachers}),
        now=work.now,
    )


@reading
def class_report(work: Work, actor: Actor, *, classroom_id: int) -> ClassReport:
    """Return one class with everything that it was given; nothing that the report across classes hides.

    Raises:
        NotFound: the actor is no administrator, or there is no such class.
    """
    access_office(actor)
    classes = counted_classes(work, actor, Selection())
    place = next((i for i, one in enumerate(classes) if one.id == classroom_id), None)
    if place is None:
        raise NotFound
    shown = figures([one.work for one in classes], [place])
    (line,) = _lines(work, classes, [place], shown)
    return ClassReport(
        line=line,
        work=_work_lines(work, classes[place], line.figures),
        skills=_skill_lines(shown, skills(work), None),
        bands=shown.bands,
        no_bands=shown.no_bands,
        now=work.now,
    )


def _selection(filters: Filters, keys: AbstractSet[str] | None) -> Selection:
    return Selection(content_keys=keys, due_from=filters.due_from, due_before=filters.due_before)


def _lines(
    work: Work, classes: Sequence[CountedClass], selected: Sequence[int], shown: Figures
) -> tuple[ReportLine, ...]:
    lines = []
    for place, line in zip(selected, shown.lines, strict=True):
        one = classes[place]
        few = is_few(len(one.work.student_ids))
        lines.append(
            ReportLine(
                classroom_id=one.id,
                title=one.title,
                teachers=one.teachers,
                figures=line,
                waits=Missing.HIDDEN if few else _waits(work, [one]),
                last_active_at=Missing.HIDDEN if few else one.last_active_at,
            )
        )
    return tuple(lines)


def _waits(work: Work, classes: Sequence[CountedClass]) -> Waits:
    """Return what waits in these classes; classes with few students are left out."""
    found = [
        waiting
        for one in classes
        if not is_few(len(one.work.student_ids))
        for waiting in one.waiting.values()
    ]
    return waits_in_words(work, found)


def waits_in_words(work: Work, found: Sequence[Waiting]) -> Waits:
    """Return how many answers wait and since how many whole days."""
    oldest = min((one.oldest_at for one in found), default=None)
    return Waits(sum(one.answers for one in found), (work.now - oldest).days if oldest else None)


def _skill_lines(shown: Figures, known: Sequence[Skill], only: str | None) -> tuple[SkillLine, ...]:
    by_id = {one.skill: one for one in shown.skills}
    return tuple(
        SkillLine(skill, by_id[skill.id]) for skill in known if skill.id in by_id and only in (None, skill.id)
    )


def _work_lines(work: Work, one: CountedClass, line: Line) -> tuple[WorkLine, ...]:
    """Return what a class was given, each with its figures; a column that the class hides is hidden throughout."""
    parts = [_part(one, assignment.id) for assignment in one.given]
    shown = shown_parts(parts, line)
    few = is_few(len(one.work.student_ids))
    return tuple(
        WorkLine(
            assignment_id=assignment.id,
            kind=Kind(assignment.kind),
            title=assignment.title,
            due_at=assignment.due_at,
            closes_at=assignment.closes_at,
            figures=_of_kind(assignment.kind, figure),
            waits=Missing.HIDDEN
            if few
            else waits_in_words(work, [one.waiting[i] for i in [assignment.id] if i in one.waiting]),
        )
        for assignment, figure in zip(one.given, shown, strict=True)
    )


def _of_kind(kind: str, line: Line) -> Line:
    """Return the figures of a piece of work; a lesson has no marks, ever."""
    if kind != Kind.LESSON.value or line.started is Missing.NO_STUDENTS:
        return line
    return replace(line, marks=Missing.LESSON, median=Missing.LESSON)


def _part(one: CountedClass, assignment_id: int) -> ClassWork:
    return ClassWork(
        student_ids=one.work.student_ids,
        given=1,
        pieces=[Piece(piece.student_id, piece.is_done) for piece in one.begun.get(assignment_id, ())],
        marks=one.marks.get(assignment_id, ()),
        skills=(),
    )
