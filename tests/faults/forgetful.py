"""The negative control: a server that says "saved" from a queue, before anything is stored.

It is what many do to be fast. The kill test must catch it, else the test proves nothing.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from typing import Any

from flask import Flask

from quizapp.core.attempts import Outcome, State
from quizapp.core.permissions import Actor
from quizapp.services.runtime import Runtime
from quizapp.services.saving import Acknowledged, Saved, save_responses
from quizapp.web.app import create_app as create_honest_app
from quizapp.web.attempts import saving

WRITES_EVERY_SECONDS = 0.2


def create_app() -> Flask:
    """Return the application with its one flaw."""
    waiting: queue.SimpleQueue[tuple[Runtime, Actor, dict[str, Any]]] = queue.SimpleQueue()

    def write() -> None:
        while True:
            time.sleep(WRITES_EVERY_SECONDS)
            while not waiting.empty():
                runtime, actor, save = waiting.get()
                save_responses(runtime, actor, **save)

    def promise(runtime: Runtime, actor: Actor, **save: Any) -> Saved:
        waiting.put((runtime, actor, save))
        now = runtime.clock()
        told = tuple(
            Acknowledged(one.slot, one.seq, Outcome.STORED, stored_at=now) for one in save["responses"]
        )
        return Saved(State.IN_PROGRESS, now, None, told)

    saving.save_responses = promise
    threading.Thread(target=write, daemon=True).start()
    os.environ.setdefault("QUIZAPP_MODE", "development")
    return create_honest_app()
