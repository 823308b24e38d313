"""The long form: ``python -m tests.faults`` breaks everything around the server and prints what was lost."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import click

from tests.faults.databases import databases
from tests.faults.place import LONG, SHORT, Result, Size
from tests.faults.suite import BOTH, FAULTS, Fault, run_fault

HEAD = ("fault", "engine", "saves acknowledged", "lost", "recovery", "result")


@click.command()
@click.option("--only", multiple=True, type=click.Choice([fault.name for fault in FAULTS]))
@click.option("--engine", type=click.Choice(BOTH), help="One engine only.")
@click.option("--short", is_flag=True, help="The sizes of the short form, and its faults.")
@click.option("--kills", type=int, help="Kills of each engine.")
@click.option("--saves", type=int, help="Saves that the kills come between, at least.")
@click.option("--writers", type=int, help="Students who write at once.")
@click.option("--markdown", is_flag=True, help="Print the table as Markdown.")
def main(only: tuple[str, ...], engine: str | None, short: bool, markdown: bool, **sizes: int | None) -> None:
    """Break what surrounds the server. Exit status 0 only when nothing was lost and the control was caught."""
    given: dict[str, Any] = {name: number for name, number in sizes.items() if number is not None}
    size = replace(SHORT if short else LONG, **given)
    chosen = [one for one in FAULTS if (one.name in only if only else one.is_short or not short)]
    results: list[tuple[Fault, Result]] = []
    rows = []
    with databases() as made:
        for fault in chosen:
            for name in fault.engines:
                if engine and engine != name:
                    continue
                click.echo(f"{fault.words}, {name} …", err=True)
                began = time.monotonic()
                with made.place(name) as place:
                    result = run_fault(fault, place, size)
                click.echo(f"  {time.monotonic() - began:.0f} s, {told(fault, result)}", err=True)
                results.append((fault, result))
                rows.append(row_of(fault, name, result))
    click.echo(table(rows, size, is_markdown=markdown))
    sys.exit(0 if is_good(results) else 1)


def is_good(results: Sequence[tuple[Fault, Result]]) -> bool:
    """Say whether each fault ran and came to what was promised."""
    return bool(results) and all(fault.passed(result) for fault, result in results)


def row_of(fault: Fault, engine: str, result: Result) -> tuple[str, ...]:
    recovery = "–" if result.recovery_seconds is None else f"{result.recovery_seconds:.1f} s"
    return (fault.words, engine, f"{result.saves:,}", str(result.lost), recovery, told(fault, result))


def told(fault: Fault, result: Result) -> str:
    """Return what came of a fault in a few words."""
    if result.needs:
        return f"NOT RUN: needs {result.needs}"
    if fault.is_control:
        return "caught" if result.lost else "NOT CAUGHT"
    return "; ".join(result.problems) or ("LOST" if result.lost else "fine")


def table(rows: list[tuple[str, ...]], size: Size, *, is_markdown: bool) -> str:
    """Return the rows as a table, under the sizes of the run."""
    said = (
        f"{size.kills} kills and at least {size.saves:,} saves between them on each engine, "
        f"{size.writers} writers"
    )
    if is_markdown:
        rule = tuple("---" for _ in HEAD)
        return "\n".join([f"{said}:", "", *(f"| {' | '.join(row)} |" for row in (HEAD, rule, *rows))])
    widths = [max(len(row[place]) for row in (HEAD, *rows)) for place in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
             for row in (HEAD, *rows)]  # fmt: skip
    return "\n".join([said, "", *lines])


if __name__ == "__main__":
    main()
