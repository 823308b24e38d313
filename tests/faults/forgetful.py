"""The negative control: a server that says "saved" and stores a moment later.

It is what many do to be fast. It loses only what was promised in the last moment before a kill, and the kill test must
catch that, else the test proves nothing.
"""

from __future__ import annotations

import queue
import threading
import time
from contextlib import suppress
from typing import Any

from flask import Flask

from quizapp.core.attempts import Outcome, State
from quizapp.core.errors import Busy
from quizapp.core.permissions import Actor
from quizapp.services.runtime import Runtime
from quizapp.services.saving import Acknowledged, Saved, save_responses
from quizapp.web.app import create_app as create_honest_app
from quizapp.web.attempts import saving

STORES_AFTER_SECONDS = 0.05
MOST_PROMISES = 4
"""Who saves while so many are open waits. On a busy machine they would pile up, and nearly everything would be lost."""

Promise = tuple[float, Runtime, Actor, dict[str, Any]]


def create_app() -> Flask:
    """Return the application with its one flaw."""
    promises: queue.Queue[Promise] = queue.Queue(MOST_PROMISES)

    def promise(runtime: Runtime, actor: Actor, **save: Any) -> Saved:
        promises.put((time.monotonic() + STORES_AFTER_SECONDS, runtime, actor, save))
        now = runtime.clock()
        told = tuple(
            Acknowledged(one.slot, one.seq, Outcome.STORED, stored_at=now) for one in save["responses"]
        )
        return Saved(State.IN_PROGRESS, now, None, told)

    saving.save_responses = promise
    threading.Thread(target=_keep, args=(promises,), daemon=True).start()
    return create_honest_app()


def _keep(promises: queue.Queue[Promise]) -> None:
    """Store each save when its time has come, in the order of the promises."""
    while True:
        due, runtime, actor, save = promises.get()
        time.sleep(max(0.0, due - time.monotonic()))
        with suppress(Busy):
            save_responses(runtime, actor, **save)
