"""One assignment: who did what, everybody's own dates, and *Show results*."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.assignments import show_results
from quizapp.services.who_did_what import assignment_page
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.wording import shown_when_words
from quizapp.web.words import gettext as _


@bp.get("/classes/<int:classroom_id>/assignments/<int:assignment_id>")
@login_required
def assignment(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show an assignment with everybody's work."""
    page = assignment_page(runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id)
    return render_template(
        "teach/assignment.html",
        page=page,
        form=EmptyForm(),
        shown_when=shown_when_words(page.preset, has_end=page.closes_at is not None),
    )


@bp.post("/classes/<int:classroom_id>/assignments/<int:assignment_id>/results")
@login_required
def release(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show the results to the students, as soon as the preset lets each of them see."""
    show_results(runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id)
    flash(_("The results are shown. Marks that you give from now on wait until you show them again."))
    return redirect(url_for("teach.assignment", classroom_id=classroom_id, assignment_id=assignment_id))
