"""What an exam came to: counted from what the students were told, compared with what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from quizapp.core.permissions import OPERATOR
from quizapp.services.invariants import broken_invariants
from quizapp.services.runtime import Runtime
from quizapp.storage.tables import Response, ResponseHistory, Snapshot
from tests.performance.exam.plan import Plan
from tests.performance.exam.student import Sheet
from tests.performance.figures import percentile

HEAD = (
    "engine", "students", "workers", "all in after", "asked to wait", "saves acknowledged", "p50", "p95", "p99",
    "5xx", "lost", "receipts", "all handed in after", "goals",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of one exam. Times are in seconds.

    Attributes:
        lost: values that were acknowledged and are not in the history, or lie under something older, and receipts
            that are not the stored ones.
        missed: the goals that were not met, in words.
    """

    plan: Plan
    signed_in_after: float
    asked_to_wait: int
    acknowledged: int
    p50: float
    p95: float
    p99: float
    server_errors: int
    lost: int
    receipts: int
    handed_in_after: float
    missed: tuple[str, ...]


def result_of(plan: Plan, sheets: Sequence[Sheet], runtime: Runtime) -> Result:
    """Count, compare with the database, and name the goals that were missed."""
    seconds = [each for sheet in sheets for each in sheet.save_seconds] or [float("inf")]
    counted = {
        "signed_in_after": _last([sheet.signed_in_at for sheet in sheets]),
        "asked_to_wait": sum(sheet.asked_to_wait for sheet in sheets),
        "acknowledged": sum(len(sheet.acknowledged) for sheet in sheets),
        "p50": percentile(seconds, 50),
        "p95": percentile(seconds, 95),
        "p99": percentile(seconds, 99),
        "server_errors": sum(sheet.server_errors for sheet in sheets),
        "lost": lost(runtime, sheets),
        "receipts": sum(bool(sheet.receipt) for sheet in sheets),
        "handed_in_after": _last([sheet.handed_in_at for sheet in sheets]),
    }
    return Result(plan=plan, **counted, missed=tuple(_missed(plan, counted, sheets, runtime)))


def lost(runtime: Runtime, sheets: Sequence[Sheet]) -> int:
    """Return how many values and receipts students hold the server's word for that are not there."""
    with runtime.database.reading() as session:
        history = {
            (row.attempt_id, row.slot, row.lease, row.seq): row.value
            for row in session.scalars(select(ResponseHistory).where(ResponseHistory.outcome == "stored"))
        }
        newest = {
            (row.attempt_id, row.slot): (row.lease, row.seq) for row in session.scalars(select(Response))
        }
        receipts = {row.attempt_id: row.receipt for row in session.scalars(select(Snapshot))}
    return sum(
        history.get((sheet.attempt_id, slot, sheet.lease, seq)) != value
        or newest.get((sheet.attempt_id, slot), (0, 0)) < (sheet.lease, seq)
        for sheet in sheets
        for (slot, seq), value in sheet.acknowledged.items()
    ) + sum(bool(sheet.receipt) and receipts.get(sheet.attempt_id) != sheet.receipt for sheet in sheets)


def _last(instants: Sequence[float | None]) -> float:
    """Return when the last one was through, infinity when one never was."""
    return max((float("inf") if one is None else one for one in instants), default=float("inf"))


def _missed(plan: Plan, counted: Mapping[str, Any], sheets: Sequence[Sheet], runtime: Runtime) -> list[str]:
    # The last save goes with handing in.
    asked = plan.students * (plan.saves_a_student + 1)
    goals = {
        "all in in time": counted["signed_in_after"] <= plan.sign_in_seconds,
        "all handed in in time": counted["handed_in_after"] <= plan.submit_seconds,
        "every save acknowledged": counted["acknowledged"] == asked,
        "everybody has a receipt": counted["receipts"] == plan.students,
        "nothing lost": counted["lost"] == 0,
        "no 5xx": counted["server_errors"] == 0,
        f"p95 within {plan.most_p95:g} s": counted["p95"] <= plan.most_p95,
        "p99": plan.most_p99 is None or counted["p99"] <= plan.most_p99,
        "every promise about attempts": not any(one.broken for one in broken_invariants(runtime, OPERATOR)),
    }
    words = {f"went wrong for a student: {sheet.went_wrong}" for sheet in sheets if sheet.went_wrong}
    return [name for name, is_met in goals.items() if not is_met] + sorted(words)[:3]


def cells(result: Result) -> tuple[str, ...]:
    """Return a line of the table."""
    plan = result.plan
    return (
        "SQLite" if plan.engine == "sqlite" else "PostgreSQL",
        f"{plan.students:,}",
        str(plan.workers),
        f"{result.signed_in_after:.0f} s",
        f"{result.asked_to_wait:,}",
        f"{result.acknowledged:,}",
        *(f"{seconds * 1000:.0f} ms" for seconds in (result.p50, result.p95, result.p99)),
        str(result.server_errors),
        str(result.lost),
        f"{result.receipts:,}",
        f"{result.handed_in_after:.0f} s",
        "met" if not result.missed else "missed",
    )


def text_table(results: Sequence[Result]) -> str:
    """Return the table for a terminal, and below it what was missed."""
    rows = [HEAD, *(cells(result) for result in results)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return "\n".join([*lines, *_told(results)])


def markdown_table(results: Sequence[Result]) -> str:
    """Return the table for a paper."""
    rows = [HEAD, ("---",) * len(HEAD), *(cells(result) for result in results)]
    return "\n".join(["| " + " | ".join(row) + " |" for row in rows] + _told(results))


def _told(results: Sequence[Result]) -> list[str]:
    return [f"\nMissed on {one.plan.engine}: {each}" for one in results for each in one.missed]
