"""L103, L104: over a whole pack, neither the length nor the place of an option tells that it is the key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizapp.content.library import Library
from quizapp.content.lint.options import STEPS, Choice, choices
from quizapp.content.lint.registry import in_item, rule
from quizapp.content.problems import Problem, Severity
from quizapp.core.questions import Use

PLACES = 3
SHARES_FROM = 60
"""Questions of a pack from which shares of a third mean something."""
LONGEST_KEY = (25, 42)
PLACE_OF_KEY = (28, 39)
TEST_FROM = 15
"""Chi-square wants five in each of three places."""
CRITICAL = 5.991
"""Of chi-square with two degrees of freedom at p = 0.05."""
LONGEST_RUN = 3


def _by_pack(library: Library) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = {}
    for choice in choices(library):
        if len(choice.texts) == PLACES:
            found.setdefault(choice.question.key.partition(":")[0], []).append(choice)
    return found


@rule(
    "L103",
    "25–42% from 60 questions on",
    "The key is the longest option about as often as chance would have it.",
    Severity.WARNING,
)
def the_longest_is_no_cue(library: Library) -> Iterator[Problem]:
    """Count over each pack; of two that are longest, each counts half."""
    for found in _by_pack(library).values():
        hits = sum(_longest(choice) for choice in found)
        percent = 100 * hits / len(found)
        if len(found) >= SHARES_FROM and not LONGEST_KEY[0] <= percent <= LONGEST_KEY[1]:
            yield in_item(
                "L103",
                found[0].question,
                STEPS,
                "over the pack, length tells the key",
                "lengthen or shorten keys",
                value=f"the longest is the key in {percent:.0f}% of {len(found)}",
                limit=f"{LONGEST_KEY[0]}–{LONGEST_KEY[1]}%",
                severity=Severity.WARNING,
            )


def _longest(choice: Choice) -> float:
    lengths = [len(text) for text in choice.texts]
    return 1 / lengths.count(max(lengths)) if len(choice.key) == max(lengths) else 0.0


def _place(choice: Choice) -> int:
    return next(place for place, part in enumerate(choice.parts) if part.is_key)


@rule(
    "L104",
    "28–39% from 60 questions on; p > 0.05; runs of 3",
    "As written, the key stands in each of the three places about as often, and not in one many times running.",
    Severity.WARNING,
    Severity.ERROR,
)
def the_place_is_no_cue(library: Library) -> Iterator[Problem]:
    """Test the places over each pack by chi-square, and look for runs in each file."""
    for found in _by_pack(library).values():
        yield from _shares(found)
        yield from _runs(found)


def _shares(found: list[Choice]) -> Iterator[Problem]:
    counts = Counter(map(_place, found))
    expected = len(found) / PLACES
    chi_square = sum((counts[place] - expected) ** 2 / expected for place in range(PLACES))
    percents = [100 * counts[place] / len(found) for place in range(PLACES)]
    is_uneven = len(found) >= SHARES_FROM and not all(
        PLACE_OF_KEY[0] <= percent <= PLACE_OF_KEY[1] for percent in percents
    )
    if is_uneven or (len(found) >= TEST_FROM and chi_square > CRITICAL):
        yield in_item(
            "L104",
            found[0].question,
            STEPS,
            "over the pack, the place tells the key",
            "move keys to the places that have few",
            value=" / ".join(str(counts[place]) for place in range(PLACES)),
            limit=f"{PLACE_OF_KEY[0]}–{PLACE_OF_KEY[1]}% each, chi-square {CRITICAL}",
            severity=Severity.WARNING,
        )


def _runs(found: list[Choice]) -> Iterator[Problem]:
    """Find keys in one place again and again in a file; the reader of a form would notice."""
    length, before = 0, None
    for choice in found:
        here = (choice.question.source.file, _place(choice))
        length = length + 1 if here == before else 1
        before = here
        if length == LONGEST_RUN + 1:
            is_form = choice.question.record.use is Use.CHECKPOINT
            yield in_item(
                "L104",
                choice.question,
                STEPS,
                "the key stands in one place four times running",
                "move it",
                limit=str(LONGEST_RUN),
                severity=Severity.ERROR if is_form else Severity.WARNING,
            )
