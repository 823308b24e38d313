"""L101 and L113: how options are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Library
from quizapp.content.lint.parts import parts
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem
from quizapp.core.questions import Move

COMBINED = re.compile(
    r"\b(?:all|none|neither|both) of (?:the above|these|them)\b|\bboth A and B\b|^\s*A and [BC]\b",
    re.IGNORECASE,
)


@rule("L101", "0", "No option stands for other options.")
def no_combined_options(library: Library) -> Iterator[Problem]:
    """Look for *all of the above* and its kin."""
    for question in library.questions.values():
        for part in parts(question):
            found = COMBINED.search(str(part.written.get("text", "")))
            if part.list == "options" and found:
                remedy = "write an option that stands by itself"
                steps = (*part.steps, "text")
                yield in_item("L101", question, steps, "an option about options", remedy, value=found[0])


@rule("L113", "100%", "Every wrong option of *Pick one* names its misconception, or a reason.")
def wrong_options_have_a_reason(library: Library) -> Iterator[Problem]:
    """Check the tags of wrong options."""
    for question in library.published:
        if question.type.move is Move.PICK_ONE:
            for part in parts(question):
                tagged = part.written.get("misconception") or part.written.get("reason")
                if part.list == "options" and not part.is_key and not tagged:
                    remedy = "add `misconception: M…` or `reason:`"
                    yield in_item("L113", question, part.steps, "a wrong option without a reason", remedy)
