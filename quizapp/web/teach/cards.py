"""The login cards of a class: who has one, new ones to print, one that works no more."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.join_codes import shown_code
from quizapp.services.login_cards import ClassCards, PrintedCard, class_cards, issue_cards, revoke_card
from quizapp.web.door.addresses import address_of
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.words import gettext as _


@bp.get("/classes/<int:classroom_id>/cards")
@login_required
def cards(classroom_id: int) -> ResponseReturnValue:
    """Show who of the class has a card."""
    return _page(classroom_id, EmptyForm(), 200)


@bp.post("/classes/<int:classroom_id>/cards")
@login_required
def print_cards(classroom_id: int) -> ResponseReturnValue:
    """Make new cards and show them; this one answer shows their codes, and nothing stores them."""
    form = EmptyForm()
    chosen = request.form.getlist("students", type=int)
    with form.problems():
        if form.validate_on_submit():
            printed = issue_cards(runtime(), actor(), classroom_id=classroom_id, student_ids=chosen)
            head = class_cards(runtime(), actor(), classroom_id=classroom_id)
            return _sheet(head, printed)
    return _page(classroom_id, form, 422)


@bp.post("/classes/<int:classroom_id>/cards/<int:student_id>/revoke")
@login_required
def revoke(classroom_id: int, student_id: int) -> ResponseReturnValue:
    """Let the card of a student work no more."""
    name = revoke_card(runtime(), actor(), classroom_id=classroom_id, student_id=student_id)
    flash(_("The card of %(name)s works no more.", name=name))
    return redirect(url_for("teach.cards", classroom_id=classroom_id))


def _sheet(head: ClassCards, printed: tuple[PrintedCard, ...]) -> ResponseReturnValue:
    cards = [
        (card, shown_code(card.code), address_of("door.card_by_link", code=card.code)) for card in printed
    ]
    address = address_of("door.card")
    return render_template(
        "door/card_sheet.html",
        sheet=cards,
        classroom=head,
        address=address.typed,
        reachable=bool(address.picture),
    )


def _page(classroom_id: int, form: EmptyForm, status: int) -> ResponseReturnValue:
    found = class_cards(runtime(), actor(), classroom_id=classroom_id)
    return render_template("door/cards.html", classroom=found, form=form), status
