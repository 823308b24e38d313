"""``quizapp demo`` opens the browser of the person who started it, and never fails for want of one."""

from __future__ import annotations

import http.server
import threading
import webbrowser
from collections.abc import Iterator

import pytest

from quizapp.cli.browser import open_when_it_answers, opened_beside, somebody_looks
from tests.support.server import free_port

SCREEN = {"DISPLAY": ":0"}


class Ready(http.server.BaseHTTPRequestHandler):
    """Answers as a server that is ready."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, *what: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """The port of a server that answers."""
    server = http.server.HTTPServer(("127.0.0.1", 0), Ready)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("environment", "platform"),
    [(SCREEN, "linux"), ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"), ({}, "darwin"), ({}, "win32")],
)
def test_a_person_with_a_screen_is_shown_the_school(environment, platform):
    assert somebody_looks(environment, is_terminal=True, platform=platform)


@pytest.mark.parametrize(
    ("environment", "is_terminal", "platform"),
    [
        ({}, True, "linux"),
        (SCREEN, False, "linux"),
        ({**SCREEN, "CI": "true"}, True, "linux"),
        ({**SCREEN, "SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}, True, "linux"),
        ({"CI": "1"}, True, "darwin"),
    ],
    ids=["no screen", "no terminal", "a build machine", "from far away", "a build machine with a screen"],
)
def test_nothing_opens_where_nobody_looks(environment, is_terminal, platform):
    assert not somebody_looks(environment, is_terminal=is_terminal, platform=platform)


def test_the_first_page_opens_once_the_server_answers(port, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)

    assert open_when_it_answers(port)
    assert opened == [f"http://127.0.0.1:{port}/"]


def test_a_server_that_does_not_answer_opens_nothing(monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)

    assert not open_when_it_answers(free_port(), seconds=0.3)
    assert opened == []


def test_a_computer_without_a_browser_goes_on_serving(port, monkeypatch):
    def none_here(address: str) -> bool:
        raise webbrowser.Error(f"could not locate runnable browser for {address}")

    monkeypatch.setattr(webbrowser, "open", none_here)

    assert not open_when_it_answers(port)


def test_the_process_that_waits_ends_with_the_server():
    with opened_beside(free_port()) as process:
        pass

    assert process.returncode is not None
