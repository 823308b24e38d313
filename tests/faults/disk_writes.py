"""The order of things on the disk, seen from outside: no acknowledgement before the answer is flushed to it."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from tests.faults.place import Place, Result, Size
from tests.faults.servers import server_at
from tests.faults.writers import Writer, make_writers, result_of, wait_until

SAVES = 200
ATTACH_SECONDS = 20.0

FLUSHED = re.compile(r"^\d+ +(\d+\.\d+) f(?:data)?sync\(\d+\) += 0 <(\d+\.\d+)>")
BEGUN = re.compile(r"^(\d+) +(\d+\.\d+) f(?:data)?sync\(\d+ <unfinished")
ENDED = re.compile(r"^(\d+) +\d+\.\d+ <\.\.\. f(?:data)?sync resumed>.*= 0 <(\d+\.\d+)>")
"""A flush that succeeded, in one line or in two: when it began and how long it took."""


def flushed_first(place: Place, size: Size) -> Result:
    """One save after the other, under strace: in each lies a flush that ended before the acknowledgement."""
    if shutil.which("strace") is None:
        return Result(needs="strace")
    (writer,) = make_writers(place, 1)
    trace = place.folder / "trace"
    with server_at(place) as server:
        writer.browser.port = server.port
        writer.save(1)
        root = server.process_id if place.is_sqlite else _postmaster_of(place)
        try:
            with _traced(_family_of(root), trace):
                waits = [_save(writer, seq) for seq in range(2, SAVES + 2)]
        except PermissionError:
            return Result(needs="the right to trace other processes")
    flushes = flushes_of(trace.read_text())
    early = sum(
        not any(began >= sent and ended <= told for began, ended in flushes) for sent, told in waits
    )  # fmt: skip
    return result_of(place, [writer]).found(
        f"{early} of {SAVES} acknowledgements came before a flush" if early else ""
    )


def _save(writer: Writer, seq: int) -> tuple[float, float]:
    sent = time.time()
    writer.save(seq)
    return sent, time.time()


def flushes_of(trace: str) -> list[tuple[float, float]]:
    """Return when each flush of a trace began and ended."""
    flushes: list[tuple[float, float]] = []
    open_since: dict[str, float] = {}
    for line in trace.splitlines():
        if whole := FLUSHED.match(line):
            flushes.append((float(whole[1]), float(whole[1]) + float(whole[2])))
        elif begun := BEGUN.match(line):
            open_since[begun[1]] = float(begun[2])
        elif (ended := ENDED.match(line)) and ended[1] in open_since:
            began = open_since.pop(ended[1])
            flushes.append((began, began + float(ended[2])))
    return flushes


@contextmanager
def _traced(process_ids: list[int], trace: Path) -> Iterator[None]:
    """Write down every flush of these processes and of those that they begin."""
    told = trace.with_suffix(".told")
    words = ["strace", "-f", "-ttt", "-T", "-e", "trace=fdatasync,fsync", "-o", str(trace)]
    words += [word for one in process_ids for word in ("-p", str(one))]
    with told.open("wb") as output:
        tracer = subprocess.Popen(words, stderr=output)
    try:
        if not wait_until(lambda: told.read_text().count("attached") >= len(process_ids), ATTACH_SECONDS):
            raise PermissionError(told.read_text())
        yield
    finally:
        tracer.terminate()
        tracer.wait(ATTACH_SECONDS)


def _postmaster_of(place: Place) -> int:
    with place.runtime.database.reading() as session:
        backend = session.scalar(text("SELECT pg_backend_pid()"))
    return _parent_of(Path(f"/proc/{backend}"))


def _family_of(root: int) -> list[int]:
    """Return a process and all below it."""
    parents = {int(one.name): _parent_of(one) for one in Path("/proc").glob("[0-9]*")}
    family = [root]
    for one in family:
        family += [child for child, parent in parents.items() if parent == one]
    return family


def _parent_of(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:  # it ended meanwhile
        return 0
