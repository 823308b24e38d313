"""Everybody at once: the same start, save, submit and grade fifty times, tabs, replays, and the last two seconds."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import func, select, update

from quizapp.core.permissions import OPERATOR, Actor
from quizapp.core.questions import Case
from quizapp.services.grades import refresh_grade
from quizapp.services.runtime import Work, use_case
from quizapp.storage.clock import clock_of
from quizapp.storage.tables import Assignment, Attempt, AuditEntry, Grade, ResponseHistory, Snapshot
from tests.builders.world import World
from tests.faults.browsers import Answer, signed_in
from tests.faults.place import Place, Result, Size
from tests.faults.servers import server_at
from tests.faults.writers import Writer, make_writers, result_of

AT_ONCE = 50
TABS = (2, 3, 4, 5)
MOST_REPLAYS = 5
SAVES_OF_A_PAGE = 20
LAST_SECONDS = 2.0

T = TypeVar("T")


@use_case
def grade_again(work: Work, actor: Actor, *, assignment_id: int, student_id: int) -> None:
    """Compute a cell of the gradebook anew, as marking, more time and a repaired key do."""
    refresh_grade(work, work.session.get_one(Assignment, assignment_id), student_id)


def at_once(place: Place, size: Size) -> Result:
    """Fifty starts, saves, submits and regrades at once give one try, the newest answer, one receipt, one grade."""
    world = World(place.runtime)
    world.content()
    classroom = world.classroom(world.teacher())
    student = world.student(classroom=classroom)
    assignment = world.assignment(classroom)
    with server_at(place, workers=1 if place.is_sqlite else 2) as server:
        first = signed_in(place.runtime, student, server.port)
        browsers = [replace(first) for _ in range(AT_ONCE)]
        starts = everybody(
            lambda one: one.fill_in(f"/assignments/{assignment}/attempts", case=Case.B.value), browsers
        )  # fmt: skip
        places = {answer.location for answer in starts}
        problems = [*_not(302, starts), "" if len(places) == 1 else f"starts led to {len(places)} places"]
        path = places.pop()
        lease = first.send(f"{path}/leases").told["lease"]
        saves = everybody(lambda one: one[0].send(f"{path}/responses", one[1]),
                          [(one, _text(lease, seq)) for seq, one in enumerate(browsers, 1)])  # fmt: skip
        submits = everybody(lambda one: one.send(f"{path}/submission", _text(lease, AT_ONCE)), browsers)
        receipts = {answer.told.get("receipt") for answer in submits}
        problems += [*_not(200, saves), *_not(200, submits)]
        problems.append("" if len(receipts) == 1 else f"{len(receipts)} receipts were given")
        everybody(
            lambda _: grade_again(
                place.runtime, OPERATOR, assignment_id=assignment, student_id=student.id
            ),
            browsers,
        )  # fmt: skip
    kept = sum(answer.status == 200 for answer in saves)
    return replace(result_of(place, []), saves=kept).found(*problems, *_counts(place, receipts.pop() or ""))


def _text(lease: int, seq: int) -> dict[str, Any]:
    # The sample quiz has its written question last.
    return {"v": 1, "lease": lease, "responses": [{"slot": 6, "seq": seq, "value": f"text {seq}"}]}


def _counts(place: Place, receipt: str) -> list[str]:
    """Return what there is not exactly one of, and whether the newest text was handed in."""
    with place.runtime.database.reading() as session:
        counts = {
            row.__tablename__: session.scalar(select(func.count()).select_from(row))
            for row in (Attempt, Snapshot, Grade)
        }
        told = select(func.count()).where(AuditEntry.action == "attempt.submitted")
        counts["hand-ins on record"] = session.scalar(told)
        snapshot = session.scalars(select(Snapshot)).one()
    newest = "" if f'"text {AT_ONCE}"' in snapshot.body else "not the newest text was handed in"
    same = "" if snapshot.receipt == receipt else "the receipt that was told is not the one that is stored"
    return [*(f"{count} {name}" for name, count in counts.items() if count != 1), newest, same]


def tabs(place: Place, size: Size) -> Result:
    """Two to five tabs of one student save at once: the newest tab's answer lies on top, no text is lost."""
    writers = make_writers(place, len(TABS))
    with server_at(place, workers=1 if place.is_sqlite else 2) as server:
        pages = [
            _tab(writer, server.port)
            for writer, count in zip(writers, TABS, strict=True)
            for _ in range(count)
        ]
        answers = [answer for told in everybody(_save_all, pages) for answer in told]
    statuses = {answer.status for answer in answers} - {200, 409}
    unkept = _not_in_history(place, pages)
    return result_of(place, pages).found(
        f"answers other than saved or newer elsewhere: {statuses}" if statuses else "",
        f"{unkept} texts of older tabs are nowhere" if unkept else "",
    )


def _tab(writer: Writer, port: int) -> Writer:
    browser = replace(writer.browser, port=port)
    lease = browser.send(f"/attempts/{writer.attempt_id}/leases").told["lease"]
    return replace(writer, browser=browser, lease=lease, acknowledged=set())


