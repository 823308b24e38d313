"""Processes that end: killed without a warning, asked to stop, and one that promises too early."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import select

from quizapp.cli.serve import THREADS
from quizapp.storage.tables import Attempt
from tests.faults.browsers import NotAnswered
from tests.faults.place import RECOVERS_WITHIN_SECONDS, Place, Result, Size
from tests.faults.servers import FORGETFUL, HONEST, servers_at
from tests.faults.writers import Writer, make_writers, result_of, writing
from tests.support.server import free_port


def kills(place: Place, size: Size) -> Result:
    """kill -9 of all processes of the server under writers, again and again."""
    return _written_and_killed(place, size, HONEST)


def acknowledged_from_a_queue(place: Place, size: Size) -> Result:
    """The negative control: a server that says "saved" a moment before it is true. Its small losses must be caught."""
    return _written_and_killed(place, replace(size, kills=3, saves=180, writers=4), FORGETFUL)


def _written_and_killed(place: Place, size: Size, application: str) -> Result:
    writers = make_writers(place, size.writers)
    chance, port, recoveries = random.Random(20), free_port(), [0.0]
    workers = 1 if place.is_sqlite else size.workers
    with servers_at(place) as servers, writing(writers, port) as load:
        for number in range(1, size.kills + 1):
            began = time.monotonic()
            server = servers.start(application, port=port, workers=workers)
            if not load.wait_for(load.saves + 1):
                return result_of(place, writers).found(f"no save was acknowledged after kill {number - 1}")
            recoveries.append(time.monotonic() - began)
            time.sleep(chance.uniform(0.05, 0.3))
            load.wait_for(size.saves * number // size.kills, within_seconds=120)
            server.kill()
    few = "" if sum(len(one.acknowledged) for one in writers) >= size.saves else "too few saves were made"
    return result_of(place, writers, max(recoveries)).found(few)


def asked_to_stop(place: Place, size: Size) -> Result:
    """SIGTERM during saves: what is in flight is answered, what is acknowledged is there."""
    # Not more than the server has threads: the others would wait in line, which nobody has promised to answer.
    writers = make_writers(place, min(size.writers, THREADS // 2))
    problems = []
    with servers_at(place) as servers:
        port = free_port()
        server = servers.start(port=port)
        for one in writers:
            one.browser.port = port
        with ThreadPoolExecutor(len(writers)) as pool:
            with _every_save_held(place):
                told = [pool.submit(_status_of, one) for one in writers]
                time.sleep(1.0)
                server.ask_to_stop()
                time.sleep(0.5)
            unanswered = [one.result() for one in told if one.result() != 200]
        if unanswered:
            problems.append(f"{len(unanswered)} saves in flight were not acknowledged: {unanswered[:3]}")
        if not server.has_ended(RECOVERS_WITHIN_SECONDS):
            problems.append("the server did not stop")
            server.kill()
        server = servers.start(port=port)
        with writing(writers, port) as load:
            load.wait_for(load.saves + 10 * len(writers))
            server.ask_to_stop()
            server.has_ended(RECOVERS_WITHIN_SECONDS)
            servers.start(port=port)
            recovery = load.recovery_seconds()
    return result_of(place, writers, recovery).found(*problems)


def _status_of(writer: Writer) -> int:
    try:
        status = writer.save(writer.seq).status
    except NotAnswered:
        status = 0
    writer.seq += 1
    return status


@contextmanager
def _every_save_held(place: Place) -> Iterator[None]:
    """Hold what every save needs: on SQLite the one writer's place, on PostgreSQL the rows of the tries."""
    with place.runtime.database.writing() as session:
        session.execute(select(Attempt.id).with_for_update())
        yield
