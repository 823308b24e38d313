"""*Check in with*: everybody who is named in a class, and *Talked to them*."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from quizapp.core.messages import Message
from quizapp.services.check_in import LONGEST_NOTE, check_in_list, talk_to_student
from quizapp.web.forms import Form
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.words import gettext as _
from quizapp.web.words import lazy


class TalkForm(Form):
    """What came of a talk."""

    note = StringField(
        lazy(Message("What you agreed, in a few words")),
        validators=[
            InputRequired(lazy(Message("Note in a few words what you agreed."))),
            Length(
                max=LONGEST_NOTE, message=lazy(Message("At most %(most)d characters.", most=LONGEST_NOTE))
            ),
        ],
        render_kw={"autocomplete": "off"},
    )


@bp.get("/classes/<int:classroom_id>/check-in")
@login_required
def check_in(classroom_id: int) -> ResponseReturnValue:
    """Name everybody to check in with, the most pressing first."""
    page = check_in_list(runtime(), actor(), classroom_id=classroom_id)
    return render_template("teach/check_in.html", page=page, form=TalkForm(formdata=None), refused_id=None)


@bp.post("/classes/<int:classroom_id>/check-in/<int:student_id>")
@login_required
def talked(classroom_id: int, student_id: int) -> ResponseReturnValue:
    """Note that the teacher talked to a student, which clears the reasons."""
    form = TalkForm()
    page = check_in_list(runtime(), actor(), classroom_id=classroom_id)
    with form.problems():
        if form.validate_on_submit():
            talk_to_student(
                runtime(),
                actor(),
                classroom_id=classroom_id,
                student_id=student_id,
                note=form.note.data or "",
            )
            flash(_("Noted. The student is named again when something new comes up."))
            return redirect(url_for("teach.check_in", classroom_id=classroom_id))
    html = render_template("teach/check_in.html", page=page, form=form, refused_id=student_id)
    return html, 422
