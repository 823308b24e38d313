"""L201, L202, L208: feedback on everything that can be chosen, of the right length, without the key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import Part, parts, words
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.core.questions import Move

LEAST, MOST, NOTHING = 12, 60, 5
TELLING_WORDS = 2
"""A key of fewer words than this stands in any sentence by accident."""

VERDICT_WORDS = {
    "backed": "backed up",
    "claimed": "claimed not checked",
    "unsourced": "no source given",
    "contradicted": "contradicted",
    "view": "not a fact to check",
}


@rule("L201", "100%", "Every option, line, element and anchor has feedback.")
def everything_has_feedback(library: Library) -> Iterator[Problem]:
    """Check that no feedback is missing or empty."""
    for question in library.published:
        for part in parts(question):
            is_decided = question.type.move in (Move.DECIDE_EACH, Move.PUT_IN_ORDER)
            needed = {"right", "wrong"} if is_decided else set(part.feedback)
            for choice in sorted(needed):
                if not part.feedback.get(choice, "").strip():
                    steps = (*part.steps, "why" if part.list == "anchors" else "feedback")
                    remedy = "say what tempts and what settles it"
                    yield in_item("L201", question, steps, f"no feedback for {choice}", remedy)


@rule(
    "L202", "12–60 words; error up to 5", "Feedback is 12 to 60 words long.", Severity.WARNING, Severity.ERROR
)
def feedback_is_of_good_length(library: Library) -> Iterator[Problem]:
    """Count words; anchors have a line, not feedback."""
    for question in library.published:
        for part in parts(question):
            if part.list == "anchors":
                continue
            for choice, text in part.feedback.items():
                count = len(words(text))
                if text.strip() and not LEAST <= count <= MOST:
                    severity = Severity.ERROR if count <= NOTHING else Severity.WARNING
                    yield in_item(
                        "L202",
                        question,
                        (*part.steps, "feedback", choice),
                        "feedback too short or too long",
                        "name what tempts and what settles it, briefly",
                        value=f"{count} words",
                        limit=f"{LEAST}–{MOST}",
                        severity=severity,
                    )


@rule("L208", "0", "Feedback on a wrong choice never names the key.")
def wrong_feedback_keeps_the_key(library: Library) -> Iterator[Problem]:
    """Look for the words of the key in what is said to somebody who chose wrongly."""
    for question in library.published:
        for part in parts(question):
            for key in _keys(question, part):
                for choice, text in part.feedback.items():
                    if choice != "right" and choice != part.written.get("key") and _holds(text, key):
                        steps = (*part.steps, "feedback", choice)
                        remedy = "point to what settles it and let the student see it"
                        yield in_item(
                            "L208", question, steps, "feedback names the key", remedy, value=" ".join(key)
                        )


def _keys(question: QuestionSource, part: Part) -> list[list[str]]:
    """Return the words of the right answers that the part's feedback must not hold."""
    if question.type.move in (Move.PICK_ONE, Move.FIND_THEM):
        texts = [str(other.written.get("text", "")) for other in parts(question) if other.is_key]
        return [] if part.is_key else [key for key in map(words, texts) if len(key) >= TELLING_WORDS]
    if question.type.move is Move.DECIDE_EACH:
        return [key for key in [words(_choice_text(question, str(part.written.get("key"))))] if key]
    return []


def _choice_text(question: QuestionSource, choice: str) -> str:
    own = next(_choices_called(choice, question.written), None)
    if own is None:
        return VERDICT_WORDS.get(choice, "")
    return own if len(words(own)) >= TELLING_WORDS else ""


def _choices_called(choice: str, written: object) -> Iterator[str]:
    """Yield the texts of the choices of that id, wherever in the settings they stand."""
    if isinstance(written, Mapping):
        if written.get("id") == choice and "text" in written and "feedback" not in written:
            yield str(written["text"])
        written = list(written.values())
    if isinstance(written, list):
        for inner in written:
            yield from _choices_called(choice, inner)


def _holds(text: str, key: list[str]) -> bool:
    there = words(text)
    return any(there[start : start + len(key)] == key for start in range(len(there) - len(key) + 1))
