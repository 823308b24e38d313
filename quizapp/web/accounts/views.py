"""Signing in and out, the own account, the theme, and whether the server is well."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from quizapp.core.permissions import NOBODY, Role
from quizapp.services.accounts import change_own_secret
from quizapp.services.demo_doors import demo_doors
from quizapp.services.health import is_ready
from quizapp.services.own_secrets import choose_own_secret
from quizapp.services.schools import schools_to_sign_in
from quizapp.services.sign_in import open_sessions
from quizapp.services.sign_in import sign_in as open_session
from quizapp.services.sign_in import sign_out as end_session
from quizapp.services.sign_in import sign_out_everywhere as end_all_sessions
from quizapp.web.accounts import demo
from quizapp.web.accounts.blueprint import bp
from quizapp.web.accounts.forms import NewSecretForm, OwnPinForm, OwnSecretForm, SignInForm
from quizapp.web.device import device
from quizapp.web.forms import EmptyForm
from quizapp.web.places import set_theme
from quizapp.web.runtime import actor, login_required, runtime, signed_in, viewer
from quizapp.web.security import begin_session
from quizapp.web.words import gettext as _

__all__ = ["bp", "demo"]

FIRST_PAGE = {Role.STUDENT: "learn.home", Role.TEACHER: "teach.classrooms", Role.ADMIN: "admin.reports"}


@bp.get("/")
def front() -> ResponseReturnValue:
    """Lead everybody to their own first page."""
    who = viewer()
    return redirect(url_for(FIRST_PAGE[who.role] if who else "accounts.sign_in"))


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in with a name and a password or PIN."""
    if viewer() is not None:
        return redirect(url_for("accounts.front"))
    schools = schools_to_sign_in(runtime(), NOBODY)
    form = SignInForm(next=request.args.get("next", ""))
    form.school_id.choices = [SelectChoice(school.id, school.name) for school in schools]
    if len(schools) == 1:
        form.school_id.data = schools[0].id
    with form.problems():
        if form.validate_on_submit():
            token = open_session(
                runtime(),
                NOBODY,
                school_id=form.school_id.data,
                user_name=form.user_name.data or "",
                secret=form.secret.data or "",
                device=device(),
            )
            begin_session(token)
            return redirect(_own_address(form.next.data) or url_for("accounts.front"))
    page = render_template(
        "accounts/sign_in.html",
        form=form,
        schools=schools,
        doors=demo_doors(runtime(), NOBODY),
        door_words=demo.DOOR_WORDS,
    )
    return page, (422 if form.is_submitted() else 200)


@bp.post("/sign-out")
@login_required
def sign_out() -> ResponseReturnValue:
    """End this session."""
    end_session(runtime(), actor())
    session.clear()
    return redirect(url_for("accounts.sign_in"))


@bp.get("/account")
@login_required
def account() -> ResponseReturnValue:
    """Show the own account: name, where one is signed in, a new secret."""
    return _account_page(NewSecretForm(), 200)


@bp.post("/account/secret")
@login_required
def change_secret() -> ResponseReturnValue:
    """Replace the own password or PIN."""
    form = NewSecretForm()
    with form.problems():
        if form.validate_on_submit():
            change_own_secret(runtime(), actor(), current=form.current.data or "", new=form.new.data or "")
            flash(_("Changed. Everywhere else you are signed out."))
            return redirect(url_for("accounts.account"))
    return _account_page(form, 422)


def _account_page(form: NewSecretForm, status: int) -> ResponseReturnValue:
    return (
        render_template(
            "accounts/account.html",
            form=form,
            sessions=open_sessions(runtime(), actor()),
            is_student=signed_in().role is Role.STUDENT,
            everywhere=EmptyForm(),
        ),
        status,
    )


@bp.route("/account/own-secret", methods=["GET", "POST"])
@login_required
def own_secret() -> ResponseReturnValue:
    """Choose an own password or PIN in place of a temporary one."""
    if not signed_in().must_change_password:
        return redirect(url_for("accounts.account"))
    is_student = signed_in().role is Role.STUDENT
    form = OwnPinForm() if is_student else OwnSecretForm()
    with form.problems():
        if form.validate_on_submit():
            choose_own_secret(runtime(), actor(), new=form.new.data or "")
            flash(_("Changed. From now on you sign in with your own."))
            return redirect(url_for("accounts.front"))
    page = render_template("accounts/own_secret.html", form=form, is_student=is_student)
    return page, (422 if form.is_submitted() else 200)


@bp.post("/account/sign-out-everywhere")
@login_required
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this person."""
    end_all_sessions(runtime(), actor())
    session.clear()
    flash(_("You are signed out everywhere."))
    return redirect(url_for("accounts.sign_in"))


@bp.get("/start")
def start() -> ResponseReturnValue:
    """Say how to begin a school of one's own."""
    return render_template("accounts/start.html")


@bp.post("/theme")
def theme() -> ResponseReturnValue:
    """Remember the theme and go back."""
    response = redirect(_own_address(urlsplit(request.referrer or "").path) or url_for("accounts.front"))
    return set_theme(current_app.make_response(response), request.form.get("theme", "auto"))


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return {"state": "ok"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Say whether the database is there and has this release's schema."""
    return ({"state": "ready"}, 200) if is_ready(runtime()) else ({"state": "not ready"}, 503)


def _own_address(wanted: str | None) -> str | None:
    """Return the address when it is a page of ours that a GET may open, else None."""
    if not wanted or not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted:
        return None
    try:
        current_app.url_map.bind("").match(urlsplit(wanted).path, method="GET")
    except RequestRedirect:
        return wanted
    except HTTPException:
        return None
    return wanted
