"""How many answers a second one core checks and scores, type by type: ``python -m tests.performance.grading``.

Ten thousand answers in all, right, partly right, wrong and blank ones as they stand in each type's cases.
Exit status 1 when a type stays below the goal.
"""

from __future__ import annotations

import sys
import time
from itertools import cycle, islice

import click

from quizapp.content.samples import sample_of
from quizapp.core.questions import Move
from quizapp.core.scoring import score
from quizapp.question_types.registry import AnyType, question_types

ANSWERS = 10_000
GOAL = 5_000
"""Answers a second."""


def answers_a_second(kind: AnyType, count: int) -> float:
    """Return how many answers a second are checked and scored by a type."""
    sample = sample_of(kind)
    values = [case.value for case in sample.cases]
    begin = time.perf_counter()
    for value in islice(cycle(values), count):
        kind.problems(sample.settings, value)
        decisions = kind.decisions(sample.settings, value)
        if kind.move is not Move.WRITE:
            score(kind.move, decisions)
    return count / (time.perf_counter() - begin)


def main() -> int:
    """Print a line a type and return the exit status."""
    kinds = question_types()
    each = -(-ANSWERS // len(kinds))
    rates = {name: answers_a_second(kind, each) for name, kind in kinds.items()}
    width = max(map(len, rates))
    click.echo(f"{each * len(rates)} answers, {each} of each type; goal {GOAL} a second")
    for name, rate in sorted(rates.items(), key=lambda pair: pair[1]):
        click.echo(f"  {name:<{width}}  {rate:>10,.0f} a second  {'met' if rate >= GOAL else 'NOT MET'}")
    return 0 if min(rates.values()) >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
