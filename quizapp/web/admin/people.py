"""The people of a school: found, made, kept out, let in again, given a new secret."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Role
from quizapp.services.access.staff import access_office
from quizapp.services.accounts import create_person, reset_secret, suspend
from quizapp.services.accounts import reinstate as let_in_again
from quizapp.services.people import PersonPage, person_page, search_people
from quizapp.services.staff_views import note_staff_view
from quizapp.web.admin.blueprint import bp
from quizapp.web.admin.forms import ROLES, PersonForm, SuspendForm
from quizapp.web.forms import EmptyForm
from quizapp.web.paging import page_asked_for, paging
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _


@bp.get("/people")
@login_required
def people() -> ResponseReturnValue:
    """List the people of the school, found by name and role."""
    name, role = request.args.get("name", ""), request.args.get("role", "")
    found = search_people(
        runtime(), actor(), name=name, role=Role(role) if role in ROLES else None, page=page_asked_for()
    )
    return render_template(
        "admin/people.html",
        found=found,
        name=name,
        role=role,
        roles=ROLES,
        paging=paging(found.page, found.pages, {"name": name, "role": role}),
    )


@bp.route("/people/new", methods=["GET", "POST"])
@login_required
def new_person() -> ResponseReturnValue:
    """Make a person and show the secret, once."""
    access_office(actor())
    form = PersonForm()
    with form.problems():
        if form.validate_on_submit():
            made = create_person(
                runtime(),
                actor(),
                display_name=form.display_name.data or "",
                user_name=form.user_name.data or "",
                role=Role(form.role.data),
            )
            return render_template("admin/secret.html", made=made, name=form.display_name.data)
    return render_template("admin/new_person.html", form=form), (422 if form.is_submitted() else 200)


@bp.get("/people/<int:user_id>")
@login_required
def person(user_id: int) -> ResponseReturnValue:
    """Show one person; looking at a student is noted."""
    page = person_page(runtime(), actor(), user_id=user_id)
    if page.role is Role.STUDENT:
        note_staff_view(runtime(), actor(), student_id=user_id, page="person")
    return render_template("admin/person.html", person=page, roles=ROLES, form=EmptyForm())


@bp.route("/people/<int:user_id>/suspend", methods=["GET", "POST"])
@login_required
def suspend_person(user_id: int) -> ResponseReturnValue:
    """Keep a person out, with a reason."""
    page = _somebody_else(user_id)
    form = SuspendForm()
    with form.problems():
        if form.validate_on_submit():
            suspend(runtime(), actor(), user_id=user_id, reason=form.reason.data or "")
            flash(_("Suspended, and signed out everywhere."))
            return redirect(url_for("admin.person", user_id=user_id))
    html = render_template("admin/suspend.html", person=page, form=form)
    return html, (422 if form.is_submitted() else 200)


@bp.post("/people/<int:user_id>/reinstate")
@login_required
def reinstate(user_id: int) -> ResponseReturnValue:
    """Let a suspended person in again."""
    let_in_again(runtime(), actor(), user_id=user_id)
    flash(_("This person can sign in again."))
    return redirect(url_for("admin.person", user_id=user_id))


@bp.route("/people/<int:user_id>/secret", methods=["GET", "POST"])
@login_required
def reset(user_id: int) -> ResponseReturnValue:
    """Ask first, then give a new PIN or password, which this one answer shows and nothing stores."""
    page = _somebody_else(user_id)
    form = EmptyForm()
    if form.validate_on_submit():
        made = reset_secret(runtime(), actor(), user_id=user_id)
        return render_template("admin/secret.html", made=made, name=page.display_name)
    return render_template("admin/reset.html", person=page, form=form)


def _somebody_else(user_id: int) -> PersonPage:
    page = person_page(runtime(), actor(), user_id=user_id)
    if page.is_self:
        raise NotFound
    return page
