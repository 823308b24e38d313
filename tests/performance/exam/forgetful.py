"""The negative control: a server that says "saved" of every fifth answer and stores nothing of it.

An exam that does not report it as lost proves nothing.
"""

from __future__ import annotations

import itertools
from typing import Any

from flask import Flask

from quizapp.core.attempts import Outcome, State
from quizapp.core.permissions import Actor
from quizapp.services.runtime import Runtime
from quizapp.services.saving import Acknowledged, Saved, save_responses
from quizapp.web.app import create_app as create_honest_app
from quizapp.web.attempts import saving

FORGETS_EVERY = 5


def create_app() -> Flask:
    """Return the application with its one flaw."""
    numbers = itertools.count(1)

    def promise(runtime: Runtime, actor: Actor, **save: Any) -> Saved:
        if next(numbers) % FORGETS_EVERY:
            return save_responses(runtime, actor, **save)
        now = runtime.clock()
        told = tuple(
            Acknowledged(one.slot, one.seq, Outcome.STORED, stored_at=now) for one in save["responses"]
        )
        return Saved(State.IN_PROGRESS, now, None, told)

    saving.save_responses = promise
    return create_honest_app()
