"""The page before a quiz, and the button on it."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.attempt_views import before_quiz
from quizapp.services.attempts import start_attempt
from quizapp.web.attempts.blueprint import bp
from quizapp.web.attempts.forms import StartForm, case_choices
from quizapp.web.attempts.wording import counts_in_words, short_line, shown_in_words
from quizapp.web.runtime import actor, login_required, runtime, signed_in


@bp.get("/assignments/<int:assignment_id>")
@login_required
def assignment(assignment_id: int) -> ResponseReturnValue:
    """Show what the quiz is and when, with one button: Start or Continue."""
    return _page(assignment_id, StartForm(), 200)


@bp.post("/assignments/<int:assignment_id>/attempts")
@login_required
def start(assignment_id: int) -> ResponseReturnValue:
    """Begin a try, or go on with the one that is open."""
    form = StartForm()
    with form.problems():
        if form.validate_on_submit():
            started = start_attempt(
                runtime(),
                actor(),
                assignment_id=assignment_id,
                password=form.password.data or "",
                case=form.chosen_case,
            )
            return redirect(url_for("attempts.attempt", attempt_id=started.attempt_id))
    return _page(assignment_id, form, 422)


def _page(assignment_id: int, form: StartForm, status: int) -> ResponseReturnValue:
    page = before_quiz(runtime(), actor(), assignment_id=assignment_id)
    form.case.choices = case_choices(page.case_b)
    if not form.case.data:
        form.case.data = page.case.value if page.case else None
    html = render_template(
        "attempts/before.html",
        page=page,
        form=form,
        line=short_line(page),
        counts=counts_in_words(page.counts),
        shown=shown_in_words(page.shown_when, has_end=page.window.closes_at is not None),
        time_zone=signed_in().time_zone,
    )
    return html, status
