"""Two ways to do the same things: by calling use cases, and over HTTP as pages and scripts do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from flask import Flask
from werkzeug.test import TestResponse

from quizapp.core.deadlines import Factor
from quizapp.core.errors import Conflict, Refusal
from quizapp.core.permissions import Actor
from quizapp.core.questions import Case
from quizapp.services.access.attempts import TryPlace
from quizapp.services.accommodations import (
    Allowance,
    accommodation_lines,
    end_accommodation,
    set_accommodation,
)
from quizapp.services.assignments import Dates, change_assignment
from quizapp.services.attempts import start_attempt
from quizapp.services.exam_day import end_for_all
from quizapp.services.runtime import Runtime, Work, reading
from quizapp.services.saving import Acknowledged, Arrived, save_responses, take_lease
from quizapp.services.submitting import submit_attempt
from quizapp.services.try_deeds import end_attempt, extend_attempt, reopen_attempt, void_attempt
from quizapp.services.try_history import deeds_so_far
from tests.builders.world import A, World
from tests.machines.model import Packet, Refused, Rules
from tests.support.visitor import Visitor

LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
REASON = "The machine wants it"
DEEDS = {
    "extend": extend_attempt,
    "reopen": reopen_attempt,
    "end": end_attempt,
    "void": void_attempt,
}


@dataclass(frozen=True)
class Place:
    """Who sits where."""

    runtime: Runtime
    world: World
    teacher: A
    student: A
    classroom: int
    assignment: int


@dataclass(frozen=True)
class Told:
    """What became of one answer."""

    slot: int
    seq: int
    outcome: str
    is_kept: bool


class Driver(Protocol):
    """What a student, the clock and a teacher can do. Each raises `Refused` where the product says no."""

    def start(self) -> int:
        """Begin or go on."""

    def take_lease(self, attempt_id: int) -> int | None:
        """Open a page; None where the try is closed."""

    def save(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> list[Told]:
        """Save."""

    def submit(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> tuple[str | None, list[Told]]:
        """Hand in."""

    def change(self, rules: Rules) -> None:
        """Change dates, limit and number of tries."""

    def allow(self, factor: int | None) -> None:
        """Set what the student is allowed; 100 percent ends it."""

    def do(self, deed: str, attempt_id: int, minutes: int) -> None:
        """Extend, reopen, end or void a try."""

    def end_for_all(self) -> None:
        """End the quiz for everybody."""

    def come_back(self) -> None:
        """Sign in again: the clock has made a jump."""


@reading
def deeds_known(work: Work, actor: Actor, *, attempt_id: int) -> int:
    """Return what a page of the try knows to be its newest deed."""
    return deeds_so_far(work, actor.school_id, "attempt", attempt_id)


@reading
def allowances(work: Work, actor: Actor, *, student_id: int) -> list[int]:
    """Return the accommodations that can be ended."""
    del actor
    return [line.id for line in accommodation_lines(work, student_id)]


class ServiceDriver:
    """Calls use cases."""

    def __init__(self, place: Place, app: Flask) -> None:
        del app
        self.at = place

    def start(self) -> int:
        at = self.at
        return refusable(
            lambda: (
                start_attempt(
                    at.runtime, at.student.actor, assignment_id=at.assignment, case=Case.B
                ).attempt_id
            )
        )

    def take_lease(self, attempt_id: int) -> int | None:
        lease = take_lease(self.at.runtime, self.at.student.actor, attempt_id=attempt_id)
        return lease.lease if lease.state == "in_progress" else None

    def save(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> list[Told]:
        saved = save_responses(
            self.at.runtime,
            self.at.student.actor,
            attempt_id=attempt_id,
            lease=lease,
            responses=[Arrived(one.slot, one.seq, one.value) for one in packets],
        )
        return told(saved.acknowledged)

    def submit(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> tuple[str | None, list[Told]]:
        done = submit_attempt(
            self.at.runtime,
            self.at.student.actor,
            attempt_id=attempt_id,
            lease=lease,
            responses=[Arrived(one.slot, one.seq, one.value) for one in packets],
        )
        return done.receipt, told(done.acknowledged)

    def change(self, rules: Rules) -> None:
        change_assignment(
            self.at.runtime,
            self.at.teacher.actor,
            classroom_id=self.at.classroom,
            assignment_id=self.at.assignment,
            dates=Dates(closes_at=rules.closes_at),
            limit_minutes=rules.limit_minutes,
            attempts_allowed=rules.tries,
        )

    def allow(self, factor: int | None) -> None:
        runtime, teacher, student = self.at.runtime, self.at.teacher.actor, self.at.student.id
        if factor == Factor.NORMAL:
            for one in allowances(runtime, teacher, student_id=student):
                end_accommodation(runtime, teacher, student_id=student, accommodation_id=one)
            return
        given = Allowance(
            factor=Factor(factor or Factor.NORMAL), is_untimed=factor is None, valid_from=LONG_AGO
        )
        set_accommodation(runtime, teacher, student_id=student, allowance=given)

    def do(self, deed: str, attempt_id: int, minutes: int) -> None:
        at = self.at
        values: dict[str, Any] = {"minutes": minutes} if deed in ("extend", "reopen") else {}
        seen = deeds_known(at.runtime, at.teacher.actor, attempt_id=attempt_id)
        place = TryPlace(at.classroom, at.assignment, attempt_id)
        refusable(
            lambda: DEEDS[deed](at.runtime, at.teacher.actor, place=place, reason=REASON, seen=seen, **values)
        )

    def end_for_all(self) -> None:
        end_for_all(
            self.at.runtime,
            self.at.teacher.actor,
            classroom_id=self.at.classroom,
            assignment_id=self.at.assignment,
            reason=REASON,
        )

    def come_back(self) -> None:
        """Nobody is signed in."""


class HttpDriver:
    """Posts forms and JSON, as the pages of a student and a teacher do."""

    def __init__(self, place: Place, app: Flask) -> None:
        self.at, self.app = place, app
        self.come_back()

    def come_back(self) -> None:
        self.student = Visitor(self.app, self.at.world, self.at.student)
        self.teacher = Visitor(self.app, self.at.world, self.at.teacher)

    def start(self) -> int:
        answer = self.student.post(f"/assignments/{self.at.assignment}/attempts", {"case": Case.B.value})
        return int(accepted(answer).location.rsplit("/", 1)[1])

    def take_lease(self, attempt_id: int) -> int | None:
        given = self._json(f"/attempts/{attempt_id}/leases", {})
        return int(given["lease"]) if given["state"] == "open" else None

    def save(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> list[Told]:
        return self._told(self._json(f"/attempts/{attempt_id}/responses", body(lease, packets)))

    def submit(self, attempt_id: int, lease: int, packets: Sequence[Packet]) -> tuple[str | None, list[Told]]:
        given = self._json(f"/attempts/{attempt_id}/submission", body(lease, packets))
        return given["receipt"], self._told(given)

    def change(self, rules: Rules) -> None:
        accepted(
            self.teacher.post(
                f"/classes/{self.at.classroom}/assignments/{self.at.assignment}/dates",
                {
                    "closes_at": f"{rules.closes_at:%Y-%m-%dT%H:%M:%S}" if rules.closes_at else "",
                    "attempts_allowed": rules.tries,
                    "limit_minutes": rules.limit_minutes or "",
                },
            )
        )

    def allow(self, factor: int | None) -> None:
        address = f"/students/{self.at.student.id}/accommodation"
        if factor == Factor.NORMAL:
            for one in allowances(self.at.runtime, self.at.teacher.actor, student_id=self.at.student.id):
                accepted(self.teacher.post(f"{address}/{one}/end"))
            return
        fields = {"time": factor or "untimed", "extra_attempts": 0, "valid_from": f"{LONG_AGO:%Y-%m-%d}"}
        accepted(self.teacher.post(address, fields))

    def do(self, deed: str, attempt_id: int, minutes: int) -> None:
        seen = deeds_known(self.at.runtime, self.at.teacher.actor, attempt_id=attempt_id)
        fields = {"minutes": minutes, "reason": REASON, "seen": seen}
        prefix = "" if deed == "void" else f"{deed}-"
        address = f"/classes/{self.at.classroom}/assignments/{self.at.assignment}/tries/{attempt_id}/{deed}"
        accepted(
            self.teacher.post(address, {f"{prefix}{name}": str(value) for name, value in fields.items()})
        )

    def end_for_all(self) -> None:
        address = f"/classes/{self.at.classroom}/assignments/{self.at.assignment}/live/end"
        accepted(self.teacher.post(address, {"reason": REASON}))

    def _json(self, address: str, given: dict[str, Any]) -> dict[str, Any]:
        answer = self.student.send(address, given)
        assert answer.status_code in (200, 409, 422), answer.text
        assert answer.json is not None
        return dict(answer.json)

    @staticmethod
    def _told(given: dict[str, Any]) -> list[Told]:
        return [Told(one["slot"], one["seq"], one["outcome"], one["is_kept"]) for one in given["responses"]]


def refusable(deed: Callable[[], Any]) -> Any:
    """Do it; a no of the product becomes the model's."""
    try:
        return deed()
    except (Conflict, Refusal) as no:
        raise Refused from no


def accepted(answer: TestResponse) -> TestResponse:
    """Return the answer to a form, which leads to another page when it was accepted."""
    if answer.status_code in (409, 422):
        raise Refused
    assert answer.status_code == 302, (answer.status_code, answer.text)
    return answer


def body(lease: int, packets: Sequence[Packet]) -> dict[str, Any]:
    """Return what a page's script sends."""
    responses = [{"slot": one.slot, "seq": one.seq, "value": one.value} for one in packets]
    return {"v": 1, "lease": lease, "responses": responses}


def told(acknowledged: Sequence[Acknowledged]) -> list[Told]:
    """Return what became of answers."""
    return [Told(one.slot, one.seq, one.outcome.value, one.is_kept) for one in acknowledged]
