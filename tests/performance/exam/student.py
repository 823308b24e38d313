"""One student's exam over HTTP, and every word that the server gave."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tests.builders.world import PIN
from tests.performance.exam.client import Answer, Browser, NotAnswered
from tests.performance.exam.plan import Plan

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)
"""Between tries to send what was not acknowledged: those of the page's script."""

Place = tuple[int, int]
"""A slot, and the number of a save."""


class WentWrong(Exception):
    """The server answered what no student should see; the exam is over for this one."""


@dataclass
class Sheet:
    """What the server told one student."""

    attempt_id: int = 0
    lease: int = 0
    acknowledged: dict[Place, Any] = field(default_factory=dict)
    receipt: str = ""
    save_seconds: list[float] = field(default_factory=list)
    submit_seconds: float = 0.0
    signed_in_at: float | None = None
    handed_in_at: float | None = None
    asked_to_wait: int = 0
    server_errors: int = 0
    went_wrong: str = ""


ValuesOf = Callable[[int], Mapping[int, Any]]
"""A right answer to each question of a try by slot, None where one writes."""


@dataclass
class Student:
    """A student who sits the exam."""

    name: str
    assignment_id: int
    plan: Plan
    browser: Browser
    values_of: ValuesOf
    chance: random.Random
    sheet: Sheet = field(default_factory=Sheet)
    _token: str = ""

    async def sits(self, begins: float) -> Sheet:
        """Sit the exam that begins at an instant of the loop's clock."""
        try:
            await self._sit(begins)
        except (WentWrong, NotAnswered) as error:
            self.sheet.went_wrong = str(error)
        finally:
            with suppress(NotAnswered):
                await self.browser.close()
        return self.sheet

    async def _sit(self, begins: float) -> None:
        loop, plan = asyncio.get_running_loop(), self.plan
        # Nobody comes in the last quarter, so that whoever was asked to wait is in before the end.
        await _until(begins + self.chance.uniform(0, plan.sign_in_seconds * 0.75))
        await self._signs_in()
        self.sheet.signed_in_at = loop.time() - begins
        values = await self._starts()
        questions = begins + plan.sign_in_seconds
        seq = await self._saves(max(questions, loop.time()), values)
        end = questions + plan.saving_seconds
        await _until(end + self.chance.uniform(0, plan.submit_seconds * 0.75))
        await self._hands_in(seq + 1, values)
        self.sheet.handed_in_at = loop.time() - end

    async def _signs_in(self) -> None:
        page = await self.browser.get("/sign-in")
        fields = {"csrf_token": page.token, "user_name": self.name, "secret": PIN, "next": ""}
        answer = await self.browser.post("/sign-in", fields)
        while answer.status == 503 and "retry-after" in answer.headers:
            self.sheet.asked_to_wait += 1
            # As the page does: not all at one instant.
            await asyncio.sleep(float(answer.headers["retry-after"]) + self.chance.uniform(0, 2))
            answer = await self.browser.post("/sign-in", answer.hidden)
        self._expect(answer, 302)

    async def _starts(self) -> list[tuple[int, Any]]:
        address = f"/assignments/{self.assignment_id}"
        page = self._expect(await self.browser.get(address), 200)
        started = await self.browser.post(f"{address}/attempts", {"csrf_token": page.token, "case": "B"})
        where = self._expect(started, 302).headers["location"]
        page = self._expect(await self.browser.get(where), 200)
        self._token = page.token
        self.sheet.attempt_id = int(where.rsplit("/", 1)[1])
        lease = await self._send("leases", {}, self._note_nothing)
        self.sheet.lease = lease.told["lease"]
        values = await asyncio.to_thread(self.values_of, self.sheet.attempt_id)
        return list(values.items())

    async def _saves(self, first: float, values: list[tuple[int, Any]]) -> int:
        plan, seq = self.plan, 0
        first += self.chance.uniform(0, plan.save_every_seconds)
        for number in range(plan.saves_a_student):
            await _until(first + number * plan.save_every_seconds)
            seq = number + 1
            one = self._answer(seq, values)
            answer = await self._send("responses", self._body(one), self.sheet.save_seconds.append)
            self._note(answer, one)
        return seq

    async def _hands_in(self, seq: int, values: list[tuple[int, Any]]) -> None:
        one = self._answer(seq, values)
        answer = await self._send("submission", self._body(one), self._note_submit)
        self._note(answer, one)
        self.sheet.receipt = answer.told["receipt"]
        self._expect(await self.browser.get(f"/attempts/{self.sheet.attempt_id}/receipt"), 200)

    def _answer(self, seq: int, values: list[tuple[int, Any]]) -> dict[str, Any]:
        slot, value = values[seq % len(values)]
        written = f"{self.name}: sentence {seq}, and why I think so."
        return {"slot": slot, "seq": seq, "value": written if value is None else value}

    def _body(self, one: Mapping[str, Any]) -> dict[str, Any]:
        return {"v": 1, "lease": self.sheet.lease, "responses": [one]}

    def _note(self, answer: Answer, one: Mapping[str, Any]) -> None:
        for told in self._expect(answer, 200).told["responses"]:
            if told["is_kept"]:
                self.sheet.acknowledged[told["slot"], told["seq"]] = one["value"]

    async def _send(self, what: str, body: Mapping[str, Any], note: Callable[[float], None]) -> Answer:
        """Send until there is an answer that is none of the server's faults, as the page does."""
        address = f"/attempts/{self.sheet.attempt_id}/{what}"
        for pause in (*PAUSES, None):
            try:
                answer = await self.browser.send(address, self._token, body)
            except NotAnswered:
                self.sheet.server_errors += 1
            else:
                note(answer.seconds)
                if answer.status < 500:
                    return self._expect(answer, 200)
                self.sheet.server_errors += 1
            if pause is not None:
                await asyncio.sleep(pause)
        raise WentWrong(f"{address} was never answered")

    def _expect(self, answer: Answer, status: int) -> Answer:
        if answer.status != status:
            self.sheet.server_errors += answer.status >= 500
            raise WentWrong(f"{answer.status} in place of {status}: {answer.text[:300]}")
        return answer

    def _note_submit(self, seconds: float) -> None:
        self.sheet.submit_seconds = seconds

    def _note_nothing(self, _seconds: float) -> None:
        """Take no time: a lease is no save."""


async def _until(instant: float) -> None:
    await asyncio.sleep(max(0.0, instant - asyncio.get_running_loop().time()))
