"""L114, L204: no question, option or feedback says what another one says already."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import Part, Run, likeness, parts, runs, stem_words
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.core.questions import Move

ALIKE_STEMS, ALIKE_OPTIONS, ALIKE_FEEDBACK = 0.60, 0.80, 0.80


@rule(
    "L114",
    "likeness below 0.60 of stems, 0.80 of options",
    "No question asks what another one asks, and no two options say the same.",
    Severity.WARNING,
)
def questions_differ(library: Library) -> Iterator[Problem]:
    """Compare the runs of three words of stems.

    Twins of a slot and members of a family are meant to be alike. Beyond *Pick one* a stem is often an instruction
    (*Decide each line by this page alone*), so there only questions on one and the same text are compared.
    """
    asked = [(question, runs(stem_words(question))) for question in library.published]
    for (first, of_first), (second, of_second) in combinations(asked, 2):
        alike = likeness(of_first, of_second)
        if alike >= ALIKE_STEMS and _may_be_one(first, second):
            remedy = f"ask something else than {first.key}, or make them one family"
            yield in_item(
                "L114",
                second,
                ("stem",),
                f"asks what {first.key} asks",
                remedy,
                value=f"{alike:.2f}",
                limit=f"{ALIKE_STEMS:.2f}",
                severity=Severity.WARNING,
            )


def _may_be_one(first: QuestionSource, second: QuestionSource) -> bool:
    for name in ("slot", "family"):
        if first.body[name] and first.body[name] == second.body[name]:
            return False
    if first.type.move is not second.type.move:
        return False
    is_same_text = (first.record.vignette, first.record.evidence) == (
        second.record.vignette,
        second.record.evidence,
    )
    return first.type.move is Move.PICK_ONE or is_same_text


@rule(
    "L114",
    "likeness below 0.60 of stems, 0.80 of options",
    "No question asks what another one asks, and no two options say the same.",
    Severity.WARNING,
)
def options_differ(library: Library) -> Iterator[Problem]:
    """Compare the options of each question to pick one or to find them."""
    for question in library.published:
        if question.type.move in (Move.PICK_ONE, Move.FIND_THEM):
            told = [
                (part, runs(str(part.written["text"]))) for part in parts(question) if "text" in part.written
            ]
            yield from _pairs("L114", question, told, ALIKE_OPTIONS, "two options say nearly the same")


@rule("L204", "likeness below 0.80", "Each choice has feedback of its own.", Severity.WARNING)
def feedback_differs(library: Library) -> Iterator[Problem]:
    """Compare the feedback on different parts of a question."""
    for question in library.published:
        told = [
            (part, runs(text)) for part in parts(question) for text in part.feedback.values() if text.strip()
        ]
        yield from _pairs("L204", question, told, ALIKE_FEEDBACK, "the feedback repeats that of another")


def _pairs(
    rule_id: str,
    question: QuestionSource,
    told: list[tuple[Part, frozenset[Run]]],
    limit: float,
    message: str,
) -> Iterator[Problem]:
    for (first, of_first), (second, of_second) in combinations(told, 2):
        alike = likeness(of_first, of_second)
        if first is not second and alike >= limit:
            name = first.written.get("id", first.list)
            yield in_item(
                rule_id,
                question,
                second.steps,
                message,
                f"say what is so of this one, and not of {name}",
                value=f"{alike:.2f}",
                limit=f"{limit:.2f}",
                severity=Severity.WARNING,
            )
