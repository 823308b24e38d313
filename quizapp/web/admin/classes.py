"""All classes of the school: found, archived, brought back."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.access.staff import access_office
from quizapp.services.school_classes import archive_class, restore_class, search_classes
from quizapp.web.admin.blueprint import bp
from quizapp.web.forms import EmptyForm
from quizapp.web.paging import page_asked_for, paging
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _

ARCHIVED = "archived"


@bp.get("/school/classes")
@login_required
def classes() -> ResponseReturnValue:
    """List the classes of the school, found by their name or a teacher's."""
    text, state = request.args.get("text", ""), request.args.get("state", "")
    found = search_classes(
        runtime(), actor(), text=text, is_archived=state == ARCHIVED, page=page_asked_for()
    )
    return render_template(
        "admin/classes.html",
        found=found,
        text=text,
        is_archived=state == ARCHIVED,
        form=EmptyForm(),
        paging=paging(found.page, found.pages, {"text": text, "state": state}),
    )


@bp.post("/school/classes/<int:classroom_id>/archive")
@login_required
def archive(classroom_id: int) -> ResponseReturnValue:
    """Put a class away."""
    access_office(actor())
    title = archive_class(runtime(), actor(), classroom_id=classroom_id)
    flash(_("%(title)s is archived. Nothing is deleted: it stands under Archived.", title=title))
    return redirect(url_for("admin.classes"))


@bp.post("/school/classes/<int:classroom_id>/restore")
@login_required
def restore(classroom_id: int) -> ResponseReturnValue:
    """Bring an archived class back."""
    access_office(actor())
    title = restore_class(runtime(), actor(), classroom_id=classroom_id)
    flash(_("%(title)s is back, as it was.", title=title))
    return redirect(url_for("admin.classes"))
