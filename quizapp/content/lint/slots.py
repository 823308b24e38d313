"""L008: each task on the article has its twin. L001: an earlier page is there. L409: how many decisions a screen has."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.content.library import LessonSource, Library, QuestionSource
from quizapp.content.lint.parts import decisions, parts
from quizapp.content.lint.references import EXISTS
from quizapp.content.lint.registry import Status, in_item, rule
from quizapp.content.problems import Problem
from quizapp.core.questions import Case
from quizapp.core.screens import Screen, ScreenKind, SlotBlock

TWINS = (
    "Each task on the article is a slot with case A and case B of one skill, type and number of decisions."
)
DECISIONS_ON = {ScreenKind.TASK: 14, ScreenKind.EXIT_CHECK: 4, ScreenKind.EXTENSION: 14}
AT_ONCE = 7


@rule("L008", "100%", TWINS)
def article_tasks_are_slots(library: Library) -> Iterator[Problem]:
    """Check that whoever does not want the war has something else to do."""
    for question in library.published:
        record = question.record
        if record.context == "article" and record.slot is None:
            remedy = "give it a slot and case A, and write its case B"
            yield in_item("L008", question, ("slot",), "a task on the article without a slot", remedy)
        if record.context == "article" and record.case is Case.B:
            yield in_item(
                "L008", question, ("case",), "case B is drawn from the article", "make up another case"
            )


@rule("L008", "100%", TWINS)
def slots_are_twins(library: Library) -> Iterator[Problem]:
    """Compare the two cases of each slot."""
    slots: dict[str, list[QuestionSource]] = {}
    for question in library.published:
        if question.body["slot"]:
            slots.setdefault(question.body["slot"], []).append(question)
    for slot, questions in slots.items():
        cases = sorted(str(question.record.case) for question in questions)
        if cases != ["A", "B"]:
            remedy = "write one question of case A and one of case B"
            value = f"cases {', '.join(cases)}"
            yield in_item("L008", questions[0], ("slot",), f"the slot {slot} is no pair", remedy, value=value)
        else:
            yield from _differences(*sorted(questions, key=lambda q: str(q.record.case)))


def _differences(a: QuestionSource, b: QuestionSource) -> Iterator[Problem]:
    pairs = (
        ("skill", a.record.skill, b.record.skill),
        ("type", a.record.type, b.record.type),
        ("use", str(a.record.use), str(b.record.use)),
        ("settings", f"{decisions(a)} decisions", f"{decisions(b)} decisions"),
    )
    for field, of_a, of_b in pairs:
        if of_a != of_b:
            message = f"the cases of the slot differ in {field}"
            yield in_item("L008", b, (field,), message, f"make it as in {a.key}", value=of_b, limit=of_a)


@rule("L001", "all", EXISTS, since=Status.DRAFT)
def earlier_pages_exist(library: Library) -> Iterator[Problem]:
    """Check that what stands beside a question is asked in a lesson, in the same case, by the same type."""
    shown = {
        block.slot
        for lesson in library.lessons.values()
        for screen in lesson.lesson.screens
        for block in screen.blocks
        if isinstance(block, SlotBlock)
    }
    for question in library.questions.values():
        name = question.type.beside(question.settings)
        if name is None:
            continue
        slot, record = f"{question.key.partition(':')[0]}:{name}", question.record
        earlier = next(
            (q for q in library.published if q.body["slot"] == slot and q.record.case == record.case), None
        )
        steps = ("settings", "beside")
        if earlier is None or slot not in shown or earlier.type is not question.type:
            remedy = f"name a slot of a lesson whose questions are of the type {record.type}"
            yield in_item("L001", question, steps, f"no earlier page {name}", remedy, value=name)
        else:
            yield from _lines_before(question, earlier)


def _lines_before(question: QuestionSource, earlier: QuestionSource) -> Iterator[Problem]:
    known = earlier.type.part_ids(earlier.settings)
    for part in parts(question):
        before = part.written.get("before")
        if before is not None and before not in known:
            steps, remedy = (*part.steps, "before"), f"name a line of {earlier.key}"
            yield in_item("L001", question, steps, f"no line {before}", remedy, limit=", ".join(known))


@rule(
    "L409",
    "task 14, exit check 4, extension 14; 7 at once",
    "A screen asks for no more decisions than it has room for.",
)
def screens_have_room(library: Library) -> Iterator[Problem]:
    """Count the decisions on the screens, and those of layouts that don't take a whole page."""
    for lesson in library.lessons.values():
        for screen in lesson.lesson.screens:
            yield from _screen(library, lesson, screen)


def _screen(library: Library, lesson: LessonSource, screen: Screen) -> Iterator[Problem]:
    for case in Case:
        asked = [library.questions[key] for key in screen.question_keys(case) if key in library.questions]
        total, most = sum(map(decisions, asked)), DECISIONS_ON.get(screen.kind)
        if most is not None and total > most:
            yield Problem(
                rule="L409",
                file=lesson.source.file,
                line=lesson.screen_lines[screen.number - 1],
                item=lesson.key,
                field=str(screen.kind),
                message="too many decisions on one screen",
                remedy="keep the most telling ones",
                value=f"{total} decisions",
                limit=str(most),
            )
        for question in asked:
            if decisions(question) > AT_ONCE and not question.type.whole_page:
                remedy = "split it, or use a layout that takes the whole page"
                value = f"{decisions(question)} decisions"
                steps = ("settings",)
                yield in_item(
                    "L409", question, steps, "too many at once", remedy, value=value, limit=str(AT_ONCE)
                )
