"""Showing the demo school in the browser of the person who started it."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import click

WAIT_SECONDS = 60.0


def somebody_looks(
    environment: Mapping[str, str], *, is_terminal: bool, platform: str = sys.platform
) -> bool:
    """Say whether a person with a screen started this command, and no script, test or distant shell."""
    if not is_terminal or environment.get("CI") or environment.get("SSH_CONNECTION"):
        return False
    has_screen_of_its_own = platform in ("win32", "darwin")
    return has_screen_of_its_own or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


@contextmanager
def opened_beside(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Let a process of its own wait until the server on this computer answers, then open the browser.

    A thread would live in this process when the server forks its workers: see ``tested_beside``.
    """
    command = [sys.executable, "-m", "quizapp", "open-browser", str(port)]
    # What a browser says about itself is no news to the person who reads the sign-ins.
    process = subprocess.Popen(  # noqa: S603 - our own command and a number
        command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


@click.command("open-browser", hidden=True)
@click.argument("port", type=int)
def open_browser(port: int) -> None:
    """Open the browser as soon as the server answers; it is no fault when there is none."""
    open_when_it_answers(port)


def open_when_it_answers(port: int, seconds: float = WAIT_SECONDS) -> bool:
    """Wait until the server on this computer answers, open its first page, and say whether a browser took it."""
    address = f"http://127.0.0.1:{port}/"
    # A proxy that the environment names is not how this computer reaches itself.
    straight = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with straight.open(f"{address}readyz", timeout=5) as answer:
                answer.read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
            continue
        try:
            return webbrowser.open(address)
        except (webbrowser.Error, OSError):
            return False
    return False
