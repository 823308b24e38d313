"""What a signed-in browser sends along, made without signing in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import open_session
from tests.builders.world import A
from tests.performance.driving import Call


@dataclass(frozen=True, slots=True)
class Passport:
    """The headers of one browser: its session, its token, and that it takes compressed answers."""

    cookie: str
    token: str

    def get(self, path: str) -> Call:
        """Return the request for a page."""
        return Call(path, self._headers())

    def send(self, path: str, body: Mapping[str, Any]) -> Call:
        """Return the request with which a script sends JSON."""
        headers = {**self._headers(), "Content-Type": "application/json", "X-CSRFToken": self.token}
        return Call(path, headers, "POST", json.dumps(body))

    def post(self, path: str, fields: Mapping[str, str], status: int = 302) -> Call:
        """Return the request with which a form is sent."""
        headers = {**self._headers(), "Content-Type": "application/x-www-form-urlencoded"}
        return Call(path, headers, "POST", urlencode({**fields, "csrf_token": self.token}), status)

    def _headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie, "Accept-Encoding": "br"}


def passport(app: Flask, runtime: Runtime, person: A | None = None) -> Passport:
    """Return the passport of a person, whose session is opened here, or of somebody who is not signed in."""
    with app.test_request_context():
        token = generate_csrf()
        kept = dict(session)
    if person is not None:
        kept |= {
            "_user_id": open_session(runtime, person.actor, subject=None, device="Bench"),
            "_fresh": True,
        }
    signer = app.session_interface.get_signing_serializer(app)
    assert signer is not None
    return Passport(f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(kept)}", token)
