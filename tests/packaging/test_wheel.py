"""The wheel carries all that a demo school needs: built, installed away from the sources, and asked for pages."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
import urllib.error
import urllib.parse
import urllib.request
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.support.server import free_port
from tests.support.visitor import TOKEN

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("quizapp", "lessons", "questions", "static")
FILES = ("setup.cfg", "pyproject.toml", "requirements.in", "LICENSE")
# A whole school is made first, on a machine that may have other things to do.
START_SECONDS = 240.0
LINKED = re.compile(r'(?:href|src)="(/(?:static|assets)/[^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """An answer, and where redirects led."""

    status: int
    path: str
    media_type: str
    body: bytes

    @property
    def text(self) -> str:
        """What the page says."""
        return self.body.decode()


class Tourist:
    """A browser without script that remembers cookies."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def open(self, path: str, fields: dict[str, str] | None = None) -> Page:
        """Open a page, or send a form when there are fields, and follow where it leads."""
        sent = urllib.parse.urlencode(fields).encode() if fields is not None else None
        with self._opener.open(self._url + path, sent, timeout=30) as answer:
            place = urllib.parse.urlsplit(answer.url).path
            return Page(answer.status, place, answer.headers.get_content_type(), answer.read())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: what an earlier build left beside the sources must not get in."""
    sources, built = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("dist")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, sources / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        shutil.copy(ROOT / file, sources)
    subprocess.run(
        [sys.executable, "-m", "uv", "build", "--quiet", "--offline", "--wheel", "--no-build-isolation",
         "--python", sys.executable, "--out-dir", str(built), str(sources)],
        check=True, timeout=120,
    )  # fmt: skip
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment: the wheel, and the packages that this environment has already."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(environment, symlinks=True)
    programs = environment / "bin"
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps",
         "--python", str(programs / "python"), str(wheel)],
        check=True, timeout=120,
    )  # fmt: skip
    # Named in a .pth, its own .pth files are not read: the link to the sources stays behind.
    site = environment / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (site / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n")
    return programs


@pytest.fixture(scope="module")
def address(installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the installed program serves a demo school from an empty folder."""
    folder, port = tmp_path_factory.mktemp("empty"), free_port()
    log = tmp_path_factory.mktemp("log") / "demo.log"
    command = [str(installation / "quizapp"), "demo", "--no-browser", "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=bare_environment(), stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(Tourist(url), process, log)
        yield url
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture
def tourist(address: str) -> Tourist:
    """A new browser at that school."""
    return Tourist(address)


def bare_environment() -> dict[str, str]:
    """Return the variables of this machine without those that lead back to the sources."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("QUIZAPP_", "PYTHON", "COV_", "COVERAGE"))
    }


def wait_until_ready(visiting: Tourist, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait for the first good answer, or fail with what the program said."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if visiting.open("/readyz").status == 200:
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"the demo did not start: {log.read_text(errors='replace')[-3000:]}")


def test_the_program_comes_from_the_wheel_and_not_from_the_sources(installation: Path) -> None:
    asked = subprocess.run(
        [str(installation / "python"), "-c", "import quizapp; print(quizapp.__file__)"],
        cwd=installation, env=bare_environment(), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip

    assert Path(asked.stdout.strip()).is_relative_to(installation.parent)


def test_the_first_page_leads_to_the_doors_of_the_demo(tourist: Tourist) -> None:
    page = tourist.open("/")

    assert (page.status, page.path) == (200, "/sign-in")
    assert "/demo/student" in page.text


def test_a_student_reads_a_lesson_with_its_styles_scripts_and_pictures(tourist: Tourist) -> None:
    token = TOKEN.search(tourist.open("/sign-in").text)
    assert token is not None
    home = tourist.open("/demo/student", {"csrf_token": token[1]})
    start = tourist.open("/lessons/who-says-so")
    token = TOKEN.search(start.text)
    assert token is not None

    screen = tourist.open("/lessons/who-says-so/start", {"csrf_token": token[1], "case": "A", "screen": "1"})
    linked = [tourist.open(path) for path in sorted(set(LINKED.findall(screen.text)))]

    assert home.status == start.status == screen.status == 200
    assert screen.path == "/lessons/who-says-so/1"
    assert {one.status for one in linked} == {200}
    assert {"text/css", "text/javascript", "image/svg+xml"} <= {one.media_type for one in linked}
    assert all(one.body for one in linked)
