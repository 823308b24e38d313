"""L109, L110, L111: a stem asks one clear thing, says it without *not*, and is short."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.options import choices
from quizapp.content.lint.parts import stem_words, words
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity

STEPS = ("stem",)
LONGEST_STEM = 60
MOST_NEGATIVE_PERCENT = 3
SHARE_FROM = 20
"""Questions of a pack from which the share of negative stems means something."""

SENTENCE = re.compile(r"[^.?!]+[.?!]?")
NEGATIVE = re.compile(r"\b(?:not|except|cannot)\b|n['’]t\b", re.IGNORECASE)
CAPITAL = re.compile(r"\b(?:NOT|EXCEPT)\b")
NEGATIVE_OPTION = re.compile(r"\b(?:not|cannot|never|no|none|nobody|nothing)\b|n['’]t\b", re.IGNORECASE)
TASKS = (
    "answer|arrange|build|check|choose|click|collect|compare|complete|connect|copy|correct|count|cross|cut|decide|"
    "describe|drag|draw|explain|fill|find|finish|follow|give|guess|judge|keep|label|lead|link|list|look|make|mark|match|"
    "mend|move|name|open|order|pair|pick|place|point|present|print|put|rank|read|replace|rewrite|rule|say|select|set|"
    "show|sort|split|state|strike|take|tell|tick|trace|underline|weigh|work|write"
)
TASK = re.compile(
    r"(?:^|[.!?:;]\s+|,\s+)(?:(?:then|now|first|next|below|above|(?:at|for|in|of|from) (?:each|every|both|all)"
    rf"(?: of)?(?: the| these| its)?(?: \w+)?),? )?(?:{TASKS})\b",
    re.IGNORECASE,
)
"""A sentence, or a part of one, that begins with what is to be done."""


@rule(
    "L109",
    "3% of a pack; capitals; 0 with a negative option",
    "Hardly any question to pick one asks what is *not* so, and then it says NOT.",
    Severity.WARNING,
    Severity.ERROR,
)
def stems_are_positive(library: Library) -> Iterator[Problem]:
    """Look for *not* and *except* in the sentence that asks."""
    negative: dict[str, list[QuestionSource]] = {}
    for choice in choices(library):
        question = choice.question
        found = NEGATIVE.search(_asking(stem_words(question)))
        if not found:
            continue
        negative.setdefault(question.key.partition(":")[0], []).append(question)
        if any(map(NEGATIVE_OPTION.search, choice.texts)):
            remedy = "ask it without “not”"
            yield in_item("L109", question, STEPS, "a double negative with an option", remedy, value=found[0])
        elif not CAPITAL.search(found[0]):
            remedy = "ask it without, or write NOT or EXCEPT"
            yield in_item(
                "L109", question, STEPS, "a negative stem", remedy, value=found[0], severity=Severity.WARNING
            )
    yield from _too_many(library, negative)


def _too_many(library: Library, negative: dict[str, list[QuestionSource]]) -> Iterator[Problem]:
    for pack, asked in negative.items():
        total = sum(1 for question in library.published if question.key.startswith(f"{pack}:"))
        if total >= SHARE_FROM and 100 * len(asked) > MOST_NEGATIVE_PERCENT * total:
            yield in_item(
                "L109",
                asked[0],
                STEPS,
                "too many negative stems in the pack",
                "ask some of them without",
                value=f"{len(asked)} of {total}",
                limit=f"{MOST_NEGATIVE_PERCENT}%",
                severity=Severity.WARNING,
            )


def _asking(stem: str) -> str:
    """Return the sentences of the stem that ask, or the last one where none does."""
    sentences = SENTENCE.findall(stem)
    asking = [sentence for sentence in sentences if sentence.endswith("?")]
    return " ".join(asking or sentences[-1:])


@rule(
    "L110",
    "a question mark or a task",
    "The stem alone says what is to be done, with the options covered.",
    Severity.WARNING,
)
def stems_ask(library: Library) -> Iterator[Problem]:
    """Look for a question mark, or a sentence that begins with what to do."""
    for question in library.published:
        stem = stem_words(question)
        if "?" not in stem and not TASK.search(stem):
            remedy = "ask a question, or begin with what to do: Find …, Put …, Decide …"
            message, severity = "the stem asks nothing", Severity.WARNING
            yield in_item("L110", question, STEPS, message, remedy, severity=severity)


@rule("L111", "60 words", "The stem is short, beyond its vignette.", Severity.WARNING)
def stems_are_short(library: Library) -> Iterator[Problem]:
    """Count the words."""
    for question in library.published:
        count = len(words(stem_words(question)))
        if count > LONGEST_STEM:
            yield in_item(
                "L111",
                question,
                STEPS,
                "a long stem",
                "move what is told into a vignette",
                value=f"{count} words",
                limit=str(LONGEST_STEM),
                severity=Severity.WARNING,
            )
