"""Marking written answers: the queue, one question, one answer at a time."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.errors import Conflict
from quizapp.core.rubrics import LEVEL_NAMES, LEVELS
from quizapp.services.grading import AnswerToMark, GradingPage, grading_page, grading_queue, mark_answer
from quizapp.web.grading.forms import MarkForm, levels_in, mark_form, seen_in
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _
from quizapp.web.words import say

bp = Blueprint("grading", __name__)


@bp.get("/grading")
@login_required
def queue() -> ResponseReturnValue:
    """List the written questions with what waits, and for how long."""
    return render_template(
        "grading/queue.html", lines=grading_queue(runtime(), actor()), now=runtime().clock()
    )


@bp.get("/grading/<int:assignment_id>/<int:question_version_id>")
@login_required
def question(assignment_id: int, question_version_id: int) -> ResponseReturnValue:
    """Show the first answer that waits, or that all are marked."""
    page = grading_page(
        runtime(), actor(), assignment_id=assignment_id, question_version_id=question_version_id
    )
    return _page(page, mark_form(page.current) if page.current else None)


@bp.route("/grading/<int:assignment_id>/<int:question_version_id>/<int:attempt_id>", methods=["GET", "POST"])
@login_required
def answer(assignment_id: int, question_version_id: int, attempt_id: int) -> ResponseReturnValue:
    """Show one answer, or mark it and go on to the next that waits."""
    page = grading_page(
        runtime(),
        actor(),
        assignment_id=assignment_id,
        question_version_id=question_version_id,
        attempt_id=attempt_id,
    )
    current = page.current
    assert current is not None, "the reading found the attempt"
    form = mark_form(current)
    if not form.is_submitted():
        return _page(page, form)
    try:
        with form.problems():
            if form.validate_on_submit():
                _mark(page, current, form)
                flash(_("Saved. Students see it when you show the results."))
                return redirect(
                    url_for(
                        "grading.question",
                        assignment_id=assignment_id,
                        question_version_id=question_version_id,
                    )
                )
    except Conflict as conflict:
        form.seen.data = str(current.mark.id)
        return _page(page, form, 409, say(conflict.message))
    return _page(page, form, 422)


def _mark(page: GradingPage, current: AnswerToMark, form: MarkForm) -> None:
    mark_answer(
        runtime(),
        actor(),
        assignment_id=page.assignment_id,
        question_version_id=page.question_version_id,
        attempt_id=current.attempt_id,
        levels=levels_in(form, current.criteria),
        comment=form.comment.data or "",
        seen=seen_in(form),
    )


def _page(
    page: GradingPage, form: MarkForm | None, status: int = 200, conflict: str = ""
) -> ResponseReturnValue:
    html = render_template(
        "grading/question.html",
        page=page,
        form=form,
        conflict=conflict,
        levels=LEVELS,
        level_names=LEVEL_NAMES,
    )
    return html, status
