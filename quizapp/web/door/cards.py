"""In by a login card: its QR code opens the second address, its code is typed at the first."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.errors import Refusal
from quizapp.core.join_codes import read_code
from quizapp.core.permissions import NOBODY
from quizapp.services.login_cards import card_holder, sign_in_with_card
from quizapp.web.device import device
from quizapp.web.door.blueprint import bp
from quizapp.web.door.forms import CardForm
from quizapp.web.runtime import runtime
from quizapp.web.security import begin_session
from quizapp.web.words import say


@bp.route("/card", methods=["GET", "POST"])
def card() -> ResponseReturnValue:
    """Ask for the code of a card, and sign in with it."""
    form = CardForm()
    with form.problems():
        if form.validate_on_submit():
            token = sign_in_with_card(runtime(), NOBODY, code=form.code.data or "", device=device())
            begin_session(token)
            return redirect(url_for("accounts.front"))
    return render_template("door/card.html", form=form, name=""), (422 if form.is_submitted() else 200)


@bp.get("/card/<code>")
def card_by_link(code: str) -> ResponseReturnValue:
    """Show whose card was held before the camera, with one button."""
    form = CardForm(formdata=None, code=read_code(code))
    try:
        name = card_holder(runtime(), NOBODY, code=read_code(code))
    except Refusal as refusal:
        form.code.errors = [say(refusal.message)]
        return render_template("door/card.html", form=form, name=""), 404
    return render_template("door/card.html", form=form, name=name)
