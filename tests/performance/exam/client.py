"""A browser without pictures: one connection that is kept alive, cookies, forms; hundreds of them in one process."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

SECONDS_FOR_AN_ANSWER = 60
LONGEST_HEAD = 64 * 1024

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class NotAnswered(Exception):
    """The connection broke, or no answer came in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how many seconds after the request was sent."""

    status: int
    headers: Mapping[str, str]
    text: str
    seconds: float

    @property
    def told(self) -> dict[str, Any]:
        """The body as JSON."""
        told: dict[str, Any] = json.loads(self.text)
        return told

    @property
    def token(self) -> str:
        """The token of the forms on the page."""
        found = TOKEN.search(self.text)
        assert found is not None, self.text[:400]
        return found[1]

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page."""
        return {name: html.unescape(value) for name, value in HIDDEN.findall(self.text)}


@dataclass
class Browser:
    """One student's browser."""

    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Open a page."""
        return await self._ask("GET", path, b"", {})

    async def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._ask("POST", path, urlencode(fields).encode(), kind)

    async def send(self, path: str, token: str, body: Mapping[str, Any]) -> Answer:
        """Send JSON as a page's script does."""
        kind = {"Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token}
        return await self._ask("POST", path, json.dumps(body).encode(), kind)

    async def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            writer = self._streams[1]
            self._streams = None
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    async def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        try:
            async with asyncio.timeout(SECONDS_FOR_AN_ANSWER):
                status, told, text = await self._exchange(method, path, body, headers)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError) as error:
            await self.close()
            raise NotAnswered(f"{method} {path}: {error!r}") from error
        return Answer(status, told, text.decode(), loop.time() - begun)

    async def _exchange(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, dict[str, str], bytes]:
        if self._streams is not None and self._streams[0].at_eof():
            # The server hung up while nobody asked anything: a browser sees that and connects again.
            await self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=LONGEST_HEAD)
        reader, writer = self._streams
        sent = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": "; ".join(f"{one.key}={one.value}" for one in self.cookies.values()),
            "Content-Length": str(len(body)),
            **headers,
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        await writer.drain()
        status, told = await self._head(reader)
        text = b"" if status in (204, 304) else await _body(reader, told)
        if told.get("connection", "").lower() == "close":
            await self.close()
        return status, told, text

    async def _head(self, reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        told: dict[str, str] = {}
        for line in filter(None, lines):
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                self.cookies.load(value.strip())
            told[name.lower()] = value.strip()
        return int(first.split()[1]), told


async def _body(reader: asyncio.StreamReader, told: Mapping[str, str]) -> bytes:
    if told.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(told.get("content-length", "0")))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)
