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
from quizapp.services.school_classes import (
    archive_class,
    class_to_archive,
    my_archived_classes,
    restore_class,
)
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.forms import ClassroomForm
from quizapp.web.words import gettext as _


@bp.get("/classes")
@login_required
def classrooms() -> ResponseReturnValue:
    """Show a tile for each class of one's own."""
    return render_template(
        "teach/classrooms.html",
        classrooms=my_classrooms(runtime(), actor()),
        archived=my_archived_classes(runtime(), actor()),
        form=EmptyForm(),
    )


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


@bp.route("/classes/<int:classroom_id>/archive", methods=["GET", "POST"])
@login_required
def archive(classroom_id: int) -> ResponseReturnValue:
    """Say what archiving ends, then put a class away."""
    page = class_to_archive(runtime(), actor(), classroom_id=classroom_id)
    form = EmptyForm()
    if form.validate_on_submit():
        title = archive_class(runtime(), actor(), classroom_id=classroom_id)
        flash(
            _(
                "%(title)s is archived. Nothing is deleted: it stands below, and you can bring it back.",
                title=title,
            )
        )
        return redirect(url_for("teach.classrooms"))
    return render_template("teach/archive.html", classroom=page, form=form)


@bp.post("/classes/<int:classroom_id>/restore")
@login_required
def restore(classroom_id: int) -> ResponseReturnValue:
    """Bring an archived class back."""
    title = restore_class(runtime(), actor(), classroom_id=classroom_id)
    flash(_("%(title)s is back, as it was.", title=title))
    return redirect(url_for("teach.classroom", classroom_id=classroom_id))
