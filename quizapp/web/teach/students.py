"""One student for the own teachers: the work, and a new PIN."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from quizapp.services.accounts import reset_secret
from quizapp.services.staff_views import note_staff_view
from quizapp.services.students import student_head, student_page
from quizapp.web.door.addresses import address_of
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp


@bp.get("/students/<int:student_id>")
@login_required
def student(student_id: int) -> ResponseReturnValue:
    """Show one student; it is noted who looked."""
    page = student_page(runtime(), actor(), student_id=student_id)
    note_staff_view(runtime(), actor(), student_id=student_id, page="student")
    return render_template("teach/student.html", student=page, form=EmptyForm())


@bp.route("/students/<int:student_id>/pin", methods=["GET", "POST"])
@login_required
def reset_pin(student_id: int) -> ResponseReturnValue:
    """Ask first, then give a student a new PIN, which this one answer shows and nothing stores."""
    head = student_head(runtime(), actor(), student_id=student_id)
    form = EmptyForm()
    if form.validate_on_submit():
        made = reset_secret(runtime(), actor(), user_id=student_id)
        return render_template(
            "teach/new_pin.html", student=head, pin=made.secret, address=address_of("accounts.sign_in")
        )
    return render_template("teach/reset_pin.html", student=head, form=form)
