"""One cell of the gradebook opened: the mark with what can be decided about it, the tries, the answers."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.gradebook import points_from_words
from quizapp.services.gradebook_cells import cell_page
from quizapp.services.overrides import end_excuse, excuse_student, set_mark, undo_mark
from quizapp.services.staff_views import note_staff_view
from quizapp.web.gradebook.blueprint import bp
from quizapp.web.gradebook.forms import MarkForm, ReasonForm
from quizapp.web.gradebook.wording import OUTCOMES, cell_words, look_of
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _

CELL = "/classes/<int:classroom_id>/gradebook/<int:student_id>/<int:assignment_id>"

EXCUSE = "excuse"
"""Both forms of the page ask for a reason; this one's fields begin with the word."""


@bp.get(CELL)
@login_required
def cell(classroom_id: int, assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Show one student at one quiz; it is noted who looked."""
    return _page(classroom_id, assignment_id, student_id)


@bp.post(f"{CELL}/mark")
@login_required
def mark(classroom_id: int, assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Set the mark; the computed one is kept beside it."""
    form = MarkForm()
    with form.problems():
        if form.validate_on_submit():
            set_mark(
                runtime(),
                actor(),
                classroom_id=classroom_id,
                assignment_id=assignment_id,
                student_id=student_id,
                points=points_from_words(form.points.data or ""),
                reason=form.reason.data or "",
            )
            flash(_("The mark is set. The student sees it as soon as the points of this quiz are shown."))
            return _back(classroom_id, assignment_id, student_id)
    return _page(classroom_id, assignment_id, student_id, mark_form=form)


@bp.post(f"{CELL}/mark/undo")
@login_required
def undo(classroom_id: int, assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Let the tries count again."""
    undo_mark(
        runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id, student_id=student_id
    )
    flash(_("The tries count again."))
    return _back(classroom_id, assignment_id, student_id)


@bp.post(f"{CELL}/excuse")
@login_required
def excuse(classroom_id: int, assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Excuse the student from the quiz."""
    form = ReasonForm(prefix=EXCUSE)
    with form.problems():
        if form.validate_on_submit():
            excuse_student(
                runtime(),
                actor(),
                classroom_id=classroom_id,
                assignment_id=assignment_id,
                student_id=student_id,
                reason=form.reason.data or "",
            )
            flash(_("Excused. The quiz is in no total of this student."))
            return _back(classroom_id, assignment_id, student_id)
    return _page(classroom_id, assignment_id, student_id, excuse_form=form)


@bp.post(f"{CELL}/excuse/end")
@login_required
def stop_excusing(classroom_id: int, assignment_id: int, student_id: int) -> ResponseReturnValue:
    """Let the quiz count again for the student."""
    form = ReasonForm(prefix=EXCUSE)
    with form.problems():
        if form.validate_on_submit():
            end_excuse(
                runtime(),
                actor(),
                classroom_id=classroom_id,
                assignment_id=assignment_id,
                student_id=student_id,
                reason=form.reason.data or "",
            )
            flash(_("The quiz counts again for this student."))
            return _back(classroom_id, assignment_id, student_id)
    return _page(classroom_id, assignment_id, student_id, excuse_form=form)


def _back(classroom_id: int, assignment_id: int, student_id: int) -> ResponseReturnValue:
    return redirect(
        url_for(
            "gradebook.cell", classroom_id=classroom_id, assignment_id=assignment_id, student_id=student_id
        )
    )


def _number() -> int | None:
    text = request.args.get("try", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def _page(
    classroom_id: int,
    assignment_id: int,
    student_id: int,
    *,
    mark_form: MarkForm | None = None,
    excuse_form: ReasonForm | None = None,
) -> ResponseReturnValue:
    page = cell_page(
        runtime(),
        actor(),
        classroom_id=classroom_id,
        assignment_id=assignment_id,
        student_id=student_id,
        number=_number(),
    )
    note_staff_view(runtime(), actor(), student_id=student_id, page="gradebook")
    html = render_template(
        "gradebook/cell.html",
        page=page,
        words=cell_words(look_of(page.standing)),
        outcome_words=OUTCOMES,
        mark_form=mark_form or MarkForm(formdata=None),
        excuse_form=excuse_form or ReasonForm(formdata=None, prefix=EXCUSE),
    )
    return html, (422 if mark_form or excuse_form else 200)
