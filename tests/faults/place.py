"""Where a fault happens, how large it is, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from quizapp.core.permissions import OPERATOR
from quizapp.services.invariants import broken_invariants
from quizapp.services.passwords import CHEAPEST, Passwords
from quizapp.services.runtime import Runtime
from quizapp.storage.clock import system_clock
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import upgrade
from quizapp.storage.unit_of_work import EngineDatabase

PEPPER = "pepper of the tests"
FOLDER = "FAULTS_FOLDER"
"""The variable in which a server finds the folder of its place."""
RECOVERS_WITHIN_SECONDS = 30.0
"""Generous: the machine may be busy with other things. Nobody needs an operator before it."""


def no_restart() -> None:
    """Say that this database belongs to others too."""
    raise LookupError("this database can't be restarted: others use it")


def no_other(engine: str) -> str:
    """Say that nobody makes further databases here."""
    raise LookupError(f"no further {engine} database can be made here")


@dataclass(frozen=True)
class Place:
    """A database of one scenario's own, really committed to, and a folder for its files."""

    engine: str
    url: str
    folder: Path
    runtime: Runtime
    restart_database: Callable[[], None] = no_restart
    new_url: Callable[[str], str] = no_other

    @property
    def is_sqlite(self) -> bool:
        return self.engine == "sqlite"

    def by(self, url: str) -> Place:
        """Return the same place, which servers reach by another address."""
        return replace(self, url=url)


def make_place(engine: str, url: str, folder: Path) -> Place:
    """Return a place whose database has this release's schema."""
    made = make_engine(url)
    upgrade(made)
    return place_of(engine, url, folder, Runtime(EngineDatabase(made), system_clock, cheap_passwords()))


def place_of(engine: str, url: str, folder: Path, runtime: Runtime) -> Place:
    """Return the place of a runtime, by the clock of this machine, as the server has it."""
    return Place(engine, url, folder, replace(runtime, clock=system_clock))


def cheap_passwords() -> Passwords:
    return Passwords(PEPPER, CHEAPEST)


@dataclass(frozen=True)
class Size:
    """How much of a fault: enough for every run of the tests, or for half an hour.

    Attributes:
        kills: of the servers on each engine.
        saves: between the kills on each engine, at least.
        workers: of a server on PostgreSQL that is killed. On SQLite there is one.
    """

    kills: int = 20
    saves: int = 500
    writers: int = 8
    workers: int = 1
    students: int = 100
    pause_seconds: float = 2.5
    outage_seconds: float = 2.5


SHORT = Size()
LONG = Size(
    kills=250, saves=50_000, writers=100, workers=2, students=300, pause_seconds=80.0, outage_seconds=10.0
)  # fmt: skip


@dataclass(frozen=True)
class Result:
    """What came of a fault.

    Attributes:
        saves: answers that the server acknowledged.
        lost: those of them that are not stored, or lie under something older.
        recovery_seconds: from the end of the fault to the first answer of every writer.
        problems: whatever else must not be, in words.
        needs: what this machine would need to run it; empty where it ran.
    """

    saves: int = 0
    lost: int = 0
    recovery_seconds: float | None = None
    problems: tuple[str, ...] = ()
    needs: str = ""

    @property
    def is_good(self) -> bool:
        return not self.lost and not self.problems and not self.needs

    def found(self, *problems: str) -> Result:
        """Return the same with further problems; empty ones are none."""
        return replace(self, problems=(*self.problems, *(one for one in problems if one)))


def broken_promises_of(place: Place) -> tuple[str, ...]:
    """Return what ``quizapp doctor`` would complain about."""
    return tuple(
        f"{finding.promise}: {finding.broken} broken"
        for finding in broken_invariants(place.runtime, OPERATOR)
        if finding.broken
    )
