"""What is measured, goal by goal."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, cycle
from threading import Event, Thread

from flask import Flask
from sqlalchemy import Engine, event

from quizapp.services.passwords import Passwords
from quizapp.storage.unit_of_work import EngineDatabase
from tests.builders.world import PIN
from tests.performance.driving import Call, Connection, drive
from tests.performance.figures import Row, Run, joined, share_under
from tests.performance.passports import Passport, passport
from tests.performance.school import LESSON, BenchSchool, OpenTry
from tests.performance.servers import PinnedServer
from tests.support.statements import count_statements

CONNECTIONS = 8
SCREENS = 8
MOST_BODY_SECONDS = 0.020


@dataclass(frozen=True, slots=True)
class Bench:
    """The school with its server, an application in this process for counting, and how long each work is driven."""

    school: BenchSchool
    server: PinnedServer
    app: Flask
    seconds: float

    def passport(self, place: int) -> Passport:
        """Return the passport of the sitter at that place."""
        return passport(self.app, self.school.runtime, self.school.sitters[place])

    @property
    def engine(self) -> Engine:
        """The engine of the application in this process."""
        database = self.school.runtime.database
        assert isinstance(database, EngineDatabase)
        return database.engine

    def drive(self, plans: Sequence[Iterator[Call]]) -> Run:
        """Drive the server for this bench's time."""
        return drive(self.server, plans, self.seconds)

    def drive_warm(self, plans: Sequence[Iterator[Call]]) -> Run:
        """Drive pages whose templates the server has compiled and whose content it knows."""
        drive(self.server, plans, self.seconds / 4)
        return self.drive(plans)

    def statements(self, call: Call) -> int:
        """Return how many statements a request sends, of an application that has answered one like it before."""
        return len(self.sent(call)[0])

    def sent(self, call: Call) -> tuple[list[str], int]:
        """Return the statements that a request sends, and how many commits it takes."""
        client = self.app.test_client(use_cookies=False)
        commits = count()

        def note(*_: object) -> None:
            next(commits)

        event.listen(self.engine, "commit", note)
        try:
            with count_statements(self.engine) as sent:
                answer = client.open(
                    call.path,
                    method=call.method,
                    headers=dict(call.headers),
                    data=call.body,
                    base_url="https://127.0.0.1",
                )
        finally:
            event.remove(self.engine, "commit", note)
        assert answer.status_code == call.status, (call.path, answer.status, answer.text[:300])
        return sent, next(commits)


def hello(bench: Bench, bare: PinnedServer, passports: Sequence[Passport]) -> tuple[Run, Run]:
    """Return what one word costs: of bare Flask, and through the whole stack."""
    of_bare = drive(bare, [cycle([Call("/", {})]) for _ in passports], bench.seconds)
    return of_bare, bench.drive_warm([cycle([one.get("/hello")]) for one in passports])


def hello_rows(before: tuple[Run, Run], after: tuple[Run, Run]) -> list[Row]:
    """Return the lines of both hellos, each measured before and after everything else."""
    bare, stack = (joined(pair) for pair in zip(before, after, strict=True))
    times = stack.cpu_ms / bare.cpu_ms
    drift = after[1].cpu_ms / before[1].cpu_ms
    return [
        Row.of("", "bare Flask hello", bare, hello=stack),
        Row.of("", "stack hello", stack, hello=stack, statements=1, asked="5× bare", found=f"{times:.1f}× bare, after ÷ before {drift:.2f}", is_met=times <= 5),
    ]  # fmt: skip


def lesson_screen(bench: Bench, passports: Sequence[Passport], hello: Run) -> Row:
    """Goal 1: the screens of a lesson, one after the other."""
    plans = [
        cycle([one.get(f"/lessons/{LESSON}/{number}") for number in range(1, SCREENS + 1)])
        for one in passports
    ]
    statements = max(_warm_statements(bench, next(plans[0])) for _ in range(SCREENS))
    run = bench.drive_warm(plans)
    return _ratio_row("1", "lesson screen", run, hello, 3, statements, 3)