def _save_all(tab: Writer) -> list[Answer]:
    return [tab.save(seq) for seq in range(1, SAVES_OF_A_PAGE + 1)]


def _not_in_history(place: Place, pages: Sequence[Writer]) -> int:
    with place.runtime.database.reading() as session:
        rows = session.execute(select(ResponseHistory.attempt_id, ResponseHistory.value))
        kept = {(attempt_id, value) for attempt_id, value in rows}
    sent = {
        (one.attempt_id, one.text_of(one.lease, seq))
        for one in pages
        for seq in range(1, SAVES_OF_A_PAGE + 1)
    }
    return len(sent - kept)


def replays(place: Place, size: Size) -> Result:
    """Each save arrives one to six times, in any order, on several connections: each is acknowledged and kept once."""
    writers = make_writers(place, size.writers)
    chance = random.Random(5)
    with server_at(place, workers=1 if place.is_sqlite else 2) as server:
        parcels = []
        for writer in writers:
            writer.browser.port = server.port
            seqs = [
                seq
                for seq in range(1, SAVES_OF_A_PAGE + 1)
                for _ in range(1 + chance.randint(0, MOST_REPLAYS))
            ]
            chance.shuffle(seqs)
            copies = [replace(writer, browser=replace(writer.browser)) for _ in range(3)]
            parcels += [(copy, seqs[start::3]) for start, copy in enumerate(copies)]
        answers = [told for parcel in everybody(_save_each, parcels) for told in parcel]
    return result_of(place, writers).found(*_not(200, answers), *_not_once(place, writers))


def _save_each(parcel: tuple[Writer, list[int]]) -> list[Answer]:
    writer, seqs = parcel
    return [writer.save(seq) for seq in seqs]


def _not_once(place: Place, writers: Sequence[Writer]) -> list[str]:
    with place.runtime.database.reading() as session:
        rows = session.execute(
            select(ResponseHistory.attempt_id, ResponseHistory.seq, func.count()).group_by(
                ResponseHistory.attempt_id, ResponseHistory.seq
            )
        ).all()
    counts = {(attempt_id, seq): count for attempt_id, seq, count in rows}
    wanted = [(one.attempt_id, seq) for one in writers for seq in range(1, SAVES_OF_A_PAGE + 1)]
    wrong = {counts.get(one, 0) for one in wanted} - {1}
    return [f"saves stand {wrong} times in the history"] if wrong else []


def rush(place: Place, size: Size) -> Result:
    """Everybody hands in within the last two seconds, each with a last answer: each gets a receipt for it."""
    writers = make_writers(place, size.students)
    with server_at(place, workers=1 if place.is_sqlite else 2) as server:
        for one in writers:
            one.browser.port = server.port
        ends = time.monotonic() + LAST_SECONDS + 1
        with place.runtime.database.writing() as session:
            deadline = clock_of(place.runtime.database.engine)() + timedelta(seconds=LAST_SECONDS + 1)
            session.execute(update(Attempt).values(deadline_at=deadline))
        chance = random.Random(300)
        planned = [(one, ends - chance.uniform(0, LAST_SECONDS)) for one in writers]
        began = time.monotonic()
        answers = everybody(_hand_in_at, planned)
        took = time.monotonic() - began
    without = sum(not answer.told.get("receipt") for answer in answers if answer.status == 200)
    return result_of(place, writers, max(0.0, took - LAST_SECONDS - 1)).found(
        *_not(200, answers),
        f"{without} got no receipt" if without else "",
        *_not_handed_in(place, writers),
    )


def _hand_in_at(planned: tuple[Writer, float]) -> Answer:
    writer, at = planned
    time.sleep(max(0.0, at - time.monotonic()))
    answer = writer.browser.send(f"/attempts/{writer.attempt_id}/submission", writer.body(1))
    if answer.status == 200:
        writer.acknowledged.add((writer.lease, 1))
    writer.browser.close()
    return answer


def _not_handed_in(place: Place, writers: Sequence[Writer]) -> list[str]:
    with place.runtime.database.reading() as session:
        rows = session.execute(select(Snapshot.attempt_id, Snapshot.body))
        bodies = dict(rows.all())
    missing = sum(one.text_of(one.lease, 1) not in bodies.get(one.attempt_id, "") for one in writers)
    return [f"{missing} last answers are not in what was handed in"] if missing else []


def everybody(deed: Callable[[T], Any], who: Iterable[T]) -> list[Any]:
    """Do a deed for everybody at the same moment and return what came of each."""
    people = list(who)
    ready = threading.Barrier(len(people))

    def do(one: T) -> Any:
        ready.wait(60)
        return deed(one)

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(do, people))


def _not(status: int, answers: Iterable[Answer]) -> list[str]:
    others = [answer for answer in answers if answer.status != status]
    return (
        [f"{len(others)} answers were not {status}, first {others[0].status} {others[0].text[:120]}"]
        if others
        else []
    )
