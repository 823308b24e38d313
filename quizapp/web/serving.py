"""The application as a process serves it that does nothing else."""

from __future__ import annotations

import ctypes
import gc
import sys

from flask import Flask

from quizapp.web.app import create_app

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
"""Names of glibc's `mallopt(3)`."""

LARGE_BYTES = 1024 * 1024
ARENAS = 2


def serving_app() -> Flask:
    """Return the application, its settings from the environment."""
    give_memory_back()
    app = create_app()
    leave_alone_what_stays()
    return app


def give_memory_back() -> None:
    """Let the C library return large pieces of memory at once, and keep few pools of small ones.

    Left to itself, glibc keeps a pool for each thread, and in each the 19 MB that the hash of a password takes: a
    worker that had signed in a class held 355 MB.
    """
    if not sys.platform.startswith("linux"):
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(M_MMAP_THRESHOLD, LARGE_BYTES)
        library.mallopt(M_ARENA_MAX, ARENAS)


def leave_alone_what_stays() -> None:
    """Spare the garbage collector all that was loaded by now: it stays for as long as the process.

    Looking through it again and again took a quarter of the time of a gradebook of two hundred students.
    """
    gc.collect()
    gc.freeze()
