"""L301: every question says where it is settled. L305: statements on newsrooms rest on something verified."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import parts
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity

PARAGRAPH = re.compile(r"P([1-9]|1[0-5])|F[12]?")


@rule(
    "L301",
    "100%",
    "Questions on the article cite a paragraph, questions on a vignette cite its lines; what is cited exists.",
)
def questions_cite(library: Library) -> Iterator[Problem]:
    """Check `evidence` of questions and of their parts."""
    for question in library.questions.values():
        cited = question.record.evidence
        if question.record.context == "article" and not any(map(PARAGRAPH.fullmatch, cited)):
            remedy = "name P1 to P15, F1 or F2"
            yield in_item(
                "L301", question, ("evidence",), "a question on the article cites no paragraph", remedy
            )
        name = question.record.vignette
        if name and not any(reference.startswith(f"{name}:") for reference in cited):
            remedy = f"write {name}:1 or another line"
            yield in_item(
                "L301", question, ("evidence",), "a question on a vignette cites none of its lines", remedy
            )
        for reference in cited:
            yield from _exists(library, question, ("evidence",), reference)
        for part in parts(question):
            for field in ("evidence", "tag"):
                if part.written.get(field):
                    yield from _exists(library, question, (*part.steps, field), str(part.written[field]))


def _exists(
    library: Library, question: QuestionSource, steps: tuple[str | int, ...], reference: str
) -> Iterator[Problem]:
    if PARAGRAPH.fullmatch(reference):
        card = "F" if reference.startswith("F") else reference
        if card not in library.references.cards:
            yield in_item("L301", question, steps, f"no card {card}", "name a card of lessons/page.yaml")
        return
    name, _, number = reference.rpartition(":")
    pack = question.key.partition(":")[0]
    vignette = library.vignettes.get(f"{pack}:{name}")
    if vignette is None:
        remedy = "name a paragraph, or a line as <vignette>:<line>"
        yield in_item("L301", question, steps, f"no vignette {name!r}", remedy, value=reference)
    elif not 1 <= int(number) <= len(vignette.lines):
        limit = f"{len(vignette.lines)} lines"
        yield in_item("L301", question, steps, f"no line {number} of {name}", "count again", limit=limit)


@rule(
    "L305",
    "0 with R",
    "Statements on newsroom rules or research are verified.",
    Severity.ERROR,
    Severity.WARNING,
)
def statements_are_verified(library: Library) -> Iterator[Problem]:
    """Refuse notes from memory in lessons and live questions; warn in questions under review."""
    remedy = "verify it in its source and write V, or leave it out"
    for lesson in library.lessons.values():
        for index, note in enumerate(lesson.lesson.source_notes):
            if note.label == "R":
                yield in_item("L305", lesson, ("source_notes", index), "from memory only", remedy)
    for question in library.published:
        severity = Severity.ERROR if question.record.status == "live" else Severity.WARNING
        for index, source_note in enumerate(question.record.source_notes):
            if source_note.label == "R":
                steps = ("source_notes", index)
                yield in_item("L305", question, steps, "from memory only", remedy, severity=severity)
