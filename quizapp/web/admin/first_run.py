"""The first run: before there is a school, every page leads to the one that makes it."""

from __future__ import annotations

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.errors import NotFound
from quizapp.services.first_run import is_good_token, is_set_up, set_up_school
from quizapp.web.admin.blueprint import bp
from quizapp.web.admin.school_forms import FirstRunForm
from quizapp.web.device import device
from quizapp.web.runtime import actor, runtime, viewer
from quizapp.web.security import begin_session

IS_SET_UP = "quizapp.is_set_up"
"""Once a school was seen there is one for good, so the question is asked until then only."""

OPEN_BEFORE = frozenset(
    {
        "admin.first_run",
        "admin.first_run_page",
        "accounts.healthz",
        "accounts.readyz",
        "accounts.theme",
        "static",
    }
)


@bp.get("/first-run")
def first_run() -> ResponseReturnValue:
    """Say where the link is found that sets the school up."""
    if is_set_up(runtime()):
        raise NotFound
    return render_template("admin/first_run_link.html")


@bp.route("/first-run/<string:token>", methods=["GET", "POST"])
def first_run_page(token: str) -> ResponseReturnValue:
    """Make the school and its administrator, and sign that person in."""
    if is_set_up(runtime()):
        raise NotFound
    if not is_good_token(_keys(), token, runtime().clock()):
        return render_template("admin/first_run_link.html", is_over=True), 404
    form = FirstRunForm()
    with form.problems():
        if form.validate_on_submit():
            session_token = set_up_school(
                runtime(), actor(), school=form.school(), admin=form.admin(), device=device()
            )
            begin_session(session_token)
            return redirect(url_for("accounts.front"))
    return render_template("admin/first_run.html", form=form), (422 if form.is_submitted() else 200)


def _keys() -> list[str]:
    return [current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ())]


def init_first_run(app: Flask) -> None:
    """Lead every page to the first-run page until there is a school."""
    app.before_request(_lead_to_first_run)


def _lead_to_first_run() -> ResponseReturnValue | None:
    known = current_app.extensions.get(IS_SET_UP, False)
    if known or request.endpoint is None or request.endpoint in OPEN_BEFORE:
        return None
    if viewer() is not None or is_set_up(runtime()):
        current_app.extensions[IS_SET_UP] = True
        return None
    return redirect(url_for("admin.first_run"))
