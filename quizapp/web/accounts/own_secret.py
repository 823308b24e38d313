"""Before anything else, whoever signed in with a temporary password or PIN chooses an own one."""

from __future__ import annotations

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.web.runtime import viewer

OPEN_BEFORE = frozenset(
    {
        "accounts.own_secret",
        "accounts.sign_out",
        "accounts.theme",
        "accounts.start",
        "accounts.healthz",
        "accounts.readyz",
    }
)


def init_own_secret(app: Flask) -> None:
    """Lead every other page there until the own password or PIN is chosen."""
    app.before_request(_lead_to_own_secret)


def _lead_to_own_secret() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OPEN_BEFORE:
        return None
    who = viewer()
    if who is None or not who.must_change_password:
        return None
    return redirect(url_for("accounts.own_secret"))
