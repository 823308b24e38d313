"""The result of a try, and the student's own mark among the anchors."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.results import result_page
from quizapp.services.self_marks import mark_oneself
from quizapp.web.attempts.blueprint import bp
from quizapp.web.attempts.forms import SelfMarkForm
from quizapp.web.attempts.wording import counting_sentence
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _


@bp.get("/attempts/<int:attempt_id>/result")
@login_required
def result(attempt_id: int) -> ResponseReturnValue:
    """Show the result as far as it may be seen now."""
    return _page(attempt_id, SelfMarkForm(), 200)


@bp.post("/attempts/<int:attempt_id>/self-marks")
@login_required
def self_mark(attempt_id: int) -> ResponseReturnValue:
    """Keep which anchor the student finds most like the own answer."""
    form = SelfMarkForm()
    with form.problems():
        if form.validate_on_submit():
            mark_oneself(
                runtime(),
                actor(),
                attempt_id=attempt_id,
                slot=form.slot.data or 0,
                level=form.level.data if form.level.data is not None else -1,
            )
            flash(_("Kept. This is for you and does not count."))
            anchor = f"question-{form.slot.data}"
            return redirect(url_for("attempts.result", attempt_id=attempt_id, _anchor=anchor))
    return _page(attempt_id, form, 422)


def _page(attempt_id: int, form: SelfMarkForm, status: int) -> ResponseReturnValue:
    page = result_page(runtime(), actor(), attempt_id=attempt_id)
    if page is None:
        return redirect(url_for("attempts.attempt", attempt_id=attempt_id))
    html = render_template(
        "attempts/result.html", page=page, form=form, counts=counting_sentence(page.counts)
    )
    return html, status
