"""How the class decided the lines of a lesson's task."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from quizapp.services.line_counts import line_counts
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp


@bp.get("/classes/<int:classroom_id>/assignments/<int:assignment_id>/lines")
@login_required
def lines(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show each line with what the class made of it."""
    page = line_counts(runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id)
    return render_template("teach/lines.html", page=page)
