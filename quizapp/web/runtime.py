"""What a view reaches for: the runtime, and who acts in this request."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from flask import current_app, g
from flask_login import current_user
from flask_login import login_required as flask_login_required

from quizapp.core.permissions import NOBODY, Actor
from quizapp.services.runtime import Runtime
from quizapp.services.sign_in import SignedIn

EXTENSION = "quizapp"

View = TypeVar("View", bound=Callable[..., object])


def login_required(view: View) -> View:
    """Let only signed-in people reach the view; the others are asked to sign in."""
    return cast("View", flask_login_required(view))


def runtime() -> Runtime:
    """Return the runtime of this application."""
    return cast("Runtime", current_app.extensions[EXTENSION])


def viewer() -> SignedIn | None:
    """Return who is signed in, or None."""
    # Nobody has no `who`. Asked once: each look through the proxy costs as much as twenty attributes.
    return getattr(current_user, "who", None)


def signed_in() -> SignedIn:
    """Return who is signed in, behind ``login_required``."""
    who = viewer()
    assert who is not None, "a view without login_required asked who is signed in"
    return who


def actor() -> Actor:
    """Return who acts in this request; nobody where no one is signed in."""
    who = viewer()
    return who.actor(g.get("request_id", "")) if who else NOBODY
