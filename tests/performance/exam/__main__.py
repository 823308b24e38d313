"""`make exam`: a whole class, a whole school sits an exam at once, and every word of the server is compared.

``python -m tests.performance.exam [--students N] [--minutes M] [--engine NAME] [--markdown]``. Ends with 0 only when
every goal was met.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tests.performance.exam.plan import exam_plans
from tests.performance.exam.results import markdown_table, text_table
from tests.performance.exam.sitting import sit

ENGINES = ("sqlite", "postgresql")


def main(arguments: Sequence[str] | None = None) -> int:
    """Hold the exams, print the table and say whether every goal was met."""
    chosen = _parser().parse_args(arguments)
    plans = exam_plans(chosen.minutes, chosen.students, tuple(chosen.engine or ENGINES))
    results = []
    for plan in plans:
        sys.stderr.write(f"{plan.students:,} students on {plan.engine} …\n")
        results.append(sit(plan))
    sys.stdout.write((markdown_table if chosen.markdown else text_table)(results) + "\n")
    return 1 if any(result.missed for result in results) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make exam", description="Hold an exam and compare every word.")
    parser.add_argument(
        "--students", type=int, help="on each engine; 300, and 1,200 on PostgreSQL, when left out"
    )
    parser.add_argument(
        "--minutes", type=float, default=2.0, help="of work between signing in and handing in"
    )
    parser.add_argument("--engine", choices=ENGINES, action="append", help="only this one")
    parser.add_argument("--markdown", action="store_true", help="print the table for docs/performance.md")
    return parser


if __name__ == "__main__":
    sys.exit(main())
