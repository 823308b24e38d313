"""Every fault, by name."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from tests.faults import backups, clocks, disk_writes, disks, kills, migrations, outages, people, races
from tests.faults.place import Place, Result, Size

BOTH = ("sqlite", "postgresql")
POSTGRESQL = ("postgresql",)
SQLITE = ("sqlite",)


@dataclass(frozen=True)
class Fault:
    """Something that is broken on purpose.

    Attributes:
        name: its name on the command line.
        words: its name in the table.
        run: what breaks it, and looks afterwards.
        engines: where it can happen.
        is_control: the server is wrong on purpose, and the fault must find losses.
        is_short: it needs no root and is part of every run of the tests.
        limit_seconds: at most this long, in the long form.
    """

    name: str
    words: str
    run: Callable[[Place, Size], Result]
    engines: tuple[str, ...] = BOTH
    is_control: bool = False
    is_short: bool = True
    limit_seconds: int = 300

    def passed(self, result: Result) -> bool:
        """Say whether what came of it is what was promised."""
        if self.is_control:
            return result.lost > 0 and not result.needs
        return result.is_good


FAULTS = (
    Fault("kills", "kill -9 of all processes", kills.kills, limit_seconds=3600),
    Fault(
        "control",
        "control: acknowledged 50 ms too early",
        kills.acknowledged_from_a_queue,
        is_control=True,
    ),
    Fault("stop", "SIGTERM during saves", kills.asked_to_stop),
    Fault("replays", "each save 1 to 6 times, in any order", races.replays),
    Fault("tabs", "two to five tabs", races.tabs),
    Fault("at-once", "50 starts, saves, submits, regrades at once", races.at_once),
    Fault("rush", "everybody hands in within 2 s", races.rush),
    Fault("jumps", "clock jumps of an hour and a day", clocks.jumps),
    Fault("apart", "two workers two minutes apart", clocks.apart, POSTGRESQL),
    Fault("pages", "full disk (no more pages)", disks.full_by_pages, SQLITE),
    Fault("disk", "full disk (small tmpfs)", disks.full_for_real, is_short=False),
    Fault("locked-out", "sign-out, new PIN, suspension in mid-attempt", people.locked_out),
    Fault("pause", "a pause between two saves", people.pause),
    Fault("migration", "migration killed half-way", migrations.killed_half_way),
    Fault("backup", "backup under writers, restored on the other engine", backups.backed_up_under_load),
    Fault("flush", "flushed before each acknowledgement (strace)", disk_writes.flushed_first, is_short=False),
    Fault("slow", "slow database", outages.slow, POSTGRESQL),
    Fault("stalled", "silent database", outages.stalled, POSTGRESQL),
    Fault("cut", "connections to the database reset", outages.cut_off, POSTGRESQL),
    Fault("restart", "pg_ctl restart -m immediate", outages.restarted, POSTGRESQL, is_short=False, limit_seconds=900),
)  # fmt: skip


class TookTooLong(Exception):
    """A fault did not end in its time."""


def run_fault(fault: Fault, place: Place, size: Size) -> Result:
    """Run a fault in its time; what goes wrong in it is a problem of its result."""
    try:
        with _at_most(fault.limit_seconds):
            return fault.run(place, size)
    except TookTooLong:
        return Result(problems=(f"not done after {fault.limit_seconds} s",))
    except Exception:  # noqa: BLE001 - the table tells of every fault, also of one that broke the test itself
        return Result(problems=(traceback.format_exc().strip().replace("\n", " | ")[-1500:],))


@contextmanager
def _at_most(seconds: int) -> Iterator[None]:
    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
