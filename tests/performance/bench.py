"""`make bench`: drive the production server and say which goals it meets.

``python -m tests.performance.bench [--short] [--markdown] [--json FILE]``. The server has one core and the client the
other. Absolute times are for reading; what decides are ratios to a signed-in page of one word, measured before and
after everything else in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from quizapp.services.environment import Settings, make_runtime
from quizapp.web.app import create_app
from tests.performance import pages, resources, works
from tests.performance.figures import Row, as_json, markdown_table, text_table
from tests.performance.passports import Passport, passport
from tests.performance.school import make_school
from tests.performance.served import pin
from tests.performance.servers import CLIENT_CORE, PinnedServer, start
from tests.performance.works import CONNECTIONS, Bench

STACK = "tests.performance.applications:stack"
BARE = "tests.performance.applications:bare"


@dataclass(frozen=True, slots=True)
class Scale:
    """How long each work is driven, how many tries each sitter hands in, students and quizzes of both classes."""

    seconds: float
    rounds: int
    sizes: tuple[tuple[int, int], tuple[int, int]]


WHOLE = Scale(6.0, 12, ((30, 10), (200, 60)))
SHORT = Scale(1.0, 3, ((30, 10), (200, 60)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table and keep it as JSON."""
    chosen = _parser().parse_args(arguments)
    pin(CLIENT_CORE)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="quizapp-bench-") as folder:
        rows = list(measure(SHORT if chosen.short else WHOLE, Path(folder)))
    told = machine()
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps({**told, "rows": as_json(rows)}, indent=1, ensure_ascii=False) + "\n")
    table = markdown_table(rows) if chosen.markdown else text_table(rows)
    head = ", ".join(told.values())
    sys.stdout.write(f"{head}\n\n{table}\n\n{time.monotonic() - begun:.0f} s; also in {chosen.json}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure the goals of performance.")
    parser.add_argument("--short", action="store_true", help="a second for each work: to try, not to read")
    parser.add_argument("--markdown", action="store_true", help="print the table for docs/performance.md")
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"), help="where the figures go")
    return parser


def machine() -> dict[str, str]:
    """Return what the figures were measured on, and when."""
    cpus = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    names = [line.partition(":")[2].strip() for line in cpus.splitlines() if line.startswith("model name")]
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "processor": f"{os.cpu_count()} × {names[0] if names else platform.processor()}",
        "python": f"Python {platform.python_version()}",
    }


def measure(scale: Scale, folder: Path) -> Iterator[Row]:
    """Yield every line of the table."""
    on_sqlite = _settings(f"sqlite:///{folder / 'school.db'}")
    with _served(on_sqlite, scale) as bench, _running(BARE, on_sqlite, "/") as bare:
        alone = yield from _sqlite_rows(bench, bare)
    yield resources.ready_row(_environment(on_sqlite))
    few = Scale(scale.seconds, 0, ((1, 1), (1, 1)))
    with resources.postgresql() as url, _served(_settings(url), few) as bench:
        _say("PostgreSQL")
        yield resources.postgresql_row(bench.drive(works.save_plans(bench, _sitters(bench))), alone)
    yield from _page_rows(folder / "demo")


def _sqlite_rows(bench: Bench, bare: PinnedServer) -> Iterator[Row]:
    """Yield the lines of what one server on SQLite does; return its run of saves."""
    passports = _sitters(bench)
    idle = bench.server.worker_megabytes()
    before = works.hello(bench, bare, passports)
    hello = before[1]
    rows: list[Row] = []
    _say("students' pages")
    rows += [works.lesson_screen(bench, passports, hello), works.quiz_page(bench, passports, hello)]
    _say("saves and submits")
    saved, alone = works.save(bench, passports, hello)
    submitted, submits = works.submit(bench, passports, hello)
    rows += [saved, works.save_tail(bench, _sitters(bench, len(bench.school.sitters))), submitted]
    rows += [works.bodies([alone, submits])]
    _say("gradebooks")
    teacher = passport(bench.app, bench.school.runtime, bench.school.teacher)
    rows += works.gradebooks(bench, [teacher] * CONNECTIONS, hello)
    _say("sign-ins")
    anonymous = passport(bench.app, bench.school.runtime)
    rows += [
        works.sign_in(bench, anonymous),
        works.saves_beside_sign_ins(bench, passports, anonymous, alone),
        resources.memory_row(idle, bench.server.worker_megabytes()),
    ]
    yield from works.hello_rows(before, works.hello(bench, bare, passports))
    yield from sorted(rows, key=lambda row: int(row.goal or 5))
    return alone


def _page_rows(folder: Path) -> Iterator[Row]:
    _say("every page of the demo school")
    settings = pages.make_demo(folder)
    runtime = make_runtime(settings)
    with _running(STACK, settings, "/readyz") as server:
        yield from pages.page_rows(server, create_app(settings, runtime), runtime)


def _sitters(bench: Bench, many: int = CONNECTIONS) -> list[Passport]:
    return [bench.passport(place) for place in range(many)]


@contextmanager
def _served(settings: Settings, scale: Scale) -> Iterator[Bench]:
    """Make the school of these settings and serve it."""
    _say("making the school")
    school = make_school(settings, rounds=scale.rounds, sizes=scale.sizes)
    with _running(STACK, settings, "/readyz") as server:
        yield Bench(school, server, create_app(settings, school.runtime), scale.seconds)


@contextmanager
def _running(application: str, settings: Settings, ready: str) -> Iterator[PinnedServer]:
    with ExitStack() as stack:
        server = start(application, _environment(settings), ready)
        stack.callback(server.stop)
        yield server


def _settings(database_url: str) -> Settings:
    return Settings(
        database_url=database_url,
        secret_key="a secret of the bench that is long enough",
        pepper="a pepper of the bench that is long enough",
        trusted_hosts=("127.0.0.1",),
    )


def _environment(settings: Settings) -> dict[str, str]:
    return {
        "QUIZAPP_MODE": settings.mode.value,
        "QUIZAPP_DATABASE_URL": settings.database_url,
        "QUIZAPP_SECRET_KEY": settings.secret_key,
        "QUIZAPP_PEPPER": settings.pepper,
        "QUIZAPP_TRUSTED_HOSTS": ",".join(settings.trusted_hosts),
        "QUIZAPP_IS_TLS": str(settings.is_tls).lower(),
    }


def _say(words: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {words} …\n")


if __name__ == "__main__":
    main()
