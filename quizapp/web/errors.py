"""What people read when something can't be done."""

from __future__ import annotations

import structlog
from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from quizapp.core.errors import Busy, Conflict, NotFound, Refusal
from quizapp.core.messages import Message
from quizapp.web.words import say

log = structlog.get_logger()

TITLES = {
    400: Message("This request can't be read"),
    403: Message("This is not open to you"),
    404: Message("There is nothing here"),
    405: Message("This address does something else"),
    409: Message("Something changed in the meantime"),
    413: Message("This is too large"),
    422: Message("This can't be stored"),
    429: Message("Too many tries"),
    500: Message("Something went wrong on our side"),
    503: Message("The server is busy"),
}

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

SENTENCES = {
    400: Message("Go back, load the page again and try once more."),
    403: Message("Sign in with another account, or ask your teacher."),
    404: Message("The address is wrong, or what it points to is not yours to see."),
    405: Message("Go back and use the button on the page."),
    413: Message("At most 2 MB can be sent at once."),
    500: Message(
        "It was noted. Nothing that was confirmed as saved is lost. Try again, or tell your teacher the number below."
    ),
}


def answer(status: int, message: Message | None = None) -> ResponseReturnValue:
    """Return the error page, or the same as JSON for a script."""
    title = TITLES.get(status, TITLES[500 if status >= 500 else 400])
    sentence = say(message or SENTENCES.get(status, SENTENCES[400]))
    if request.is_json or request.accept_mimetypes.best == "application/json":
        return {"state": "refused", "message": sentence, "request_id": g.get("request_id", "")}, status
    page = render_template(
        "errors/error.html",
        status=status,
        title=say(title),
        sentence=sentence,
        request_id=g.get("request_id", ""),
    )
    return page, status


def not_found(_error: NotFound) -> ResponseReturnValue:
    """Unknown and foreign things answer alike."""
    return answer(404)


def conflict(error: Conflict) -> ResponseReturnValue:
    """Somebody was faster."""
    return answer(409, error.message)


def refusal(error: Refusal) -> ResponseReturnValue:
    """A rule said no, outside a form."""
    return answer(422, error.message)


def busy(error: Busy) -> ResponseReturnValue:
    """Ask to try again, and say when; a form that was sent stands ready to be sent once more."""
    seconds = error.retry_after_seconds
    if request.method == "POST" and request.mimetype in FORMS and not request.files:
        page = render_template(
            "errors/busy.html",
            sentence=say(error.message),
            address=request.full_path.rstrip("?"),
            fields=list(request.form.items(multi=True)),
            seconds=seconds,
        )
        response = current_app.make_response((page, 503))
        # It may hold a PIN that was typed.
        response.headers["Cache-Control"] = "no-store"
    else:
        response = current_app.make_response(answer(503, error.message))
    response.headers["Retry-After"] = str(seconds)
    return response


def old_token(_error: CSRFError) -> ResponseReturnValue:
    """The page was opened in another session."""
    return answer(
        400, Message("This page was opened before you signed in or out. Load it again and try once more.")
    )


def http(error: HTTPException) -> ResponseReturnValue:
    """Answer what Flask itself refuses."""
    # For a host that is not trusted no page can be made: every link on it would be poisoned.
    if isinstance(error, SecurityError) or (error.code is not None and error.code < 400):
        return error.get_response()
    return answer(error.code or 500)


def unexpected(error: Exception) -> ResponseReturnValue:
    """Log a mistake of ours with the number that the page shows; tests see it raised."""
    log.error("unexpected", path=request.path, request_id=g.get("request_id", ""), exc_info=error)
    if current_app.testing:
        raise error
    return answer(500)


def init_errors(app: Flask) -> None:
    """Answer every error with a page that says what to do."""
    app.register_error_handler(NotFound, not_found)
    app.register_error_handler(Conflict, conflict)
    app.register_error_handler(Refusal, refusal)
    app.register_error_handler(Busy, busy)
    app.register_error_handler(CSRFError, old_token)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, unexpected)
