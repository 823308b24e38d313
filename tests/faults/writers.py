"""Students who write all the time, and what became of every answer that they were told is saved."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from quizapp.core.questions import Case
from quizapp.services.attempts import start_attempt
from quizapp.services.saving import take_lease
from quizapp.storage.tables import Response, ResponseHistory
from tests.builders.sitting import asked_of
from tests.builders.world import A, World
from tests.faults.browsers import Answer, Browser, NotAnswered, signed_in
from tests.faults.place import RECOVERS_WITHIN_SECONDS, Place, Result, broken_promises_of

PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 0.4
"""Between two sendings to a server that is away: a hundred writers would keep it from starting."""


@dataclass
class Writer:
    """A student's page: it sends the next answer as soon as the one before is saved, and else the same again."""

    student: A
    browser: Browser
    attempt_id: int
    slot: int
    lease: int
    seq: int = 1
    acknowledged: set[tuple[int, int]] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)

    def text_of(self, lease: int, seq: int) -> str:
        return f"answer {lease}.{seq} of try {self.attempt_id}"

    def body(self, seq: int) -> dict[str, Any]:
        """Return the save of one answer as the page sends it."""
        answer = {"slot": self.slot, "seq": seq, "value": self.text_of(self.lease, seq)}
        return {"v": 1, "lease": self.lease, "responses": [answer]}

    def save(self, seq: int) -> Answer:
        """Send an answer, and note it when the server says that it is saved.

        Raises:
            NotAnswered: nothing is known about what became of it.
        """
        answer = self.browser.send(f"/attempts/{self.attempt_id}/responses", self.body(seq))
        if answer.status == 200:
            assert all(one["is_kept"] for one in answer.told["responses"]), answer.text
            self.acknowledged.add((self.lease, seq))
        return answer

    def write_until(self, stop: threading.Event) -> None:
        """Go on answering."""
        pause = PAUSE_SECONDS
        while not stop.is_set():
            try:
                answer = self.save(self.seq)
            except NotAnswered:
                stop.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
                continue
            pause = PAUSE_SECONDS
            if answer.status == 200:
                self.seq += 1
            elif answer.status == 503:
                self.refused.append(answer.text)
                stop.wait(PAUSE_SECONDS)
            else:
                self.strange.append(f"{answer.status} {answer.text[:200]}")
                stop.wait(10 * PAUSE_SECONDS)
        self.browser.close()


def make_writers(place: Place, count: int, *, port: int = 0, **rules: Any) -> list[Writer]:
    """Return students of one class, each with an open try at one quiz and a lease of the own page."""
    world = World(place.runtime)
    world.content()
    classroom = world.classroom(world.teacher())
    assignment = world.assignment(classroom, **rules)
    made = []
    for _ in range(count):
        student = world.student(classroom=classroom)
        started = start_attempt(place.runtime, student.actor, assignment_id=assignment, case=Case.B)
        asked = asked_of(place.runtime, student.actor, attempt_id=started.attempt_id)
        made.append(
            Writer(
                student=student,
                browser=signed_in(place.runtime, student, port),
                attempt_id=started.attempt_id,
                slot=next(one.slot for one in asked if one.type.name == "short_construct"),
                lease=take_lease(place.runtime, student.actor, attempt_id=started.attempt_id).lease,
            )
        )
    return made


class Load:
    """Writers at work."""

    def __init__(self, writers: Sequence[Writer]) -> None:
        self.writers = writers

    @property
    def saves(self) -> int:
        return sum(len(one.acknowledged) for one in self.writers)

    def wait_for(self, saves: int, within_seconds: float = RECOVERS_WITHIN_SECONDS) -> bool:
        """Wait until so many answers are saved in all."""
        return wait_until(lambda: self.saves >= saves, within_seconds)

    def recovery_seconds(self) -> float | None:
        """Return how long it takes from now until every writer was told of a save again; None for too long."""
        began, before = time.monotonic(), [len(one.acknowledged) for one in self.writers]

        def all_went_on() -> bool:
            return all(len(one.acknowledged) > count for one, count in zip(self.writers, before, strict=True))

        return time.monotonic() - began if wait_until(all_went_on, RECOVERS_WITHIN_SECONDS) else None


@contextmanager
def writing(writers: Sequence[Writer], port: int) -> Iterator[Load]:
    """Let writers write while the block runs; a server that is away is no reason to stop."""
    stop = threading.Event()
    for one in writers:
        one.browser.port = port
    threads = [threading.Thread(target=one.write_until, args=(stop,), daemon=True) for one in writers]
    for thread in threads:
        thread.start()
    try:
        yield Load(writers)
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=90)


def wait_until(is_so: Callable[[], bool], within_seconds: float) -> bool:
    """Wait for something; say whether it came in time."""
    end = time.monotonic() + within_seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def lost_of(place: Place, writers: Sequence[Writer]) -> list[str]:
    """Return what was acknowledged and is not in the history, or lies under something older."""
    kept, newest = stored_at(place)
    return [
        f"{order} of try {one.attempt_id}"
        for one in writers
        for order in one.acknowledged
        if kept.get((one.attempt_id, one.slot, *order)) != one.text_of(*order)
        or newest.get((one.attempt_id, one.slot), (0, 0)) < order
    ]


def half_written_of(place: Place) -> list[str]:
    """Return stored answers whose line in the history is missing: both are written in one transaction."""
    kept, newest = stored_at(place)
    return [f"{where} has no history" for where, order in newest.items() if (*where, *order) not in kept]


def stored_at(place: Place) -> tuple[dict[tuple[int, ...], Any], dict[tuple[int, int], tuple[int, int]]]:
    """Return the history by try, question, lease and number, and the order of what is stored now."""
    with place.runtime.database.reading() as session:
        history = session.execute(
            select(
                ResponseHistory.attempt_id,
                ResponseHistory.slot,
                ResponseHistory.lease,
                ResponseHistory.seq,
                ResponseHistory.value,
            )
        )
        kept = {(row[0], row[1], row[2], row[3]): row[4] for row in history}
        rows = session.execute(select(Response.attempt_id, Response.slot, Response.lease, Response.seq))
        newest = {(row[0], row[1]): (row[2], row[3]) for row in rows}
    return kept, newest


def result_of(place: Place, writers: Sequence[Writer], recovery_seconds: float | None = None) -> Result:
    """Return what came of a fault under these writers."""
    return Result(
        saves=sum(len(one.acknowledged) for one in writers),
        lost=len(lost_of(place, writers)),
        recovery_seconds=recovery_seconds,
        problems=(
            *(text for one in writers for text in one.strange[:1]),
            *half_written_of(place)[:3],
            *broken_promises_of(place),
        ),
    )
