"""What a use case runs in: one unit of work, one instant, one retry policy."""

from __future__ import annotations

import functools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from quizapp.core.errors import Busy
from quizapp.core.permissions import Actor
from quizapp.services.passwords import Passwords
from quizapp.services.shelf import Shelf
from quizapp.storage.clock import Clock
from quizapp.storage.unit_of_work import OUT_OF_REACH, Database, is_out_of_reach, may_run_again

P = ParamSpec("P")
R = TypeVar("R")

MAX_RUNS = 5
PAUSE_SECONDS = 0.02
PATIENCE_SECONDS = 5.0
"""No run begins later: where SQLite is locked from outside, each has already waited for its time limit."""


@dataclass(frozen=True)
class Runtime:
    """Everything that use cases need from outside: database, clock, passwords, the shelf of content."""

    database: Database
    clock: Clock
    passwords: Passwords
    shelf: Shelf = field(default_factory=Shelf)


@dataclass(frozen=True, slots=True)
class Work:
    """One unit of work: a session inside its transaction and the instant at which all of it happens."""

    session: Session
    now: datetime
    runtime: Runtime


def use_case(
    function: Callable[Concatenate[Work, Actor, P], R],
) -> Callable[Concatenate[Runtime, Actor, P], R]:
    """Make a function of ``(work, actor, …)`` a use case that is called with ``(runtime, actor, …)``.

    Opens the one transaction, commits when the function returns, rolls back when it raises, and runs the
    function again whole on deadlock, serialization failure or a lock that SQLite would not wait for.
    """

    @functools.wraps(function)
    def run(runtime: Runtime, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        began = time.monotonic()
        for attempt in range(1, MAX_RUNS + 1):
            try:
                with runtime.database.writing() as session:
                    return function(Work(session, runtime.clock(), runtime), actor, *args, **kwargs)
            except DBAPIError as error:
                _wait_or_give_up(error, attempt, began)
        raise AssertionError("unreachable")

    return run


def reading(
    function: Callable[Concatenate[Work, Actor, P], R],
) -> Callable[Concatenate[Runtime, Actor, P], R]:
    """Make a function of ``(work, actor, …)`` a reading: one state of the data, nothing stored."""

    @functools.wraps(function)
    def run(runtime: Runtime, actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
        began = time.monotonic()
        for attempt in range(1, MAX_RUNS + 1):
            try:
                with runtime.database.reading() as session:
                    return function(Work(session, runtime.clock(), runtime), actor, *args, **kwargs)
            except DBAPIError as error:
                _wait_or_give_up(error, attempt, began)
        raise AssertionError("unreachable")

    return run


def _wait_or_give_up(error: DBAPIError, attempt: int, began: float) -> None:
    may_wait = attempt < MAX_RUNS and time.monotonic() - began < PATIENCE_SECONDS
    if may_run_again(error) and may_wait:
        # Two that met once should not meet again at the same instant.
        time.sleep(PAUSE_SECONDS * 2**attempt * random.random())  # noqa: S311 - jitter, not a secret
        return
    if is_out_of_reach(error) or may_run_again(error):
        raise Busy(OUT_OF_REACH) from error
    raise error
