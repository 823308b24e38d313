"""The life of tries as plain Python: what the machines compare the product with. It shares no code with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

GRACE = timedelta(seconds=60)
OPEN, SUBMITTED, GRADED, VOIDED = "in_progress", "submitted", "graded", "voided"


class Refused(Exception):
    """The product must say no, and nothing may have changed."""


@dataclass(frozen=True)
class Answer:
    """A stored answer."""

    lease: int
    seq: int
    value: Any

    @property
    def order(self) -> tuple[int, int]:
        return self.lease, self.seq


@dataclass(frozen=True)
class Packet:
    """An answer on its way, perhaps for the second time, perhaps late. It is of a page, and keeps its lease."""

    attempt_id: int
    lease: int
    seq: int
    slot: int
    value: Any
    is_sound: bool = True

    @property
    def place(self) -> tuple[int, int, int]:
        return self.slot, self.lease, self.seq


@dataclass
class Rules:
    """What the ends of tries follow from. ``factor`` is in percent, None is untimed."""

    limit_minutes: int | None = None
    closes_at: datetime | None = None
    tries: int = 3
    factor: int | None = 100

    def closes_for_student(self) -> datetime | None:
        if self.closes_at is None or self.limit_minutes is None:
            return self.closes_at
        extra = 100 if self.factor is None else self.factor - 100
        return self.closes_at + timedelta(seconds=-(-self.limit_minutes * 60 * extra // 100))

    def end(self, started_at: datetime) -> datetime | None:
        ends = [self.closes_for_student()]
        if self.limit_minutes is not None and self.factor is not None:
            ends.append(started_at + timedelta(seconds=-(-self.limit_minutes * 60 * self.factor // 100)))
        there = [end for end in ends if end is not None]
        return max(started_at, min(there)) if there else None


@dataclass
class Try:
    """One try as it must be."""

    id: int
    number: int
    started_at: datetime
    deadline_at: datetime | None
    written: frozenset[int]
    state: str = OPEN
    generation: int = 1
    lease: int = 0
    first_lease: int = 0
    extra_seconds: int = 0
    finished_at: datetime | None = None
    ended_by: str | None = None
    answers: dict[int, Answer] = field(default_factory=dict)
    handed_in: dict[int, dict[int, Answer]] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)
    transitions: list[str] = field(default_factory=lambda: [OPEN])
    acknowledged: dict[tuple[int, int, int], Any] = field(default_factory=dict)
    noted: set[tuple[int, int, int]] = field(default_factory=set)
    marked: set[int] = field(default_factory=set)

    def is_overdue(self, now: datetime) -> bool:
        """Nothing more is taken, and nobody has stored it yet."""
        return self.state == OPEN and self.deadline_at is not None and now > self.deadline_at + GRACE

    def takes_answers(self, now: datetime) -> bool:
        return self.state == OPEN and not self.is_overdue(now)

    # --- answers -----------------------------------------------------------------------------------------------

    def take_in(self, lease: int, packets: Sequence[Packet], now: datetime) -> list[bool]:
        """Store what is newer; return which packets a page may forget."""
        done: list[Packet] = []
        if self.takes_answers(now) and self.first_lease <= lease <= self.lease:
            newest: dict[int, Packet] = {}
            for one in packets:
                if one.is_sound and (one.slot not in newest or one.seq > newest[one.slot].seq):
                    newest[one.slot] = one
            for one in newest.values():
                there = self.answers.get(one.slot)
                if there is None or (lease, one.seq) > there.order:
                    self.answers[one.slot] = Answer(lease, one.seq, one.value)
                    done.append(one)
        kept = [one in done or (one.is_sound and self._is_kept(one)) for one in packets]
        self.noted.update(one.place for one, is_kept in zip(packets, kept, strict=True) if is_kept)
        return kept

    def _is_kept(self, one: Packet) -> bool:
        there = self.answers.get(one.slot)
        if there is None:
            return False
        if one.value == there.value:
            return True
        if (one.lease, one.seq) >= there.order:
            return False
        return one.lease == there.lease or one.place in self.noted

    def acknowledge(self, packets: Sequence[Packet], kept: Sequence[bool]) -> None:
        """Remember what the product has promised. A lease that it never gave gets no promise."""
        for one, is_kept in zip(packets, kept, strict=True):
            if is_kept and one.lease <= self.lease:
                self.acknowledged[one.place] = one.value

    # --- edges -------------------------------------------------------------------------------------------------

    def hand_in(self, now: datetime, by: str) -> None:
        self.handed_in[self.generation] = dict(self.answers)
        is_late = self.deadline_at is not None and now > self.deadline_at
        finished_at = self.deadline_at if is_late and self.deadline_at else now
        self.finished_at, self.ended_by = max(finished_at, self.started_at), by
        self.transitions.append(SUBMITTED)
        self.state = SUBMITTED
        self.grade_when_complete()

    def grade_when_complete(self) -> None:
        waits = {
            slot for slot in self.written if slot in self.answers and self.answers[slot].value is not None
        }
        if self.state == SUBMITTED and waits <= self.marked:
            self.state = GRADED
            self.transitions.append(GRADED)

    def expire(self, now: datetime) -> bool:
        if not self.is_overdue(now):
            return False
        self.hand_in(now, "time")
        return True

    def submit(self, lease: int, packets: Sequence[Packet], now: datetime) -> list[bool]:
        """Hand in with what came along; return which packets a page may forget."""
        is_open = self.takes_answers(now)
        if all(
            one.is_sound and one.slot in self.answers and one.value == self.answers[one.slot].value
            for one in packets
        ):
            kept = [True] * len(packets)
        else:
            kept = self.take_in(lease, packets, now)
        if not is_open:
            self.expire(now)
        elif all(kept) and not 0 < lease < self.first_lease:
            self.hand_in(now, "student")
        return kept

    @property
    def receipt_generation(self) -> int | None:
        """The generation whose receipt a submit must show, None where there is none."""
        return None if self.state == OPEN else max(self.handed_in, default=None)

    def extend(self, seconds: int, rules: Rules, now: datetime) -> None:
        assert self.deadline_at is not None
        late = max(0, -(-(now - self.deadline_at) // timedelta(seconds=1)))
        self.extra_seconds += seconds + late
        self.move(rules)

    def reopen(self, seconds: int, rules: Rules, now: datetime) -> None:
        self.state = OPEN
        self.transitions.append(OPEN)
        self.generation += 1
        self.lease += 1
        self.first_lease = self.lease
        self.finished_at = self.ended_by = None
        self.marked.clear()
        end = rules.end(self.started_at)
        if end is not None:
            span = now + timedelta(seconds=seconds) - end
            self.extra_seconds = max(0, -(-span // timedelta(seconds=1)))
        self.move(rules)

    def move(self, rules: Rules) -> None:
        end = rules.end(self.started_at)
        self.deadline_at = end + timedelta(seconds=self.extra_seconds) if end else None

    def void(self) -> None:
        self.state = VOIDED
        self.transitions.append(VOIDED)


@dataclass
class School:
    """One student at one quiz."""

    rules: Rules = field(default_factory=Rules)
    tries: dict[int, Try] = field(default_factory=dict)

    @property
    def open_try(self) -> Try | None:
        return next((one for one in self.tries.values() if one.state == OPEN), None)

    def sweep(self, now: datetime) -> None:
        for one in self.tries.values():
            one.expire(now)

    def may_start(self, now: datetime) -> bool:
        closes_at = self.rules.closes_for_student()
        used = sum(one.state != VOIDED for one in self.tries.values())
        return (closes_at is None or now < closes_at) and used < self.rules.tries

    def change(self, rules: Rules) -> None:
        self.rules = rules
        for one in self.tries.values():
            if one.state == OPEN:
                one.move(rules)

    def extend(self, one: Try, minutes: int, now: datetime) -> None:
        """Give more time; a try that time has ended is opened again with it."""
        if one.is_overdue(now) or (one.ended_by == "time" and one.state != OPEN):
            self.reopen(one, minutes, now)
        elif one.state != OPEN or one.deadline_at is None:
            raise Refused
        else:
            one.extend(minutes * 60, self.rules, now)

    def reopen(self, one: Try, minutes: int, now: datetime) -> None:
        """Open a closed try again."""
        is_closed = one.state in (SUBMITTED, GRADED) or one.is_overdue(now)
        others = [other for other in self.tries.values() if other is not one and other.state == OPEN]
        if not is_closed or any(other.takes_answers(now) for other in others):
            raise Refused
        one.expire(now)
        for other in others:
            other.expire(now)
        one.reopen(minutes * 60, self.rules, now)
