"""L601, L602, L603, L606, L607, L608: what the bank holds of each skill, case, level, misconception and claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from quizapp.content.figures import (
    ARTICLE,
    OF_BANK,
    Covered,
    claim_counts,
    misconception_counts,
    paragraph_counts,
    shelf_of,
)
from quizapp.content.library import Library, Pack, QuestionSource, Source
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.content.records import PlanRecord
from quizapp.core.questions import Case, Use

NEAR_ENOUGH = 1
SHARES_FROM = 20
LEAST_TRANSFER = 55
MOST_RECALL, LEAST_WORK, LEAST_EVALUATION = 15, 60, 20
LEAST_OF_A_MISCONCEPTION = 3
MOST_OF_A_CLAIM = 8
MOST_OF_A_PARAGRAPH = 15
FURNITURE = "F"


@dataclass(frozen=True, slots=True)
class Row:
    """One number of the plan, and what is there."""

    what: str
    planned: int
    there: int


@rule(
    "L601",
    "at most 1 below each number of plan.yaml",
    "Each skill of the plan has its tasks, by use, difficulty, case and layout.",
    Severity.WARNING,
)
def skills_have_their_tasks(library: Library) -> Iterator[Problem]:
    """Count tasks: a task on the article is one, whichever case is chosen."""
    for pack in library.packs:
        if pack.plan is None or pack.plan_source is None:
            continue
        for skill in pack.plan.skills:
            short = [row for row in rows_of(pack.plan, _tasks(library, pack, skill)) if _is_short(row)]
            if short:
                missing = "; ".join(f"{row.what} {row.there} of {row.planned}" for row in short)
                yield _in_plan(pack.plan_source, skill, missing)


def _tasks(library: Library, pack: Pack, skill: str) -> list[QuestionSource]:
    return [
        question
        for question in library.published
        if question.key.startswith(f"{pack.name}:")
        and question.record.skill == skill
        and question.record.use in OF_BANK
        and question.record.case is not Case.B
    ]


def rows_of(plan: PlanRecord, tasks: list[QuestionSource]) -> Iterator[Row]:
    """Yield the numbers of the plan for one skill's tasks."""
    yield Row("tasks", plan.tasks, len(tasks))
    by: tuple[tuple[Mapping[str, int], Callable[[QuestionSource], str]], ...] = (
        ({str(name): count for name, count in plan.use.items()}, lambda task: str(task.record.use)),
        ({str(name): count for name, count in plan.difficulty.items()}, lambda task: task.record.difficulty),
        ({str(name): count for name, count in plan.context.items()}, lambda task: task.record.context),
    )
    for planned, of in by:
        counted = Counter(map(of, tasks))
        for name, count in planned.items():
            yield Row(name, count, counted[name])
    for layout in plan.layouts:
        there = sum(task.record.type in layout.types for task in tasks)
        yield Row(layout.name.lower(), layout.count, there)


def _is_short(row: Row) -> bool:
    return row.there < row.planned - NEAR_ENOUGH


def _in_plan(source: Source, skill: str, missing: str) -> Problem:
    return Problem(
        rule="L601",
        severity=Severity.WARNING,
        file=source.file,
        line=source.line("skills"),
        item=skill,
        message="tasks of the plan are missing",
        remedy="write them, or take the skill out of this release's plan",
        value=missing,
    )


@rule("L602", "0 in checkpoints", "No checkpoint asks about the article.")
def checkpoints_are_transfer(library: Library) -> Iterator[Problem]:
    """Look at the questions of checkpoints."""
    for question in library.published:
        if question.record.use is Use.CHECKPOINT and question.record.context == ARTICLE:
            yield in_item(
                "L602", question, ("context",), "a checkpoint on the article", "write a made-up case"
            )


@rule("L602", "55% from 20 tasks on", "Most tasks are on other cases than the article.", Severity.WARNING)
def most_is_transfer(library: Library) -> Iterator[Problem]:
    """Compare tasks; the made-up twin of a task on the article is none of its own."""
    tasks = _all_tasks(library)
    transfer = sum(task.record.context != ARTICLE for task in tasks)
    yield from _below("L602", tasks, transfer, LEAST_TRANSFER, "too few tasks on other cases")


