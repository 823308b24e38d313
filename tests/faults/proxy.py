"""A proxy between the server and its database, which slows, stalls and breaks the connections through it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from sqlalchemy import make_url

from tests.faults.place import Place

CHUNK = 65_536
RESET = struct.pack("ii", 1, 0)
"""``SO_LINGER`` with no time: closing sends a reset instead of a farewell."""


class Proxy:
    """Forwards TCP connections to the socket of a PostgreSQL, as well as it is told to."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._flows = threading.Event()
        self._flows.set()
        self._is_cut = False
        self._seconds = 0.0
        self._pause = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def slow_down(self, seconds: float) -> None:
        """Let everything wait for so long on its way."""
        self._seconds = seconds

    def stall(self) -> None:
        """Take everything and pass nothing on."""
        self._flows.clear()

    def cut(self) -> None:
        """Reset every connection, and each new one."""
        with self._lock:
            self._is_cut = True
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            _reset(pair)

    def heal(self) -> None:
        """Be a good proxy again."""
        self._seconds, self._is_cut = 0.0, False
        self._flows.set()

    def close(self) -> None:
        self.heal()
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX)
            pair = (client, server)
            with self._lock:
                if self._is_cut:
                    _reset(pair)
                    continue
                self._pairs.append(pair)
            try:
                server.connect(self._target)
            except OSError:
                _reset(pair)
                continue
            for source, sink in (pair, pair[::-1]):
                threading.Thread(target=self._pump, args=(source, sink, pair), daemon=True).start()

    def _pump(
        self, source: socket.socket, sink: socket.socket, pair: tuple[socket.socket, socket.socket]
    ) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                self._flows.wait()
                self._pause.wait(self._seconds)
                sink.sendall(chunk)
        _reset(pair)


def _reset(pair: tuple[socket.socket, socket.socket]) -> None:
    for one in pair:
        with suppress(OSError):
            if one.family == socket.AF_INET:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            # A thread that reads keeps a socket open that is only closed.
            one.shutdown(socket.SHUT_RDWR)
        one.close()


@contextmanager
def proxied(place: Place) -> Iterator[tuple[Proxy, Place]]:
    """Put a proxy before a place's PostgreSQL, and return the place as servers reach it."""
    url = make_url(place.url)
    folder = url.query["host"]
    with closing(Proxy(f"{folder}/.s.PGSQL.{url.port or 5432}")) as proxy:
        through = url.set(host="127.0.0.1", port=proxy.port, query={})
        yield proxy, place.by(through.render_as_string(hide_password=False))
