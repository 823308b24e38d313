"""What one student is allowed, set and ended by the own teachers."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from quizapp.core.deadlines import Factor
from quizapp.core.messages import Message
from quizapp.services.accommodations import (
    LONGEST_NOTE,
    MOST_EXTRA_ATTEMPTS,
    Allowance,
    end_accommodation,
    set_accommodation,
)
from quizapp.services.staff_views import note_staff_view
from quizapp.services.students import student_page
from quizapp.web.choices import choices
from quizapp.web.forms import EmptyForm, Form
from quizapp.web.local_times import FirstDayField, LastDayField
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.wording import FACTORS, UNTIMED
from quizapp.web.words import gettext as _
from quizapp.web.words import lazy, ngettext

NO_LIMIT = "untimed"


class AccommodationForm(Form):
    """What a student is allowed, for how long."""

    time = RadioField(
        lazy(Message("Time")),
        choices=choices({**FACTORS, NO_LIMIT: UNTIMED}),
        default=str(int(Factor.NORMAL)),
    )
    extra_attempts = IntegerField(
        lazy(Message("Extra tries")),
        default=0,
        validators=[
            InputRequired(lazy(Message("Type a number, 0 for none."))),
            NumberRange(0, MOST_EXTRA_ATTEMPTS, lazy(Message("From 0 to 20 tries."))),
        ],
        render_kw={"inputmode": "numeric"},
    )
    hides_clock = BooleanField(lazy(Message("Hide the clock")))
    valid_from = FirstDayField(lazy(Message("First day")), validators=[Optional()])
    valid_to = LastDayField(lazy(Message("Last day")), validators=[Optional()])
    note = TextAreaField(
        lazy(Message("Note for the student's teachers")),
        validators=[Optional(), Length(max=LONGEST_NOTE, message=lazy(Message("At most 1000 characters.")))],
    )

    def allowance(self) -> Allowance:
        """Return what was filled in."""
        is_untimed = self.time.data == NO_LIMIT
        return Allowance(
            factor=Factor.NORMAL if is_untimed else Factor(int(self.time.data)),
            is_untimed=is_untimed,
            extra_attempts=self.extra_attempts.data or 0,
            hides_clock=self.hides_clock.data,
            note=self.note.data or "",
            valid_from=self.valid_from.instant,
            valid_to=self.valid_to.instant,
        )


@bp.route("/students/<int:student_id>/accommodation", methods=["GET", "POST"])
@login_required
def accommodation(student_id: int) -> ResponseReturnValue:
    """Set what a student is allowed; it is noted who looked."""
    page = student_page(runtime(), actor(), student_id=student_id)
    form = AccommodationForm(
        **_present(page.accommodations[0].allowance if page.accommodations else Allowance())
    )
    with form.problems():
        if form.validate_on_submit():
            moved = set_accommodation(runtime(), actor(), student_id=student_id, allowance=form.allowance())
            flash(_moved(moved))
            return redirect(url_for("teach.student", student_id=student_id))
    note_staff_view(runtime(), actor(), student_id=student_id, page="accommodation")
    html = render_template("teach/accommodation.html", student=page, form=form)
    return html, (422 if form.is_submitted() else 200)


def _present(allowance: Allowance) -> dict[str, object]:
    return {
        "time": NO_LIMIT if allowance.is_untimed else str(int(allowance.factor)),
        "extra_attempts": allowance.extra_attempts,
        "hides_clock": allowance.hides_clock,
        "note": allowance.note,
    }


@bp.post("/students/<int:student_id>/accommodation/<int:accommodation_id>/end")
@login_required
def end(student_id: int, accommodation_id: int) -> ResponseReturnValue:
    """End what a student is allowed."""
    if EmptyForm().validate_on_submit():
        moved = end_accommodation(
            runtime(), actor(), student_id=student_id, accommodation_id=accommodation_id
        )
        flash(_moved(moved))
    return redirect(url_for("teach.student", student_id=student_id))


def _moved(count: int) -> str:
    if not count:
        return _("Saved. It holds for every quiz from now on.")
    return ngettext(
        "Saved. %(num)d try that is running ends at another time now.",
        "Saved. %(num)d tries that are running end at another time now.",
        count,
    )
