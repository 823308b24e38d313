"""The part of the web in front of the sign-in: the door of a class, and login cards."""

from __future__ import annotations

import secrets

from flask import Blueprint, Response, session

bp = Blueprint("door", __name__)

_BROWSER = "door"


@bp.after_request
def keep_nothing(response: Response) -> Response:
    """Names of a class stay in no cache, also before anybody is signed in."""
    response.headers["Cache-Control"] = "no-store"
    return response


def browser() -> str:
    """Return the token by which the door knows this browser, empty where it has none yet."""
    return str(session.get(_BROWSER, ""))


def named_browser() -> str:
    """Return the token of this browser, made where it has none; only a POST asks for it."""
    if not browser():
        session[_BROWSER] = secrets.token_urlsafe(16)
    return browser()
