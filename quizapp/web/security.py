"""Headers, tokens and sign-in, the same for every page."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta

import brotli
from flask import Flask, Response, abort, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin
from flask_wtf import CSRFProtect

from quizapp.core.errors import Busy
from quizapp.core.permissions import NOBODY
from quizapp.services.sign_in import SEEN_AGAIN_AFTER, SignedIn, find_session, note_session_seen
from quizapp.web.runtime import runtime, viewer

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
COMPRESSED = frozenset({"text/html", "application/json", "text/csv"})
COMPRESSED_FROM_BYTES = 600

HEADERS = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
"""What every answer says, unless its view has said otherwise."""

csrf = CSRFProtect()
login = LoginManager()


class Browser(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A signed-in browser, as Flask-Login wants to see it. Its id is the session's token, not the person's id."""

    def __init__(self, token: str, who: SignedIn) -> None:
        self.token = token
        self.who = who

    def get_id(self) -> str:
        """Return what the cookie holds."""
        return self.token


@login.user_loader  # type: ignore[untyped-decorator]  # Flask-Login ships no types
def load_browser(token: str) -> Browser | None:
    """Find who holds the token; note at most once a minute that the session was used.

    Raises:
        Busy: the database can't say; once a request, so that the page that tells it needs no database.
    """
    if g.get("is_database_away"):
        return None
    try:
        who = find_session(runtime(), NOBODY, token=token)
    except Busy:
        g.is_database_away = True
        raise
    if who is None:
        return None
    if runtime().clock() - who.last_seen_at >= SEEN_AGAIN_AFTER:
        # A full disk is no reason not to show a page.
        with suppress(Busy):
            note_session_seen(runtime(), who.actor())
    return Browser(token, who)


@login.unauthorized_handler  # type: ignore[untyped-decorator]  # Flask-Login ships no types
def ask_to_sign_in() -> ResponseReturnValue:
    """Send people to the sign-in page and back; answer scripts with 401 so that they can ask inline."""
    if request.accept_mimetypes.best == "application/json" or request.is_json:
        return {"state": "signed_out"}, 401
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=wanted))


def begin_session(token: str) -> None:
    """Tie the browser to a new session; whatever it held before is gone first."""
    session.clear()
    session["_user_id"] = token
    session["_fresh"] = True


def init_security(app: Flask, *, is_tls: bool) -> None:
    """Set up cookies, tokens, headers and limits."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if is_tls else "session",
        SESSION_COOKIE_SECURE=is_tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        # A token that expired by time turned a save at minute 61 into a 400.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=2000,
    )
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None
    app.before_request(_begin_request)
    app.after_request(_finish_response)

    if is_tls:

        @app.after_request
        def only_under_tls(response: Response) -> Response:
            response.headers["Strict-Transport-Security"] = "max-age=31536000"
            return response


def _begin_request() -> None:
    g.request_id = secrets.token_hex(8)
    # No text of ours holds this character, and PostgreSQL stores none that does.
    if (
        "\0" in request.path
        or b"\0" in request.query_string
        or b"%00" in request.query_string
        or _typed_nul()
    ):
        abort(400)


def _typed_nul() -> bool:
    # Without a type there is no form, and looking for one costs as much as the rest of this.
    if not request.content_type:
        return False
    return any("\0" in text for texts in request.form.listvalues() for text in texts)


def _finish_response(response: Response) -> Response:
    headers = response.headers
    # One look over the names: every look-up by name goes through all of them.
    said = {name for name, _ in headers}
    headers.extend(pair for pair in HEADERS if pair[0] not in said)
    headers.add("X-Request-Id", g.get("request_id", ""))
    if "Cache-Control" not in said and viewer() is not None:
        headers.add("Cache-Control", "no-store")
    return _compressed(response)


def _compressed(response: Response) -> Response:
    if (
        response.direct_passthrough
        or response.status_code == 304
        or response.mimetype not in COMPRESSED
        or "Content-Encoding" in response.headers
    ):
        return response
    body = response.get_data()
    if len(body) < COMPRESSED_FROM_BYTES:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("br"):
        response.set_data(brotli.compress(body, quality=1))
        response.headers["Content-Encoding"] = "br"
    return response
