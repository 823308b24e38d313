"""What the bench serves: bare Flask, and the whole product with a page that says one word."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask, Response, g
from sqlalchemy.orm import Session

from quizapp.services.environment import make_runtime, read_settings
from quizapp.storage.unit_of_work import EngineDatabase
from quizapp.web.app import create_app
from quizapp.web.runtime import login_required
from quizapp.web.serving import give_memory_back, leave_alone_what_stays

WORD = "hello"
BODY_SECONDS = "X-Body-Seconds"
"""The header in which the server tells how long a writing use case held its transaction."""


class TimedDatabase(EngineDatabase):
    """Notes how long each writing transaction took, its commit included and its turn apart."""

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that may write."""
        with super().writing() as session:
            begun = time.perf_counter()
            yield session
        g.body_seconds = time.perf_counter() - begun


def bare() -> Flask:
    """Return Flask with one page and nothing else."""
    app = Flask("bare")

    @app.get("/")
    def hello() -> str:
        return WORD

    return app


def stack() -> Flask:
    """Return the product as it is served, its settings from the environment, with ``/hello`` for who is signed in."""
    give_memory_back()
    settings = read_settings(dict(os.environ))
    runtime = make_runtime(settings)
    assert isinstance(runtime.database, EngineDatabase)
    app = create_app(settings, replace(runtime, database=TimedDatabase(runtime.database.engine)))

    @app.get("/hello")
    @login_required
    def hello() -> str:
        return WORD

    @app.after_request
    def tell(response: Response) -> Response:
        if "body_seconds" in g:
            response.headers[BODY_SECONDS] = f"{g.body_seconds:.6f}"
        return response

    leave_alone_what_stays()
    return app
