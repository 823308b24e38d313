"""L102, L105, L106, L107, L108: nothing about the form of an option gives the key away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean, pstdev

from quizapp.content.library import Library, QuestionSource
from quizapp.content.lint.parts import Part, part_words, parts, stem_words, words
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.core.questions import Move

STEPS = ("settings", "options")
WARNED, REFUSED = (0.80, 1.25), (0.60, 1.60)
"""Characters of the key to those of a wrong option on average: outside, a warning and an error."""
A_WORD = 8
"""Lengths that differ by fewer characters than a word has are alike: *Line 4* and *Nobody*."""
MOST_VARIATION = 0.35
MOST_CLANG = 1

ABSOLUTE = re.compile(
    r"(?<!\bnot )(?<!\babove )(?<!\bof )(?<!\bin )(?<!\bat )\b(?:always|never|all|none|only|impossible"
    r"|everyone|everybody|everything)\b",
    re.IGNORECASE,
)
VAGUE = re.compile(
    r"\b(?:usually|often|sometimes|may|might|perhaps|probably|possibly|likely|mostly|generally|seldom|rarely)\b",
    re.IGNORECASE,
)
LITTLE_WORDS = frozenset(
    words(
        "a about an and any are as at back be been but by can could did do does each for from had has have he her here his "
        "how i if in into is it its line lines may more most no not of on one or other our out own page say says she so some "
        "than that the their them then there these they this those three to two up was we were what when where which who "
        "whom whose why will with would you your"
    )
)
"""Words that any stem and any option may share; *line* and *page* stand in most of them."""
ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("ly", ""), ("er", ""))
SHORTEST_ROOT = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """The options of a question to pick one, as a student reads them."""

    question: QuestionSource
    parts: tuple[Part, ...]
    texts: tuple[str, ...]

    @property
    def key(self) -> str:
        """The right option."""
        return next(text for part, text in zip(self.parts, self.texts, strict=True) if part.is_key)

    @property
    def wrong(self) -> list[str]:
        """The wrong options."""
        return [text for part, text in zip(self.parts, self.texts, strict=True) if not part.is_key]

    @property
    def key_steps(self) -> tuple[str | int, ...]:
        """The way to the right option in the file."""
        return next(part.steps for part in self.parts if part.is_key)


def choices(library: Library) -> Iterator[Choice]:
    """Yield the published questions to pick one that have a key and something beside it."""
    for question in library.published:
        if question.type.move is Move.PICK_ONE:
            listed = tuple(part for part in parts(question) if part.list == "options")
            if 1 <= sum(part.is_key for part in listed) < len(listed):
                yield Choice(question, listed, tuple(part_words(question, part) for part in listed))


@rule(
    "L102",
    "0.80–1.25; error outside 0.60–1.60",
    "The key is about as long as the wrong options.",
    Severity.WARNING,
    Severity.ERROR,
)
def keys_are_as_long(library: Library) -> Iterator[Problem]:
    """Compare characters; less than a word more or less is no difference."""
    for choice in choices(library):
        mean = fmean(map(len, choice.wrong))
        ratio = len(choice.key) / mean
        if abs(len(choice.key) - mean) >= A_WORD and not WARNED[0] <= ratio <= WARNED[1]:
            is_far = not REFUSED[0] <= ratio <= REFUSED[1]
            longer = "longer" if ratio > 1 else "shorter"
            yield in_item(
                "L102",
                choice.question,
                choice.key_steps,
                f"the key is much {longer} than the wrong options",
                "make them alike in length",
                value=f"{len(choice.key)} to {mean:.0f} characters, ratio {ratio:.2f}",
                limit=f"{WARNED[0]:.2f}–{WARNED[1]:.2f}",
                severity=Severity.ERROR if is_far else Severity.WARNING,
            )


@rule(
    "L105",
    "0 in the key alone or in wrong options alone",
    "Words such as *always* or *only* are not a mark of the key or of what is wrong.",
    Severity.WARNING,
)
def absolute_words_are_no_cue(library: Library) -> Iterator[Problem]:
    """Look for absolute words on one side only."""
    for choice in choices(library):
        of_key = ABSOLUTE.search(choice.key)
        of_wrong = next(filter(None, map(ABSOLUTE.search, choice.wrong)), None)
        found = of_key or of_wrong
        if found and not (of_key and of_wrong):
            side = "the key" if of_key else "wrong options"
            remedy = "say it without, or on both sides"
            message = f"an absolute word in {side} only"
            yield _warning("L105", choice, STEPS, message, remedy, value=found[0])


@rule("L106", "0", "Words such as *often* or *perhaps* do not stand in the key alone.", Severity.WARNING)
def vague_words_are_no_cue(library: Library) -> Iterator[Problem]:
    """Look for vague words in the key, and in nothing else."""
    for choice in choices(library):
        found = VAGUE.search(choice.key)
        if found and not any(map(VAGUE.search, choice.wrong)):
            remedy = "say it without, or hedge a wrong option too"
            message = "a careful word in the key only"
            yield _warning("L106", choice, choice.key_steps, message, remedy, value=found[0])


@rule(
    "L107",
    "at most 1 word more",
    "The key echoes the stem no more than the wrong options do.",
    Severity.WARNING,
)
def keys_do_not_echo(library: Library) -> Iterator[Problem]:
    """Count the words of content that an option shares with the stem."""
    for choice in choices(library):
        stem = _roots(stem_words(choice.question))
        shared = _roots(choice.key) & stem
        clang = len(shared) - max(len(_roots(text) & stem) for text in choice.wrong)
        if clang > MOST_CLANG:
            yield _warning(
                "L107",
                choice,
                choice.key_steps,
                "the key repeats the stem more than the wrong options do",
                "choose other words, or let a wrong option echo too",
                value=f"{clang} more: {', '.join(sorted(shared))}",
                limit=str(MOST_CLANG),
            )


@rule(
    "L108",
    "one end mark; variation of length 0.35",
    "Options end alike and are alike in length.",
    Severity.WARNING,
)
def options_are_parallel(library: Library) -> Iterator[Problem]:
    """Compare end marks, and the standard deviation of the lengths to their mean."""
    for choice in choices(library):
        ends = {text[-1] if text[-1:] in (".", "?", "!", "…", ";", ",") else "" for text in choice.texts}
        if len(ends) > 1:
            remedy = "end all options alike"
            yield _warning("L108", choice, STEPS, "some options end with a mark and some do not", remedy)
        lengths = [len(text) for text in choice.texts]
        variation = pstdev(lengths) / fmean(lengths)
        if variation > MOST_VARIATION and max(lengths) - min(lengths) >= A_WORD:
            yield _warning(
                "L108",
                choice,
                STEPS,
                "the options differ much in length",
                "make them alike in length",
                value=f"{variation:.2f}: {', '.join(map(str, lengths))} characters",
                limit=f"{MOST_VARIATION:.2f}",
            )


def _warning(
    rule_id: str,
    choice: Choice,
    steps: tuple[str | int, ...],
    message: str,
    remedy: str,
    *,
    value: str = "",
    limit: str = "",
) -> Problem:
    severity = Severity.WARNING
    return in_item(
        rule_id, choice.question, steps, message, remedy, value=value, limit=limit, severity=severity
    )


def _roots(text: str) -> set[str]:
    """Return the words of content, without the commonest endings."""
    return {_root(word) for word in words(text) if word not in LITTLE_WORDS and not word.isdigit()}


def _root(word: str) -> str:
    word = word.removesuffix("'s")
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            return word.removesuffix(ending) + instead
    return word
