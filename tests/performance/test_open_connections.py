"""A whole school that only keeps its connections open does not keep the next browser waiting."""

from __future__ import annotations

import http.client
import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.support.server import Server, start_server

BROWSERS = 1_100
"""More than the 1,024 that Granian takes unless it is told."""

MOST_SECONDS = 5.0


@pytest.fixture
def _files_for_all() -> Iterator[None]:
    granted, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(granted, 2 * BROWSERS), most))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (granted, most))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    started = start_server(f"sqlite:///{tmp_path / 'school.db'}", tmp_path)
    yield started
    started.stop()


@pytest.mark.usefixtures("_files_for_all")
def test_a_browser_is_answered_beside_a_school_of_idle_ones(server: Server) -> None:
    with ExitStack() as open_ones:
        for _ in range(BROWSERS):
            connection = _connection(server)
            open_ones.enter_context(closing(connection))
            assert _is_alive(connection)
        began = time.monotonic()
        with closing(_connection(server)) as late:
            assert _is_alive(late)
        assert time.monotonic() - began < MOST_SECONDS


def _connection(server: Server) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=2 * MOST_SECONDS)


def _is_alive(connection: http.client.HTTPConnection) -> bool:
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    answer.read()
    return answer.status == 200
