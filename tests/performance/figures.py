"""The arithmetic of a measurement, and its table: for the terminal, for the papers, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

HEADS = (
    "goal", "work", "req/s", "CPU ms", "× hello", "statements", "p50 / p99 ms", "found", "asked", "met",
)  # fmt: skip


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value that at least ``percent`` of the values do not exceed (nearest rank).

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values, no percentile")
    rank = max(1, math.ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]


def share_under(values: Sequence[float], limit: float) -> float:
    """Return which part of the values is below the limit, 0..1; of none all are."""
    return sum(value < limit for value in values) / len(values) if values else 1.0


@dataclass(frozen=True, slots=True)
class Run:
    """What driving the server with one kind of request gave.

    Attributes:
        seconds: how long it took.
        cpu_seconds: user and system time of the server's processes meanwhile.
        latencies: of each request in seconds, from its first byte sent to the last one read.
        first_bytes: of each request in seconds, up to the head of the answer.
        bodies: seconds inside the writing use cases, where the server told them.
        size: bytes of the largest answer, as it travelled.
    """

    seconds: float
    cpu_seconds: float
    latencies: tuple[float, ...]
    first_bytes: tuple[float, ...] = ()
    bodies: tuple[float, ...] = ()
    size: int = 0

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return len(self.latencies) / self.seconds

    @property
    def cpu_ms(self) -> float:
        """The server's milliseconds for one request."""
        return self.cpu_seconds * 1000 / len(self.latencies)

    @property
    def p50_ms(self) -> float:
        """Half of the requests are not slower."""
        return percentile(self.latencies, 50) * 1000

    @property
    def p99_ms(self) -> float:
        """Ninety-nine of a hundred are not slower."""
        return percentile(self.latencies, 99) * 1000


def joined(runs: Sequence[Run]) -> Run:
    """Return runs of the same work as one."""
    return Run(
        seconds=sum(run.seconds for run in runs),
        cpu_seconds=sum(run.cpu_seconds for run in runs),
        latencies=tuple(one for run in runs for one in run.latencies),
        first_bytes=tuple(one for run in runs for one in run.first_bytes),
        bodies=tuple(one for run in runs for one in run.bodies),
        size=max(run.size for run in runs),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, what was asked, and whether it was met (None: nothing was asked)."""

    goal: str
    work: str
    asked: str = ""
    found: str = ""
    is_met: bool | None = None
    rate: float | None = None
    cpu_ms: float | None = None
    ratio: float | None = None
    statements: int | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None

    @classmethod
    def of(cls, goal: str, work: str, run: Run, *, hello: Run | None = None, **more: Any) -> Row:
        """Return the line of a run; its ratio is that of CPU time to ``hello``."""
        return cls(
            goal,
            work,
            rate=run.rate,
            cpu_ms=run.cpu_ms,
            ratio=run.cpu_ms / hello.cpu_ms if hello else None,
            p50_ms=run.p50_ms,
            p99_ms=run.p99_ms,
            **more,
        )


def text_table(rows: Sequence[Row]) -> str:
    """Return the table as plain text, its columns one below the other."""
    lines = [HEADS, *map(_cells, rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def markdown_table(rows: Sequence[Row]) -> str:
    """Return the table as Markdown."""
    lines = [HEADS, tuple("---" for _ in HEADS), *map(_cells, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return the lines as JSON, unrounded."""
    return [asdict(row) for row in rows]


def _cells(row: Row) -> tuple[str, ...]:
    tail = f"{row.p50_ms:.1f} / {row.p99_ms:.1f}" if row.p50_ms is not None and row.p99_ms is not None else ""
    return (
        row.goal,
        row.work,
        "" if row.rate is None else f"{row.rate:,.0f}" if row.rate >= 10 else f"{row.rate:.1f}",
        "" if row.cpu_ms is None else f"{row.cpu_ms:.2f}",
        "" if row.ratio is None else f"{row.ratio:.1f}",
        "" if row.statements is None else str(row.statements),
        tail,
        row.found,
        row.asked,
        {True: "yes", False: "NO", None: ""}[row.is_met],
    )
