"""The classes of a teacher: tiles, a new one, one class, its name."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.classrooms import (
    classroom_head,
    classroom_page,
    create_classroom,
    my_classrooms,
    rename_classroom,
)
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.forms import ClassroomForm
from quizapp.web.words import gettext as _


@bp.get("/classes")
@login_required
def classrooms() -> ResponseReturnValue:
    """Show a tile for each class of one's own."""
    return render_template("teach/classrooms.html", classrooms=my_classrooms(runtime(), actor()))


@bp.route("/classes/new", methods=["GET", "POST"])
@login_required
def new_classroom() -> ResponseReturnValue:
    """Make a class."""
    my_classrooms(runtime(), actor())
    form = ClassroomForm()
    with form.problems():
        if form.validate_on_submit():
            classroom_id = create_classroom(runtime(), actor(), title=form.title.data or "")
            flash(_("The class is made. Now add its students."))
            return redirect(url_for("teach.roster", classroom_id=classroom_id))
    page = render_template("teach/classroom_form.html", form=form, classroom=None)
    return page, (422 if form.is_submitted() else 200)


@bp.get("/classes/<int:classroom_id>")
@login_required
def classroom(classroom_id: int) -> ResponseReturnValue:
    """Show a class: its students, and its assignments with who did what in counts."""
    page = classroom_page(runtime(), actor(), classroom_id=classroom_id)
    return render_template("teach/classroom.html", classroom=page)


@bp.route("/classes/<int:classroom_id>/name", methods=["GET", "POST"])
@login_required
def rename(classroom_id: int) -> ResponseReturnValue:
    """Give a class another name."""
    head = classroom_head(runtime(), actor(), classroom_id=classroom_id)
    form = ClassroomForm(title=head.title)
    with form.problems():
        if form.validate_on_submit():
            rename_classroom(runtime(), actor(), classroom_id=classroom_id, title=form.title.data or "")
            return redirect(url_for("teach.classroom", classroom_id=classroom_id))
    page = render_template("teach/classroom_form.html", form=form, classroom=head)
    return page, (422 if form.is_submitted() else 200)