def quiz_page(bench: Bench, passports: Sequence[Passport], hello: Run) -> Row:
    """Goal 4: a quiz of twenty mixed questions."""
    plans = [
        cycle([one.get(f"/attempts/{open_try.attempt_id}")])
        for one, open_try in zip(passports, bench.school.saving, strict=False)
    ]
    statements = _warm_statements(bench, next(plans[0]))
    return _ratio_row(
        "4", "quiz page, 20 mixed questions", bench.drive_warm(plans), hello, 8, statements, None
    )


def saves(one: Passport, open_try: OpenTry, first: int) -> Iterator[Call]:
    """Save one answer after the other, round and round, each newer than the one before."""
    slots = cycle(open_try.answers)
    for seq in count(first):
        slot = next(slots)
        answer = {"slot": slot, "seq": seq, "value": open_try.answers[slot]}
        body = {"v": 1, "lease": open_try.lease, "responses": [answer]}
        yield one.send(f"/attempts/{open_try.attempt_id}/responses", body)


def save_plans(bench: Bench, passports: Sequence[Passport]) -> list[Iterator[Call]]:
    """Return a plan of saves for each passport, newer than those of every plan before."""
    first = time.time_ns() // 1_000_000
    return [
        saves(one, open_try, first) for one, open_try in zip(passports, bench.school.saving, strict=False)
    ]


def save(bench: Bench, passports: Sequence[Passport], hello: Run) -> tuple[Row, Run]:
    """Goal 2: save one answer, its history included."""
    counting = save_plans(bench, passports)[0]
    bench.statements(next(counting))
    sent, commits = bench.sent(next(counting))
    time.sleep(0.01)
    run = bench.drive(save_plans(bench, passports))
    row = _ratio_row("2", "save one answer", run, hello, 3, len(sent), 4)
    is_one = commits == 1
    return replace(
        row, asked="3×, 4, one commit", found=f"{commits} commit", is_met=row.is_met and is_one
    ), run


def save_tail(bench: Bench, passports: Sequence[Passport]) -> Row:
    """Goal 3: the slowest of 32 that save at once."""
    run = bench.drive(save_plans(bench, passports))
    times = run.p99_ms / run.p50_ms
    return Row.of(
        "3",
        f"save, {len(passports)} connections",
        run,
        asked="p99 2.5× p50, no error",
        found=f"{times:.1f}× p50",
        is_met=times <= 2.5,
    )


def submissions(bench: Bench, passports: Sequence[Passport]) -> list[Iterator[Call]]:
    """Return for each passport the submits of this student's tries, each with every answer, as the page sends them."""
    calls: dict[int, list[Call]] = {one.id: [] for one in bench.school.sitters[: len(passports)]}
    owners = dict(zip(calls, passports, strict=True))
    for open_try in bench.school.handing_in:
        if open_try.student.id not in calls:
            continue
        answers = [
            {"slot": slot, "seq": 100 + slot, "value": value} for slot, value in open_try.answers.items()
        ]
        body = {"v": 1, "lease": open_try.lease, "responses": answers}
        one = owners[open_try.student.id]
        calls[open_try.student.id].append(one.send(f"/attempts/{open_try.attempt_id}/submission", body))
    return [iter(many) for many in calls.values()]


def submit(bench: Bench, passports: Sequence[Passport], hello: Run) -> tuple[Row, Run]:
    """Goal 5: submit and grade a quiz of twenty questions."""
    plans = submissions(bench, passports)
    bench.statements(next(plans[0]))
    statements = bench.statements(next(plans[1]))
    run = bench.drive(plans)
    return _ratio_row("5", "submit and grade 20 questions", run, hello, 5, statements, 10), run


def bodies(runs: Sequence[Run]) -> Row:
    """Say how many of the bodies of saving and submitting were fast enough."""
    seconds = [one for run in runs for one in run.bodies]
    share = share_under(seconds, MOST_BODY_SECONDS)
    run = Run(sum(seconds), 0, tuple(seconds))
    return Row(
        "",
        "bodies of saving and submitting",
        asked="99% under 20 ms",
        found=f"{share:.2%} of {len(seconds):,}",
        is_met=share >= 0.99,
        p50_ms=run.p50_ms,
        p99_ms=run.p99_ms,
    )


