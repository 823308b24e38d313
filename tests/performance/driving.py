"""A bounded client: so many connections, each kept alive, each sending its next request when it has its answer."""

from __future__ import annotations

import http.client
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.performance.applications import BODY_SECONDS
from tests.performance.figures import Run
from tests.performance.servers import PinnedServer

SECONDS_FOR_AN_ANSWER = 60


class Unexpected(Exception):
    """The server answered what a measurement can't count."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, and the status without which it is not counted."""

    path: str
    headers: Mapping[str, str]
    method: str = "GET"
    body: str | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when: seconds until its head and until its last byte."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    first_byte: float
    latency: float


class Connection:
    """One connection that is kept alive."""

    def __init__(self, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_FOR_AN_ANSWER)

    def send(self, call: Call) -> Answer:
        """Send a request and read the answer."""
        begun = time.perf_counter()
        self._http.request(call.method, call.path, call.body, dict(call.headers))
        answer = self._http.getresponse()
        first_byte = time.perf_counter() - begun
        body = answer.read()
        return Answer(answer.status, answer.headers, body, first_byte, time.perf_counter() - begun)

    def send_expecting(self, call: Call) -> Answer:
        """Send a request and read the answer that it must have.

        Raises:
            Unexpected: it has another status.
        """
        answer = self.send(call)
        if answer.status != call.status:
            raise Unexpected(f"{call.method} {call.path}: {answer.status} {answer.body[:300]!r}")
        return answer

    def close(self) -> None:
        """Hang up."""
        self._http.close()


@dataclass
class _Seen:
    answers: list[tuple[float, float, float | None]] = field(default_factory=list)
    size: int = 0

    def note(self, answer: Answer) -> None:
        told = answer.headers[BODY_SECONDS]
        self.answers.append((answer.latency, answer.first_byte, float(told) if told else None))
        self.size = max(self.size, len(answer.body))


def drive(server: PinnedServer, plans: Sequence[Iterator[Call]], seconds: float = 60.0) -> Run:
    """Drive the server with a connection for each plan, until the time is over or the plans are at their end."""
    end = time.perf_counter() + seconds

    def one_connection(plan: Iterator[Call]) -> _Seen:
        seen, connection = _Seen(), Connection(server.port)
        try:
            while time.perf_counter() < end and (call := next(plan, None)) is not None:
                seen.note(connection.send_expecting(call))
        finally:
            connection.close()
        return seen

    cpu, begun = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(len(plans)) as pool:
        seen = list(pool.map(one_connection, plans))
    took, used = time.perf_counter() - begun, server.cpu_seconds() - cpu
    answers = [answer for one in seen for answer in one.answers]
    return Run(
        seconds=took,
        cpu_seconds=used,
        latencies=tuple(latency for latency, _, _ in answers),
        first_bytes=tuple(first for _, first, _ in answers),
        bodies=tuple(body for _, _, body in answers if body is not None),
        size=max(one.size for one in seen),
    )
