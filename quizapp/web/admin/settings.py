"""The settings of the school."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.school_settings import change_school, school_values
from quizapp.web.admin.blueprint import bp
from quizapp.web.admin.school_forms import SchoolForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _


@bp.route("/settings", methods=["GET", "POST"])
@login_required
def settings() -> ResponseReturnValue:
    """Show what holds in the school, and change it."""
    held = school_values(runtime(), actor())
    form = SchoolForm(
        school_name=held.name,
        time_zone=held.time_zone,
        language=held.language,
        teaching_days=sorted(held.teaching_days),
        cases=held.cases.value,
    )
    with form.problems():
        if form.validate_on_submit():
            change_school(runtime(), actor(), values=form.values())
            flash(_("Saved."))
            return redirect(url_for("admin.settings"))
    return render_template("admin/settings.html", form=form), (422 if form.is_submitted() else 200)