def gradebooks(bench: Bench, teachers: Sequence[Passport], hello: Run) -> list[Row]:
    """Goal 6: a gradebook of 30 × 10, and one of 200 × 60."""
    small, large = (f"/classes/{one}/gradebook" for one in (bench.school.small, bench.school.large))
    statements = [_warm_statements(bench, teachers[0].get(path)) for path in (small, large)]
    few = bench.drive_warm([cycle([one.get(small)]) for one in teachers])
    many = bench.drive_warm([cycle([teachers[0].get(large)])])
    first_byte = statistics.median(many.first_bytes) * 1000
    is_met = first_byte < 400 and many.size <= 60_000 and statements[1] <= 8
    return [
        _ratio_row("6", "gradebook 30 × 10", few, hello, 7, statements[0], 8),
        Row.of(
            "6",
            "gradebook 200 × 60",
            many,
            hello=hello,
            statements=statements[1],
            asked="first byte 400 ms, 60 kB, 8",
            found=f"first byte {first_byte:.0f} ms, {many.size / 1000:.0f} kB",
            is_met=is_met,
        ),
    ]


def sign_in_calls(bench: Bench, anonymous: Passport) -> Iterator[Call]:
    """Sign the sitters in, one after the other."""
    return cycle(
        anonymous.post("/sign-in", {"user_name": one.user_name, "secret": PIN})
        for one in bench.school.sitters
    )


def sign_in(bench: Bench, anonymous: Passport) -> Row:
    """Goal 8: signing in costs little more than its hash."""
    hash_ms = bare_hash_ms(bench.school.runtime.passwords)
    run = bench.drive([sign_in_calls(bench, anonymous)])
    times = run.cpu_ms / hash_ms
    return Row.of(
        "8",
        "sign in",
        run,
        asked="1.2× the hash",
        found=f"{times:.2f}× {hash_ms:.1f} ms",
        is_met=times <= 1.2,
    )


def bare_hash_ms(passwords: Passwords) -> float:
    """Return the CPU milliseconds of one check of a PIN; the median of twenty."""
    stored, times = passwords.hash_pin(PIN), []
    for _ in range(20):
        begun = time.process_time()
        assert passwords.pin_matches(stored, PIN)
        times.append(time.process_time() - begun)
    return statistics.median(times) * 1000


def saves_beside_sign_ins(
    bench: Bench, passports: Sequence[Passport], anonymous: Passport, alone: Run
) -> Row:
    """Goal 8: what is left of the rate of saves while 32 people press *Sign in*."""
    stop = Event()
    pressing = [
        Thread(target=_press, args=(bench, sign_in_calls(bench, anonymous), stop))
        for _ in bench.school.sitters
    ]
    for one in pressing:
        one.start()
    try:
        run = bench.drive(save_plans(bench, passports))
    finally:
        stop.set()
        for one in pressing:
            one.join()
    part = run.rate / alone.rate
    return Row.of(
        "8",
        f"save while {len(pressing)} sign in",
        run,
        asked="40% of the rate",
        found=f"{part:.0%}",
        is_met=part >= 0.4,
    )


def _press(bench: Bench, calls: Iterator[Call], stop: Event) -> None:
    """Sign in over and over; where the server says that it is busy, wait as long as it says."""
    connection = Connection(bench.server.port)
    while not stop.is_set():
        answer = connection.send(next(calls))
        if answer.status == 503:
            stop.wait(float(answer.headers["Retry-After"]))
    connection.close()


def _warm_statements(bench: Bench, call: Call) -> int:
    bench.statements(call)
    return bench.statements(call)


def _ratio_row(
    goal: str, work: str, run: Run, hello: Run, times: float, statements: int, most: int | None
) -> Row:
    is_met = run.cpu_ms <= times * hello.cpu_ms and (most is None or statements <= most)
    asked = f"{times:g}×" + (f", {most}" if most is not None else "")
    return Row.of(goal, work, run, hello=hello, statements=statements, asked=asked, is_met=is_met)
