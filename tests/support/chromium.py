"""A Chromium for the browser tests: found, or installed where nobody has.

`python -m tests.support.chromium` does what `make test` needs before its browser tests.
Tests ask for the fixture `chromium`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",  # tests may run as root, and load nothing but our own pages
    "--disable-gpu",
    "--disable-dev-shm-usage",  # /dev/shm is small in containers
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
HOW_TO_GET_ONE = (
    "The browser tests need Chromium. Install it with `apt-get install chromium fonts-liberation` "
    "or with `.venv/bin/playwright install chromium`."
)


def find_chromium(playwright: Playwright) -> Path | None:
    """Return the machine's own Chromium, else the one that Playwright installed, else None."""
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    installed = Path(playwright.chromium.executable_path)
    return installed if installed.exists() else None


def launch_chromium(playwright: Playwright) -> Browser:
    """Start a Chromium, or fail with the sentence that tells how to get one."""
    executable = find_chromium(playwright)
    if executable is None:
        raise FileNotFoundError(HOW_TO_GET_ONE)
    return playwright.chromium.launch(executable_path=executable, args=FLAGS)


def install_chromium() -> None:
    """Install Debian's Chromium where that is possible, else ask Playwright for its own."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        packages = ["chromium", "fonts-liberation"]
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)
    if not any(map(shutil.which, NAMES)):
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a worker; each test opens its own context."""
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        yield browser
        browser.close()


def main() -> None:
    """Find a Chromium or install one; end with a sentence when neither works."""
    with sync_playwright() as playwright:
        if find_chromium(playwright) is None:
            sys.stdout.write("Installing Chromium\n")
            install_chromium()
        if find_chromium(playwright) is None:
            sys.exit(HOW_TO_GET_ONE)


if __name__ == "__main__":
    main()
