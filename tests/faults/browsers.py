"""Browsers of the fault tests: they hold one connection, send what a page would, and remember what they were told."""

from __future__ import annotations

import http.client
import json
import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import open_session
from tests.builders.world import A
from tests.faults.servers import SECRET_KEY

PATIENCE_SECONDS = 60.0


class NotAnswered(Exception):
    """The connection broke before an answer was there."""


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    text: str
    location: str = ""

    @property
    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.text)
        return told


@dataclass
class Browser:
    """One browser on one connection, which it opens again when it breaks.

    Attributes:
        hesitates_seconds: how long after the head of a request its body is sent.
    """

    port: int
    cookie: str = ""
    token: str = ""
    connections: int = 0
    hesitates_seconds: float = 0.0
    _connection: http.client.HTTPConnection | None = field(default=None, repr=False)

    def send(self, path: str, body: dict[str, Any] | None = None) -> Answer:
        """Post JSON as a page's script does.

        Raises:
            NotAnswered: nothing is known about what became of it.
        """
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self._ask("POST", path, json.dumps(body or {}), headers)

    def fill_in(self, path: str, **fields: str) -> Answer:
        """Post a form."""
        text = urlencode({"csrf_token": self.token, **fields})
        return self._ask("POST", path, text, {"Content-Type": "application/x-www-form-urlencoded"})

    def open(self, path: str) -> Answer:
        return self._ask("GET", path, None, {})

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __del__(self) -> None:
        self.close()  # whoever has done with a browser just forgets it

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
            self.connections += 1
        try:
            self._write(self._connection, method, path, (body or "").encode(), headers)
            heard = self._connection.getresponse()
            text = heard.read().decode()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NotAnswered from error
        if heard.will_close:
            self.close()
        cookie = heard.getheader("Set-Cookie", "").partition(";")[0]
        if cookie.startswith("session="):
            self.cookie = cookie
        return Answer(heard.status, text, heard.getheader("Location", ""))

    def _write(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
    ) -> None:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, text in {**headers, "X-CSRFToken": self.token, "Cookie": self.cookie}.items():
            connection.putheader(name, text)
        if method == "POST":
            connection.putheader("Content-Length", str(len(body)))
        if not self.hesitates_seconds:
            connection.endheaders(body or None)
            return
        connection.endheaders()
        time.sleep(self.hesitates_seconds)
        connection.send(body)


@cache
def signing_app() -> Flask:
    """Return an application that signs cookies as the server does, and can do nothing else: it is made at once."""
    app = Flask(__name__)
    app.secret_key = SECRET_KEY
    return app


def signed_in(runtime: Runtime, person: A, port: int = 0) -> Browser:
    """Return a browser in which a person is signed in."""
    app = signing_app()
    token = open_session(runtime, person.actor, subject=None, device="Tests")
    with app.test_request_context():
        session.update({"_user_id": token, "_fresh": True})
        csrf = generate_csrf()
        serializer = app.session_interface.get_signing_serializer(app)
        return Browser(port, f"session={serializer.dumps(dict(session))}", csrf)