@rule(
    "L603",
    "recall 15% at most, apply and analyse 60%, evaluate 20%, from 20 tasks on",
    "The bank asks for thinking rather than for memory.",
    Severity.WARNING,
)
def thinking_is_asked(library: Library) -> Iterator[Problem]:
    """Compare the levels over the bank."""
    tasks = _all_tasks(library)
    levels = Counter(task.record.cognitive for task in tasks)
    beyond_recall = len(tasks) - levels["recall"]
    work = levels["apply"] + levels["analyse"]
    yield from _below("L603", tasks, beyond_recall, 100 - MOST_RECALL, "too much recall")
    yield from _below("L603", tasks, work, LEAST_WORK, "too little to apply and to analyse")
    yield from _below("L603", tasks, levels["evaluate"], LEAST_EVALUATION, "too little to evaluate")


def _all_tasks(library: Library) -> list[QuestionSource]:
    return [question for question in library.published if question.record.case is not Case.B]


def _below(
    rule_id: str, tasks: list[QuestionSource], some: int, least: int, message: str
) -> Iterator[Problem]:
    if len(tasks) >= SHARES_FROM and 100 * some < least * len(tasks):
        value = f"{some} of {len(tasks)}, {100 * some // len(tasks)}%"
        severity, remedy = Severity.WARNING, "balance the bank"
        yield in_item(
            rule_id, tasks[0], (), message, remedy, value=value, limit=f"{least}%", severity=severity
        )


@rule(
    "L606",
    "3 questions and 1 lesson that tests it, for the skills of plan.yaml",
    "Each misconception is met in several questions and tested in a lesson.",
    Severity.WARNING,
)
def misconceptions_are_met(library: Library) -> Iterator[Problem]:
    """Count what wrong choices show and what lessons refute."""
    counted = {one.id: one for one in misconception_counts(shelf_of(library))}
    for pack in library.packs:
        if pack.plan is None or pack.misconceptions_source is None:
            continue
        for index, record in enumerate(pack.misconceptions):
            one = counted[record.id]
            if record.skill not in pack.plan.skills:
                continue
            place = (pack.misconceptions_source, ("misconceptions", index))
            if one.questions < LEAST_OF_A_MISCONCEPTION:
                remedy = "name it in wrong choices that it tempts to"
                yield _count("L606", place, one, "few questions show it", remedy)
            if not one.refutations:
                remedy = "name it in `refutes:` of the lesson that does"
                yield _count("L606", place, one, "no lesson tests it", remedy)


@rule(
    "L607",
    "at most 8 questions of the bank; 1 question, once plan.yaml names every skill",
    "Each claim of the page is asked about, and none too often.",
    Severity.WARNING,
)
def claims_are_asked_about(library: Library) -> Iterator[Problem]:
    """Count the tags `claims`; lessons may ask about a claim again."""
    counted = claim_counts(shelf_of(library))
    for pack, source in _planned(library):
        for index, one in enumerate(counted):
            place = (source, ("claims", index))
            if one.in_bank > MOST_OF_A_CLAIM:
                yield _count("L607", place, one, "asked about too often", "ask about another claim")
            if not one.questions and _is_whole(pack):
                yield _count("L607", place, one, "nothing asks about it", "ask about it")


@rule(
    "L608",
    "at most 15% of what the bank cites, from 20 on; 1 question, once plan.yaml names every skill",
    "Each paragraph of the page is used, and none too much.",
    Severity.WARNING,
)
def paragraphs_are_used(library: Library) -> Iterator[Problem]:
    """Count what questions on the article cite; F is furniture of the page."""
    counted = paragraph_counts(shelf_of(library))
    total = sum(one.in_bank for one in counted)
    for pack, source in _planned(library):
        for index, one in enumerate(counted):
            place = (source, ("cards", index))
            if total >= SHARES_FROM and 100 * one.in_bank > MOST_OF_A_PARAGRAPH * total:
                yield _count("L608", place, one, f"{one.in_bank} of {total} times cited", "cite others")
            if not one.questions and one.id != FURNITURE and _is_whole(pack):
                yield _count("L608", place, one, "no question cites it", "ask about it")


def _planned(library: Library) -> Iterator[tuple[Pack, Source]]:
    """Yield the packs with a page and a plan."""
    for pack in library.packs:
        if pack.plan and pack.page_source:
            yield pack, pack.page_source


def _is_whole(pack: Pack) -> bool:
    """Say whether the plan names every skill of its pack."""
    return pack.plan is not None and {skill.id for skill in pack.skills} <= set(pack.plan.skills)


def _count(
    rule_id: str, place: tuple[Source, tuple[str | int, ...]], one: Covered, message: str, remedy: str
) -> Problem:
    source, steps = place
    return Problem(
        rule=rule_id,
        severity=Severity.WARNING,
        file=source.file,
        line=source.line(*steps),
        item=one.id,
        message=message,
        remedy=remedy,
        value=f"{one.questions} questions, {one.in_bank} in practice and quizzes",
    )
