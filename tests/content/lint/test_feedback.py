"""L203 to L207: feedback that explains, is its own, is kind and goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.content.packs import (
    FEEDBACK,
    Example,
    Pack,
    a_question,
    assert_example,
    decide,
    key_option,
    line,
    option,
)


def told(wrong: str) -> Callable[[Pack], object]:
    """Ask a question with this feedback on a wrong option."""
    settings = {"options": [key_option("a"), option("b"), option("c", feedback=wrong)]}
    return lambda pack: pack.questions.append(a_question("other", settings=settings))


def told_when_right(right: str, difficulty: str = "hard") -> Callable[[Pack], object]:
    settings = {"options": [key_option("a", feedback=right), option("b"), option("c")]}
    return lambda pack: pack.questions.append(a_question("other", settings=settings, difficulty=difficulty))


def told_on_lines(*right: str) -> Callable[[Pack], object]:
    lines = [
        line(f"l{n}", "backed", feedback={"right": text, "wrong": FEEDBACK}) for n, text in enumerate(right)
    ]
    return lambda pack: pack.questions.append(decide("deciding", lines, difficulty="medium"))


SETTLED = "Yes. [Line 1](line:1) names the keeper, who lit the lamp and says it in so many words."
GOES_ON = f"{SETTLED} A second voice would make it firmer."

EXAMPLES = [
    Example(
        "L203",
        told("Sorry, this is wrong. Try again with one of the other answers that are given here."),
        told("Sorry. The word stands in [line 1](line:1), before the lamp is named at all."),
        "error: test:other settings.options.2.feedback.wrong: feedback that explains nothing",
    ),
    Example(
        "L203",
        told("No. Wrong. Not quite. Look. That is wrong, sorry. Try again."),
        told(FEEDBACK),
        "explains nothing",
        "only a verdict",
    ),
    Example(
        "L204",
        told(
            "It is tempting to stop at b, and b is near, but read the second half of the line once more, please."
        ),
        told(FEEDBACK),
        "the feedback repeats that of another",
    ),
    Example("L206", told(f"Nice try. {FEEDBACK}"), told(FEEDBACK), "puts the reader down (Nice try)"),
    Example(
        "L206",
        told(f"It is obviously so. {FEEDBACK}"),
        lambda pack: pack.screens.update(task="Obviously."),
        "(obviously)",
    ),
    Example("L207", told_when_right(SETTLED), told_when_right(GOES_ON), "no word on what would change"),
    Example(
        "L207",
        told_when_right(SETTLED, "medium"),
        told_when_right(SETTLED, "easy"),
        "no word",
        "from medium on",
    ),
    Example(
        "L207",
        told_on_lines(SETTLED, SETTLED, SETTLED),
        told_on_lines(SETTLED, GOES_ON, SETTLED),
        "no word",
        "in one line",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.id)
def test_the_rule_speaks_once_it_is_broken(example: Example, make_pack: Callable[[str], Pack]):
    assert_example(example, make_pack)
