"""Clocks that jump, and clocks that disagree: no deadline moves, no save goes backwards, nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import select

from quizapp.storage.tables import Attempt, Response
from tests.faults.browsers import Answer
from tests.faults.conditions import say
from tests.faults.place import Place, Result, Size
from tests.faults.servers import CONDITIONED, servers_at
from tests.faults.writers import Writer, make_writers, result_of

HOUR, DAY = 3600, 86_400
JUMPS = (0, HOUR, 0, -HOUR, DAY, -DAY, 0)
LIMIT_SECONDS = 1800
APART_SECONDS = 120


def jumps(place: Place, size: Size) -> Result:
    """The machine's clock jumps by an hour and a day, both ways, under saves at homework and at a timed quiz."""
    homework = make_writers(place, 2)
    timed = make_writers(place, 2, limit_seconds=LIMIT_SECONDS)
    deadlines = _deadlines(place)
    problems, seen = [], []
    with servers_at(place) as servers:
        port = servers.start(CONDITIONED).port
        for one in (*homework, *timed):
            one.browser.port = port
        for ahead in JUMPS:
            say(place.folder, "clock_ahead", ahead)
            problems += [_unexpected(place, one, _save(one), ahead, is_timed=False) for one in homework]
            if ahead <= 0:
                problems += [_unexpected(place, one, _save(one), ahead, is_timed=True) for one in timed]
            seen.append(_saved_at(place))
        say(place.folder, "clock_ahead", HOUR)
        problems += [_unexpected(place, one, _save(one), HOUR, is_timed=True) for one in timed]
    moved = "a deadline moved" if _deadlines(place) != deadlines else ""
    return result_of(place, (*homework, *timed)).found(*problems, moved, *_backwards(seen))


def apart(place: Place, size: Size) -> Result:
    """Two workers whose machines are two minutes apart tell the same time and end a quiz at the same instant."""
    writers = make_writers(place, 2, limit_seconds=LIMIT_SECONDS)
    told = []
    with servers_at(place) as servers:
        say(place.folder, "clock_ahead", APART_SECONDS)
        ahead = servers.start(CONDITIONED).port
        here = servers.start().port
        for port in (here, ahead, here, ahead):
            for one in writers:
                one.browser.close()
                one.browser.port = port
                told.append(_save(one).told)
    times = [datetime.fromisoformat(one["server_time"]) for one in told]
    steps = [after - before for before, after in pairwise(times)]
    wrong = [step for step in steps if not timedelta() <= step < timedelta(seconds=60)]
    return result_of(place, writers).found(
        f"their times are {wrong[0]} apart" if wrong else "",
        "their deadlines differ" if len({one["deadline"] for one in told}) > len(writers) else "",
    )


def _save(writer: Writer) -> Answer:
    answer = writer.save(writer.seq)
    writer.seq += 1
    return answer


def _unexpected(place: Place, writer: Writer, answer: Answer, ahead: int, *, is_timed: bool) -> str:
    """Return in words what an answer should not have been."""
    expected = {200}
    if place.is_sqlite and ahead == HOUR and is_timed:
        expected = {409}  # too late by the only clock that there is; the answer is kept as such
    if place.is_sqlite and ahead == DAY:
        expected = {401}  # the sign-in has ended by then: the page keeps the answer and asks to sign in
    if answer.status in expected:
        return ""
    return f"a save of try {writer.attempt_id} answered {answer.status} with the clock {ahead} s ahead"


def _deadlines(place: Place) -> Sequence[object]:
    with place.runtime.database.reading() as session:
        return session.execute(select(Attempt.id, Attempt.deadline_at).order_by(Attempt.id)).all()


def _saved_at(place: Place) -> dict[tuple[int, int], datetime]:
    with place.runtime.database.reading() as session:
        rows = session.execute(select(Response.attempt_id, Response.slot, Response.saved_at))
        return {(row.attempt_id, row.slot): row.saved_at for row in rows}


def _backwards(seen: Sequence[dict[tuple[int, int], datetime]]) -> list[str]:
    """Return answers that seemed older after a later save."""
    return [
        f"the answer to {where} seems older than the one before"
        for before, after in pairwise(seen)
        for where, saved_at in before.items()
        if after[where] < saved_at
    ]
