"""Everything that can happen to tries, in any order: after each step the product must be where the model is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from quizapp.core.permissions import OPERATOR
from quizapp.core.questions import Move
from quizapp.services.asked import Asked
from quizapp.services.invariants import broken_invariants
from quizapp.services.overrides import set_mark, undo_mark
from quizapp.services.sweeping import sweep_overdue
from quizapp.storage.tables import Attempt, AuditEntry, Grade, Response, ResponseHistory, Score, Snapshot
from tests.builders.sitting import asked_of, mark
from tests.conftest import NOON
from tests.machines.bench import Bench
from tests.machines.drivers import Refused, Told
from tests.machines.model import GRADED, OPEN, SUBMITTED, VOIDED, Answer, Packet, Rules, School, Try

SECONDS = (1, 30, 61, 600, 3_600, 86_400, -1, -45, -600, -3_600, -86_400)
A_LONG_WHILE = 3_600
SPAN = (NOON - timedelta(days=3), NOON + timedelta(days=20))
INDEX = st.integers(0, 7)
MINUTES = st.sampled_from((1, 5, 60))
APPEND_ONLY = (ResponseHistory, Score, Snapshot)


@dataclass
class Page:
    """A page of a try that is open in some window."""

    attempt_id: int
    lease: int
    seq: int = 0


class AttemptMachine(RuleBasedStateMachine):
    """One student, any number of windows, a teacher, and a clock that is not to be trusted."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._example = bench.example()
        self.at, self.driver = self._example.__enter__()
        self.clock, self.connection = bench.clock, bench.connection
        self.school = School()
        self.pages: list[Page] = []
        self.packets: list[Packet] = []
        self.submissions: list[tuple[int, int, tuple[Packet, ...]]] = []
        self.asked: dict[int, dict[int, Asked]] = {}
        self.texts = 0
        self.seen: dict[Any, list[Any]] = {table: [] for table in APPEND_ONLY}

    def teardown(self) -> None:
        """Let the doctor look at everything, then take it back."""
        try:
            found = broken_invariants(replace(self.at.runtime), OPERATOR)
            assert [finding for finding in found if finding.broken] == []
        finally:
            self._example.__exit__(None, None, None)

    @property
    def now(self) -> datetime:
        return self.clock.now

    # --- the student -------------------------------------------------------------------------------------------

    @initialize(limit=st.sampled_from((None, 20)), factor=st.sampled_from((100, 150, None)))
    def begin(self, limit: int | None, factor: int | None) -> None:
        rules = Rules(limit, None, 3, factor)
        self.driver.change(rules)
        self.driver.allow(factor)
        self.school.change(rules)
        self.start()
        self.open_page(0)

    @rule()
    def start(self) -> None:
        there = self.school.open_try
        if there is not None and there.takes_answers(self.now):
            assert self.driver.start() == there.id
            return
        is_refused, started = attempt(self.driver.start)
        assert is_refused is not self.school.may_start(self.now)
        if started is None:
            return
        if there is not None:
            there.expire(self.now)
        asked = asked_of(self.at.runtime, self.at.student.actor, attempt_id=started)
        self.asked[started] = {one.slot: one for one in asked}
        written = frozenset(one.slot for one in asked if one.type.move is Move.WRITE)
        number = max((one.number for one in self.school.tries.values()), default=0) + 1
        made = Try(started, number, self.now, self.school.rules.end(self.now), written)
        self.school.tries[started] = made

    @rule(index=INDEX)
    def open_page(self, index: int) -> None:
        one = pick(list(self.school.tries.values()), index)
        lease = self.driver.take_lease(one.id)
        if one.takes_answers(self.now):
            one.lease += 1
            assert lease == one.lease
            self.pages.append(Page(one.id, one.lease))
        else:
            assert lease is None
            one.expire(self.now)

    @precondition(lambda self: self.pages)
    @rule(
        index=INDEX,
        slots=st.lists(st.integers(1, 6), min_size=1, max_size=3),
        kind=INDEX,
        is_sent=st.booleans(),
    )
    def answer(self, index: int, slots: Sequence[int], kind: int, is_sent: bool) -> None:
        """Answer on a page; sent at once, or later, or never."""
        page = pick(self.pages, index)
        packets = [self._packet(page, slot, kind) for slot in slots]
        self.packets.extend(packets)
        if is_sent:
            self._save(page.attempt_id, page.lease, packets)

    @precondition(lambda self: self.pages)
    @rule(index=INDEX, slot=st.integers(1, 6), kinds=st.tuples(INDEX, INDEX), is_together=st.booleans())
    def answer_twice(self, index: int, slot: int, kinds: tuple[int, int], is_together: bool) -> None:
        """Answer a question twice; the second answer arrives first, or both at once."""
        page = pick(self.pages, index)
        older, newer = (self._packet(page, slot, kind) for kind in kinds)
        self.packets += [older, newer]
        for sent in [[newer, older]] if is_together else [[newer], [older]]:
            self._save(page.attempt_id, page.lease, sent)

    @precondition(lambda self: self.packets)
    @rule(first=st.integers(0, 63), others=st.lists(st.integers(0, 63), max_size=3))
    def deliver(self, first: int, others: Sequence[int]) -> None:
        """Let packets of a page arrive: late, again, out of order."""
        one = pick(self.packets, first)
        same_page = [
            other for other in self.packets if (other.attempt_id, other.lease) == (one.attempt_id, one.lease)
        ]
        chosen = [one]
        for index in others:
            other = pick(same_page, index)
            if other not in chosen:
                chosen.append(other)
        self._save(one.attempt_id, one.lease, chosen)

    @precondition(lambda self: self.pages)
    @rule(index=INDEX, what=st.sampled_from(("malformed", "unknown", "forged")))
    def send_nonsense(self, index: int, what: str) -> None:
        page = pick(self.pages, index)
        page.seq += 1
        one = Packet(page.attempt_id, page.lease, page.seq, 1, {"no": "answer"}, is_sound=False)
        if what == "unknown":
            one = replace(one, slot=99)
        if what == "forged":
            one = replace(self._packet(page, 1, 0), lease=page.lease + 100)
        self._save(one.attempt_id, one.lease, [one])

    @precondition(lambda self: self.pages)
    @rule(index=INDEX)
    def submit(self, index: int) -> None:
        """Hand in with the newest of each answer that was given on the page."""
        page = pick(self.pages, index)
        newest = {
            one.slot: one
            for one in self.packets
            if (one.attempt_id, one.lease) == (page.attempt_id, page.lease)
        }
        packets = tuple(replace(one, seq=page.seq + place) for place, one in enumerate(newest.values(), 1))
        page.seq += len(packets)
        self.packets.extend(packets)
        self.submissions.append((page.attempt_id, page.lease, packets))
        self._submit(*self.submissions[-1])

    @precondition(lambda self: self.submissions)
    @rule(index=INDEX)
    def submit_again(self, index: int) -> None:
        self._submit(*pick(self.submissions, index))

    # --- the clock and its worker ------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from(SECONDS))
    def step(self, seconds: int) -> None:
        if SPAN[0] <= self.now + timedelta(seconds=seconds) <= SPAN[1]:
            self.clock.move(seconds=seconds)
            if abs(seconds) >= A_LONG_WHILE:
                self.driver.come_back()

    @precondition(lambda self: self.school.open_try is not None and self.school.open_try.deadline_at)
    @rule(seconds=st.sampled_from((-1, 0, 30, 60, 61)))
    def step_to_the_end(self, seconds: int) -> None:
        """Move the clock to the deadline of the open try, its grace, or just past it."""
        there = self.school.open_try
        assert there is not None
        assert there.deadline_at is not None
        self.step(round((there.deadline_at - self.now).total_seconds()) + seconds)

    @rule()
    def sweep(self) -> None:
        sweep_overdue(self.at.runtime, OPERATOR)
        self.school.sweep(self.now)

    # --- the teacher -------------------------------------------------------------------------------------------

    @rule(
        limit=st.sampled_from((None, 5, 20)),
        closes_in=st.sampled_from((None, -600, 600, 7_200, 100_000)),
        tries=st.integers(1, 4),
    )
    def change(self, limit: int | None, closes_in: int | None, tries: int) -> None:
        closes_at = self.now + timedelta(seconds=closes_in) if closes_in is not None else None
        rules = replace(self.school.rules, limit_minutes=limit, closes_at=closes_at, tries=tries)
        self.driver.change(rules)
        dates_before = (self.school.rules.limit_minutes, self.school.rules.closes_at, self.school.rules.tries)
        if (limit, closes_at, tries) != dates_before:
            self.school.change(rules)

    @rule(factor=st.sampled_from((100, 125, 200, None)))
    def allow(self, factor: int | None) -> None:
        self.driver.allow(factor)
        self.school.change(replace(self.school.rules, factor=factor))

    @rule(index=INDEX, minutes=MINUTES)
    def extend(self, index: int, minutes: int) -> None:
        self._deed("extend", index, minutes, lambda school, one: school.extend(one, minutes, self.now))

    @rule(index=INDEX, minutes=MINUTES)
    def reopen(self, index: int, minutes: int) -> None:
        self._deed("reopen", index, minutes, lambda school, one: school.reopen(one, minutes, self.now))

    @rule(index=INDEX)
    def end(self, index: int) -> None:
        def end(_school: School, one: Try) -> None:
            if one.state != OPEN:
                raise Refused
            if not one.expire(self.now):
                one.hand_in(self.now, "teacher")

        self._deed("end", index, 0, end)

    @rule(index=INDEX)
    def void(self, index: int) -> None:
        def void(_school: School, one: Try) -> None:
            if one.state == VOIDED:
                raise Refused
            one.void()

        self._deed("void", index, 0, void)

    @rule()
    def end_for_all(self) -> None:
        self.driver.end_for_all()
        there = self.school.open_try
        if there is not None and not there.expire(self.now):
            there.hand_in(self.now, "teacher")

    @rule(index=INDEX, level=st.integers(0, 2))
    def mark(self, index: int, level: int) -> None:
        one = pick(list(self.school.tries.values()), index)
        if one.state not in (SUBMITTED, GRADED):
            return
        for slot in sorted(one.written):
            mark(self.at.runtime, self.at.teacher.actor, attempt_id=one.id, slot=slot, level=level)
            one.marked.add(slot)
        one.grade_when_complete()

    @rule(points=st.sampled_from((None, 0, 10_000)))
    def set_mark(self, points: int | None) -> None:
        runtime, teacher = self.at.runtime, self.at.teacher.actor
        where = {
            "classroom_id": self.at.classroom,
            "assignment_id": self.at.assignment,
            "student_id": self.at.student.id,
        }
        if points is None:
            undo_mark(runtime, teacher, **where)
        else:
            set_mark(runtime, teacher, points=points, reason="By hand", **where)

    # --- what must hold after each step ------------------------------------------------------------------------

    @invariant()
    def everything_holds(self) -> None:
        self._tries_are_where_they_must_be(self._rows(Attempt))
        self._the_newest_answers_are_stored(self._rows(Response))
        self._nothing_acknowledged_is_lost()
        grown = {table: self._rows(table) for table in APPEND_ONLY}
        self._lists_only_grow(grown)
        self._what_was_handed_in_stays(grown[Snapshot])
        self._the_grade_is_what_the_tries_make(grown[Score])
        self._every_transition_is_on_record()

    def _tries_are_where_they_must_be(self, rows: list[Any]) -> None:
        names = ("number", "state", "generation", "lease", "started_at", "deadline_at", "finished_at")
        stored = {row.id: [getattr(row, name) for name in names] for row in rows}
        assert stored == {
            one.id: [getattr(one, name) for name in names] for one in self.school.tries.values()
        }
        assert sum(row.state == OPEN for row in rows) <= 1

    def _the_newest_answers_are_stored(self, rows: list[Any]) -> None:
        stored: dict[int, dict[int, Answer]] = {one: {} for one in self.school.tries}
        for row in rows:
            stored[row.attempt_id][row.slot] = Answer(row.lease, row.seq, row.value)
        assert stored == {one.id: one.answers for one in self.school.tries.values()}

    def _nothing_acknowledged_is_lost(self) -> None:
        for one in self.school.tries.values():
            for (slot, lease, seq), value in one.acknowledged.items():
                there = one.answers[slot]
                assert there.order >= (lease, seq) or there.value == value, (one.id, slot, lease, seq)

    def _what_was_handed_in_stays(self, rows: list[Any]) -> None:
        made = {(row.attempt_id, row.generation): row.receipt for row in rows}
        assert made.keys() == {
            (one.id, generation) for one in self.school.tries.values() for generation in one.handed_in
        }
        for one in self.school.tries.values():
            for generation, receipt in one.receipts.items():
                assert made[one.id, generation] == receipt
            if one.state in (SUBMITTED, GRADED):
                assert one.handed_in[one.generation] == one.answers

    def _lists_only_grow(self, grown: dict[Any, list[Any]]) -> None:
        for table, rows in grown.items():
            now_there = iter(rows)
            assert all(row in now_there for row in self.seen[table])
            self.seen[table] = rows

    def _every_transition_is_on_record(self) -> None:
        noted: dict[int, list[str]] = {one: [OPEN] for one in self.school.tries}
        of_tries = (AuditEntry.subject_kind == "attempt") & AuditEntry.subject_id.in_(list(noted))
        for row in self._select(AuditEntry, of_tries, AuditEntry.id):
            before, after = (row.before or {}).get("state"), (row.after or {}).get("state")
            if after is not None and before != after:
                assert noted[row.subject_id][-1] == before
                noted[row.subject_id].append(after)
        assert noted == {one.id: one.transitions for one in self.school.tries.values()}

    def _the_grade_is_what_the_tries_make(self, scores: list[Any]) -> None:
        if not self.school.tries or any(one.is_overdue(self.now) for one in self.school.tries.values()):
            return
        points: dict[int, dict[int, int]] = {}
        for row in scores:
            if row.generation == self.school.tries[row.attempt_id].generation:
                points.setdefault(row.attempt_id, {})[row.slot] = row.points
        closed = [one for one in self.school.tries.values() if one.state in (SUBMITTED, GRADED)]
        best = max(closed, key=lambda one: (sum(points[one.id].values()), -one.number), default=None)
        (grade,) = self._select(Grade, Grade.assignment_id == self.at.assignment, Grade.student_id)
        assert grade.counting_attempt_id == (best.id if best else None)
        assert grade.points == (sum(points[best.id].values()) if best else None)
        assert (grade.state == "graded") is (best is not None and best.state == GRADED)

    # --- how -----------------------------------------------------------------------------------------------------

    def _packet(self, page: Page, slot: int, kind: int) -> Packet:
        page.seq += 1
        return Packet(page.attempt_id, page.lease, page.seq, slot, self._value(page.attempt_id, slot, kind))

    def _value(self, attempt_id: int, slot: int, kind: int) -> Any:
        asked = self.asked[attempt_id][slot]
        if asked.type.move is Move.WRITE:
            self.texts += 1
            return (None, "a text that comes twice")[kind] if kind < 2 else f"text {self.texts}"
        right = asked.type.correct_value(asked.settings)
        if asked.type.move is Move.PICK_ONE:
            return pick([None, *(option.id for option in asked.settings.options)], kind)
        return right if kind % 2 else None

    def _save(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> None:
        one = self.school.tries[attempt_id]
        told = self.driver.save(attempt_id, lease, packets)
        kept = one.take_in(lease, packets, self.now)
        one.expire(self.now)
        self._compare(one, packets, told, kept)

    def _submit(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> None:
        one = self.school.tries[attempt_id]
        receipt, told = self.driver.submit(attempt_id, lease, packets)
        kept = one.submit(lease, packets, self.now)
        self._compare(one, packets, told, kept)
        generation = one.receipt_generation
        if generation is None:
            assert receipt is None
        else:
            assert receipt is not None
            assert one.receipts.setdefault(generation, receipt) == receipt

    @staticmethod
    def _compare(one: Try, packets: Sequence[Packet], told: Sequence[Told], kept: Sequence[bool]) -> None:
        assert [(word.slot, word.seq, word.is_kept) for word in told] == [
            (packet.slot, packet.seq, is_kept) for packet, is_kept in zip(packets, kept, strict=True)
        ]
        one.acknowledge(packets, kept)

    def _deed(self, deed: str, index: int, minutes: int, follow: Callable[[School, Try], None]) -> None:
        """Do it to the product and to the model; both must say no to the same, and then nothing has changed."""
        chosen = pick(list(self.school.tries), index)
        trial = deepcopy(self.school)
        must_refuse, _ = attempt(lambda: follow(trial, trial.tries[chosen]))
        is_refused, _ = attempt(lambda: self.driver.do(deed, chosen, minutes))
        assert is_refused is must_refuse
        if not must_refuse:
            self.school = trial

    def _rows(self, table: Any) -> list[Any]:
        ids = list(self.school.tries)
        if table is Attempt:
            return self._select(table, table.id.in_(ids), table.id)
        order = table.slot if table is Response else table.generation if table is Snapshot else table.id
        return self._select(table, table.attempt_id.in_(ids), table.attempt_id, order)

    def _select(self, table: Any, condition: Any, *order: Any) -> list[Any]:
        return list(self.connection.execute(select(table.__table__).where(condition).order_by(*order)))


def pick(things: Sequence[Any], index: int) -> Any:
    """Return one of the things, whatever the index is."""
    return things[index % len(things)]


def attempt(deed: Callable[[], Any]) -> tuple[bool, Any]:
    """Do it; return whether it was refused, and what it gave."""
    try:
        return False, deed()
    except Refused:
        return True, None
