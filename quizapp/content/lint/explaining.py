"""L203, L206, L207: feedback explains, shames nobody, and says what would change the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import Part, is_feedback, parts, words
from quizapp.content.lint.registry import in_item, in_text, rule
from quizapp.content.problems import Problem, Severity
from quizapp.core.questions import Move

VERDICT = re.compile(
    r"\b(?:yes|no|right|wrong|correct|incorrect|true|false|exactly|sorry|not quite|well done|good(?: job| work)?"
    r"|great|try again|that is|that's|this is|the answer|your answer|unfortunately)\b",
    re.IGNORECASE,
)
LEAST_BEYOND = 5
"""Words that have to be left when the verdict is taken away."""
POINTER = re.compile(r"\[P\d|\[F\d?\]|\(line:\d|\blines? \d|\bP\d{1,2}\b|\[\[x-")
REASON = re.compile(
    r"\?|\b(?:because|since|so|but|not|would|could|means|shows|though|although|yet|while|whether|if|when|until|unless|as|who|what|how|why|where"
    r"|which|ask|look|read|compare|count)\b",
    re.IGNORECASE,
)
POINTERS_BESIDE = ("evidence", "tag", "line", "claim")
"""Keys of a part that are shown beside its feedback and say where it is settled."""

SHAMING = re.compile(
    r"\b(?:stupid\w*|silly|gullible|na[iï]ve(?:ly)?|foolish\w*|dumb|lazy|lazily|ridiculous\w*|clueless|ignorant|idiot\w*"
    r"|obviously|of course you|as (?:everyone|everybody|anyone) knows|any child|even a child|you should have"
    r"|you should know|you failed|nice try|wrong again|how could you|come on|no excuse|shame on|embarrassing\w*"
    r"|you (?:were|have been|got) (?:fooled|duped|tricked)|fell for (?:it|this)|pay attention"
    r"|do you really|did you (?:even|really)|you clearly|you simply|you just didn['’]t)\b",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\b(?:would|could|should|might|may|can|if|unless|until|once|as long as|another|still|other|without|depends"
    r"|not yet|needs?|leaves?|stays open)\b",
    re.IGNORECASE,
)
EXPLAINED_FROM = ("medium", "hard")


@rule("L203", "a reason or a pointer", "Feedback explains, and does not only say right or wrong.")
def feedback_explains(library: Library) -> Iterator[Problem]:
    """Take the verdict away and look for a reason, a question or a place to look."""
    for question in library.published:
        for part in parts(question):
            if part.list == "anchors":
                continue
            for choice, text in part.feedback.items():
                if text.strip() and not _explains(part, text):
                    remedy = "say why, or point to the paragraph or line that settles it"
                    steps = (*part.steps, "feedback", choice)
                    yield in_item("L203", question, steps, "feedback that explains nothing", remedy)


def _explains(part: Part, text: str) -> bool:
    points = POINTER.search(text) or any(part.written.get(name) for name in POINTERS_BESIDE)
    is_told = len(words(VERDICT.sub(" ", text))) >= LEAST_BEYOND
    return is_told and bool(points or REASON.search(text))


@rule("L206", "0", "Feedback shames nobody and mocks nobody.")
def feedback_is_kind(library: Library) -> Iterator[Problem]:
    """Look for words that put somebody down."""
    for text in library.texts:
        if not is_feedback(text):
            continue
        found = SHAMING.search(text.source)
        if found:
            remedy = "name what tempts: it tempted others too"
            yield in_text("L206", text, found.start(), "puts the reader down", remedy, value=found[0])


@rule(
    "L207",
    "from medium on",
    "Feedback on the right answer says what would change it, or what stays open.",
    Severity.WARNING,
)
def right_feedback_goes_on(library: Library) -> Iterator[Problem]:
    """Look for a condition in the key's feedback; of several right parts one at least has to have it."""
    for question in library.published:
        told = list(_right_feedback(question))
        if question.record.difficulty in EXPLAINED_FROM and told and not any(map(CHANGE.search, told)):
            remedy = "add what would change the answer: Had the page …, it would …"
            yield in_item(
                "L207",
                question,
                ("settings",),
                "no word on what would change the answer",
                remedy,
                severity=Severity.WARNING,
            )


def _right_feedback(question: QuestionSource) -> Iterator[str]:
    """Yield what is said to somebody who was right; a written answer has none."""
    if question.type.move is Move.WRITE:
        return
    for part in parts(question):
        told = part.feedback.get("right", "").strip()
        if told:
            yield told
