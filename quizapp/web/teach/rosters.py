"""The list of a class: names pasted, looked at, added; one student taken out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.errors import Conflict
from quizapp.services.classrooms import ClassroomHead, classroom_head
from quizapp.services.roster_plans import Deed, RosterPlan, plan_roster
from quizapp.services.rosters import add_to_roster, remove_from_classroom
from quizapp.services.students import membership
from quizapp.web.door.addresses import address_of
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.forms import RosterForm
from quizapp.web.words import gettext as _
from quizapp.web.words import say

WITH_PINS, AT_THE_DOOR = "add", "door"
"""How those who are new come in first: with a PIN on paper, or with one that they choose at the door."""


@bp.get("/classes/<int:classroom_id>/roster")
@login_required
def roster(classroom_id: int) -> ResponseReturnValue:
    """Ask for names."""
    head = classroom_head(runtime(), actor(), classroom_id=classroom_id)
    return _page(head, RosterForm(formdata=None))


@bp.post("/classes/<int:classroom_id>/roster")
@login_required
def add_names(classroom_id: int) -> ResponseReturnValue:
    """Show what the names would do, or add them and show the login cards, which are never shown again."""
    head = classroom_head(runtime(), actor(), classroom_id=classroom_id)
    form = RosterForm()
    apart = frozenset(form.apart.data or ())
    plan = None
    with form.problems():
        text = form.read_names()
        plan = plan_roster(runtime(), actor(), classroom_id=classroom_id, text=text, apart=apart)
        step = request.form.get("step")
        if step in (WITH_PINS, AT_THE_DOOR) and not plan.problems:
            try:
                result = add_to_roster(
                    runtime(),
                    actor(),
                    classroom_id=classroom_id,
                    text=text,
                    apart=apart,
                    with_pins=step == WITH_PINS,
                )
            except Conflict as conflict:
                form.form_errors.append(say(conflict.message))
            else:
                return render_template(
                    "teach/login_cards.html",
                    classroom=head,
                    result=result,
                    address=address_of("accounts.sign_in"),
                )
    return _page(head, form, plan)


def _page(head: ClassroomHead, form: RosterForm, plan: RosterPlan | None = None) -> ResponseReturnValue:
    page = render_template("teach/roster.html", classroom=head, form=form, plan=plan, Deed=Deed)
    return page, (422 if form.errors or (plan and plan.problems) else 200)


@bp.route("/classes/<int:classroom_id>/students/<int:student_id>/remove", methods=["GET", "POST"])
@login_required
def remove_student(classroom_id: int, student_id: int) -> ResponseReturnValue:
    """Ask first, then end a student's time in this class."""
    page = membership(runtime(), actor(), classroom_id=classroom_id, student_id=student_id)
    form = EmptyForm()
    if form.validate_on_submit():
        remove_from_classroom(runtime(), actor(), classroom_id=classroom_id, student_id=student_id)
        flash(_("%(name)s is no longer in this class. Everything done so far is kept.", name=page.name))
        return redirect(url_for("teach.classroom", classroom_id=classroom_id))
    return render_template("teach/remove_student.html", form=form, page=page)
