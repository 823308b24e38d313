"""The page of a try, its form without script, its summary and its receipt."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.attempt_views import AttemptPage, attempt_page, receipt_page
from quizapp.services.form_saving import Keep, Open, Sheet, save_sheet
from quizapp.web.attempts.blueprint import bp
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _
from quizapp.web.words import ngettext

CHOICES = {"mine": Keep.MINE, "other": Keep.OTHER}


@bp.get("/attempts/<int:attempt_id>")
@login_required
def attempt(attempt_id: int) -> ResponseReturnValue:
    """Show the questions of an open try, or the way to the receipt of a closed one."""
    return _attempt_page(attempt_id, (), 200)


def _attempt_page(attempt_id: int, left_open: Sequence[Open], status: int) -> ResponseReturnValue:
    page = attempt_page(runtime(), actor(), attempt_id=attempt_id, left_open=left_open)
    if not page.is_open:
        return redirect(url_for("attempts.receipt", attempt_id=attempt_id))
    html = render_template(
        "attempts/attempt.html", page=page, form=EmptyForm(), questions=_navigator(page, "#question-%d")
    )
    return html, status


def _navigator(page: AttemptPage, address: str) -> list[dict[str, object]]:
    return [
        {
            "number": one.slot,
            "name": one.name,
            "url": address % one.slot,
            "state": "blank" if one.is_blank else "answered",
            "is_flagged": one.is_flagged,
            "is_current": False,
        }
        for one in page.questions
    ]


@bp.post("/attempts/<int:attempt_id>/form")
@login_required
def form(attempt_id: int) -> ResponseReturnValue:
    """Save every question of the page without script, then stay or go to the summary."""
    sheet = _sheet()
    saved = save_sheet(runtime(), actor(), attempt_id=attempt_id, sheet=sheet)
    if saved.state != "in_progress":
        flash(_("The time was over. What was saved before is handed in; the last changes came too late."))
        return redirect(url_for("attempts.receipt", attempt_id=attempt_id))
    if saved.open:
        return _attempt_page(attempt_id, saved.open, 409 if saved.has_conflict else 422)
    if request.form.get("go") == "summary":
        return redirect(url_for("attempts.summary", attempt_id=attempt_id))
    if saved.saved:
        flash(ngettext("Saved: 1 change.", "Saved: %(num)d changes.", saved.saved))
    else:
        flash(_("Everything was saved before."))
    anchor = f"question-{sheet.cleared[1:]}" if sheet.cleared else None
    return redirect(url_for("attempts.attempt", attempt_id=attempt_id, _anchor=anchor))


def _sheet() -> Sheet:
    posted = request.form
    numbers = [text for text in posted.getlist("conflict") if text.isascii() and text.isdigit()]
    chosen = {int(number): CHOICES.get(posted.get(f"keep-{number}", "")) for number in numbers}
    return Sheet(
        fields=posted.to_dict(flat=False),
        revision=posted.get("revision", ""),
        flagged=frozenset(posted.getlist("flag")),
        cleared=posted.get("clear", ""),
        asked=frozenset(chosen),
        keeps={slot: keep for slot, keep in chosen.items() if keep is not None},
    )


@bp.get("/attempts/<int:attempt_id>/summary")
@login_required
def summary(attempt_id: int) -> ResponseReturnValue:
    """Show what is answered, open and flagged, before the one Submit."""
    page = attempt_page(runtime(), actor(), attempt_id=attempt_id)
    if not page.is_open:
        return redirect(url_for("attempts.receipt", attempt_id=attempt_id))
    back = url_for("attempts.attempt", attempt_id=attempt_id)
    questions = _navigator(page, f"{back}#question-%d")
    return render_template("attempts/summary.html", page=page, form=EmptyForm(), questions=questions)


@bp.get("/attempts/<int:attempt_id>/receipt")
@login_required
def receipt(attempt_id: int) -> ResponseReturnValue:
    """Show the receipt of a try that is handed in."""
    page = receipt_page(runtime(), actor(), attempt_id=attempt_id)
    if page is None:
        return redirect(url_for("attempts.attempt", attempt_id=attempt_id))
    return render_template("attempts/receipt.html", page=page, form=EmptyForm())
