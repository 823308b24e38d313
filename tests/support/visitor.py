"""Somebody signed in at a test client, who posts forms and JSON as a page of ours would."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """A signed-in browser without script; ``send`` posts JSON as a script would."""

    token_page = "/account"

    def __init__(self, app: Flask, world: Any, person: Any) -> None:
        self.client = app.test_client()
        world.sign_in(self.client, person)
        self._token = ""

    @property
    def token(self) -> str:
        """The token that every page of ours carries."""
        if not self._token:
            found = TOKEN.search(self.get(self.token_page).text)
            assert found is not None
            self._token = found[1]
        return self._token

    def get(self, path: str) -> TestResponse:
        """Open a page; redirects are for the test to follow."""
        return self.client.get(path)

    def post(self, path: str, fields: dict[str, Any] | None = None) -> TestResponse:
        """Post a form."""
        return self.client.post(path, data={"csrf_token": self.token, **(fields or {})})

    def send(self, path: str, body: Any = None) -> TestResponse:
        """Post JSON."""
        return self.client.post(
            path, json=body if body is not None else {}, headers={"X-CSRFToken": self.token}
        )
