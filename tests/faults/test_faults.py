"""The short form: every fault that needs no root, on both engines; and what the table of the long form says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from tests.faults.__main__ import is_good, row_of
from tests.faults.disk_writes import flushes_of
from tests.faults.place import SHORT, Place, Result, Size, make_place
from tests.faults.suite import FAULTS, Fault, run_fault
from tests.support.postgres import create_database

SHORT_FAULTS = [fault for fault in FAULTS if fault.is_short]
CONTROL = next(fault for fault in FAULTS if fault.is_control)
KILLS = FAULTS[0]


@pytest.fixture
def place_on(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Place]]:
    """Makes places, with a database of their own."""
    made: list[Place] = []

    def new_url(engine: str) -> str:
        if engine == "postgresql":
            server = make_url(request.getfixturevalue("postgresql_url"))
            made = create_database(server, f"{server.database}_{uuid4().hex[:8]}")
            return made.render_as_string(hide_password=False)
        return f"sqlite:///{tmp_path / uuid4().hex[:8]}.db"

    def make(engine: str) -> Place:
        made.append(replace(make_place(engine, new_url(engine), tmp_path), new_url=new_url))
        return made[-1]

    yield make
    for place in made:
        place.runtime.database.engine.dispose()


@pytest.mark.parametrize(
    ("fault", "engine"),
    [
        pytest.param(fault, engine, id=f"{fault.name}-{engine}")
        for fault in SHORT_FAULTS
        for engine in fault.engines
    ],
)
def test_nothing_acknowledged_is_lost(fault: Fault, engine: str, place_on: Callable[[str], Place]) -> None:
    result = run_fault(fault, place_on(engine), SHORT)

    assert fault.passed(result), result
    assert result.saves > 0


@pytest.mark.parametrize(
    ("fault", "result", "told", "passes"),
    [
        (KILLS, Result(saves=7), "fine", True),
        (KILLS, Result(saves=7, lost=1), "LOST", False),
        (KILLS, Result(needs="root"), "NOT RUN: needs root", False),
        (KILLS, Result(saves=7).found("", "a page answered 500"), "a page answered 500", False),
        (CONTROL, Result(saves=7, lost=3), "caught", True),
        (CONTROL, Result(saves=7), "NOT CAUGHT", False),
        (CONTROL, Result(needs="root"), "NOT RUN: needs root", False),
    ],
)
def test_a_run_is_good_only_when_nothing_is_lost_or_left_out_and_the_control_is_caught(
    fault: Fault, result: Result, told: str, passes: bool
) -> None:
    assert row_of(fault, "sqlite", result)[-1] == told
    assert is_good([(fault, result)]) is passes


def test_a_run_of_nothing_is_not_good() -> None:
    assert not is_good([])


def test_a_fault_that_takes_too_long_is_given_up(place_on: Callable[[str], Place]) -> None:
    def run(_place: Place, _size: Size) -> Result:
        threading.Event().wait(60)
        return Result()

    fault = Fault("endless", "endless", run, limit_seconds=1)

    result = run_fault(fault, place_on("sqlite"), SHORT)

    assert result.problems == ("not done after 1 s",)


def test_flushes_are_read_from_a_trace_whole_or_in_two_lines() -> None:
    trace = (
        "11 1700000000.500000 fdatasync(9) = 0 <0.250000>\n"
        "12 1700000001.000000 fdatasync(9 <unfinished ...>\n"
        "11 1700000001.100000 fdatasync(8) = -1 ENOSPC (No space left on device) <0.000100>\n"
        "12 1700000001.750000 <... fdatasync resumed>) = 0 <0.750000>\n"
    )

    assert flushes_of(trace) == [(1700000000.5, 1700000000.75), (1700000001.0, 1700000001.75)]
