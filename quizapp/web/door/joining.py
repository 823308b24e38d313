"""Into a class by its code: the code, the own name, the PIN."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.door import Step
from quizapp.core.errors import Refusal
from quizapp.core.join_codes import read_code, shown_code
from quizapp.core.permissions import NOBODY
from quizapp.services.door_claims import (
    AtTheDoor,
    ask_for_a_new_start,
    ask_to_come_in,
    at_the_door,
    check_code,
    claim_name,
    door_names,
    let_go,
)
from quizapp.services.door_entry import come_in
from quizapp.web.device import device
from quizapp.web.door.blueprint import bp, browser, named_browser
from quizapp.web.door.forms import CodeForm, NameForm, NewPinForm, PasswordForm, SecretForm
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import runtime, viewer
from quizapp.web.security import begin_session
from quizapp.web.words import gettext as _
from quizapp.web.words import say

LOOKS_AGAIN_AFTER_SECONDS = 4


@bp.before_request
def only_those_outside() -> ResponseReturnValue | None:
    """Lead whoever is signed in to the own first page; a shared device signs out first."""
    who = viewer()
    if who is None:
        return None
    flash(_("You are signed in as %(name)s. Sign out first if this is somebody else.", name=who.display_name))
    return redirect(url_for("accounts.front"))


@bp.route("/join", methods=["GET", "POST"])
def code() -> ResponseReturnValue:
    """Ask for the code of the class."""
    form = CodeForm()
    with form.problems():
        if form.validate_on_submit():
            typed = form.code.data or ""
            check_code(runtime(), NOBODY, code=typed)
            return redirect(url_for("door.names", code=typed))
    return render_template("door/code.html", form=form), (422 if form.is_submitted() else 200)


@bp.get("/join/<code>")
def names(code: str) -> ResponseReturnValue:
    """Show the names of the class while its door is open."""
    return _names_page(code, NameForm(formdata=None))


@bp.post("/join/<code>/name")
def claim(code: str) -> ResponseReturnValue:
    """Choose the own name from the list."""
    form = EmptyForm()
    with form.problems():
        if form.validate_on_submit():
            student_id = request.form.get("student_id", 0, type=int)
            claim_name(
                runtime(), NOBODY, code=read_code(code), browser=named_browser(), student_id=student_id
            )
            return redirect(url_for("door.pin", code=read_code(code)))
    return _names_page(code, NameForm(formdata=None), form.form_errors, status=422)


@bp.post("/join/<code>/typed-name")
def ask(code: str) -> ResponseReturnValue:
    """Type a name that is not on the list, and wait to be let in."""
    form = NameForm()
    with form.problems():
        if form.validate_on_submit():
            ask_to_come_in(
                runtime(), NOBODY, code=read_code(code), browser=named_browser(), name=form.name.data or ""
            )
            return redirect(url_for("door.pin", code=read_code(code)))
    return _names_page(code, form, form.form_errors, status=422)


@bp.get("/join/<code>/pin")
def pin(code: str) -> ResponseReturnValue:
    """Ask for the PIN of the chosen name, or wait with the typed one."""
    try:
        at = at_the_door(runtime(), NOBODY, code=read_code(code), browser=browser())
    except Refusal as refusal:
        return _closed_page(code, refusal)
    if at is None:
        return _choose_again(code)
    if at.step is Step.WAIT:
        page = current_app.make_response(
            render_template("door/waiting.html", at=at, form=EmptyForm(), **_of(code))
        )
        # Works without script, and no page of ours reloads while somebody types.
        page.headers["Refresh"] = str(LOOKS_AGAIN_AFTER_SECONDS)
        return page
    return _pin_page(code, at, _secret_form(at), 200)


@bp.post("/join/<code>/pin")
def enter(code: str) -> ResponseReturnValue:
    """Come in with the PIN; the first time it becomes the own one."""
    try:
        at = at_the_door(runtime(), NOBODY, code=read_code(code), browser=browser())
    except Refusal as refusal:
        return _closed_page(code, refusal)
    if at is None:
        return _choose_again(code)
    if at.step is Step.WAIT:
        return redirect(url_for("door.pin", code=read_code(code)))
    form = _secret_form(at)
    with form.problems():
        if form.validate_on_submit():
            secret = form.secret.data or ""
            token = come_in(
                runtime(), NOBODY, code=read_code(code), browser=browser(), secret=secret, device=device()
            )
            begin_session(token)
            return redirect(url_for("accounts.front"))
    return _pin_page(code, at, form, 422)


@bp.post("/join/<code>/no-pin")
def no_pin(code: str) -> ResponseReturnValue:
    """Ask the teacher for a new start."""
    try:
        ask_for_a_new_start(runtime(), NOBODY, code=read_code(code), browser=browser())
    except Refusal as refusal:
        return _closed_page(code, refusal)
    return redirect(url_for("door.pin", code=read_code(code)))


@bp.post("/join/<code>/let-go")
def release(code: str) -> ResponseReturnValue:
    """Free the chosen name, because it was somebody else's."""
    try:
        let_go(runtime(), NOBODY, code=read_code(code), browser=browser())
    except Refusal as refusal:
        return _closed_page(code, refusal)
    return redirect(url_for("door.names", code=read_code(code)))


def _names_page(
    code: str, form: NameForm, problems: list[str] | tuple[str, ...] = (), status: int = 200
) -> ResponseReturnValue:
    try:
        found = door_names(runtime(), NOBODY, code=read_code(code), browser=browser())
    except Refusal as refusal:
        return _closed_page(code, refusal)
    page = render_template("door/names.html", door=found, form=form, problems=problems, **_of(code))
    return page, status


def _pin_page(code: str, at: AtTheDoor, form: SecretForm, status: int) -> ResponseReturnValue:
    page = render_template("door/pin.html", at=at, form=form, is_new=at.step is Step.CHOOSE, **_of(code))
    return page, status


def _closed_page(code: str, refusal: Refusal) -> ResponseReturnValue:
    form = CodeForm(formdata=None, code=read_code(code))
    form.code.errors = [say(refusal.message)]
    return render_template("door/code.html", form=form), 404


def _choose_again(code: str) -> ResponseReturnValue:
    flash(_("Choose your name. If you had chosen one before, it is free again."))
    return redirect(url_for("door.names", code=read_code(code)))


def _secret_form(at: AtTheDoor) -> SecretForm:
    if at.step is Step.CHOOSE:
        return NewPinForm()
    return PasswordForm() if at.has_password else SecretForm()


def _of(code: str) -> dict[str, str]:
    return {"code": read_code(code), "shown": shown_code(read_code(code))}
