"""Giving work to a class, and changing its dates."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from quizapp.core.assignments import Kind
from quizapp.services.assigning import Assignable, assign_work, assignables
from quizapp.services.assignments import assignment_settings, change_assignment
from quizapp.services.classrooms import classroom_head
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.assignment_forms import AssignForm, DatesForm
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.wording import shown_when_rows
from quizapp.web.words import gettext as _
from quizapp.web.words import ngettext


@bp.route("/classes/<int:classroom_id>/assign", methods=["GET", "POST"])
@login_required
def assign(classroom_id: int) -> ResponseReturnValue:
    """Give a lesson or a quiz to the class."""
    head = classroom_head(runtime(), actor(), classroom_id=classroom_id)
    found = assignables(runtime(), actor(), classroom_id=classroom_id)
    form = AssignForm(what=request.args.get("what"))
    form.what.choices = [_choice(one) for one in found]
    with form.problems():
        if form.validate_on_submit():
            kind, _colon, key = form.what.data.partition(":")
            assign_work(
                runtime(),
                actor(),
                classroom_id=classroom_id,
                kind=Kind(kind),
                content_key=key,
                dates=form.dates(),
                rules=form.rules(),
                with_quiz=form.with_quiz.data and kind == Kind.LESSON,
                password=form.password.data or "",
            )
            flash(_("Assigned. Students see it at once with its dates."))
            return redirect(url_for("teach.classroom", classroom_id=classroom_id))
    page = render_template(
        "teach/assign.html",
        form=form,
        classroom=head,
        shown_when=shown_when_rows(),
        has_content=bool(found),
    )
    return page, (422 if form.is_submitted() else 200)


def _choice(one: Assignable) -> Any:
    values = {"title": one.title, "minutes": one.minutes, "count": one.questions}
    if one.kind is Kind.LESSON:
        return SelectChoice(
            f"{one.kind}:{one.key}",
            _("Lesson: %(title)s (%(minutes)d min)", **values),
            optgroup=_("Lessons"),
        )
    return SelectChoice(
        f"{one.kind}:{one.key}",
        _("Quiz: %(title)s (%(count)d questions, about %(minutes)d min)", **values),
        optgroup=_("Quizzes"),
    )


@bp.route("/classes/<int:classroom_id>/assignments/<int:assignment_id>/dates", methods=["GET", "POST"])
@login_required
def change_dates(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Change the dates of an assignment, and what else may change while work goes on."""
    ids = {"classroom_id": classroom_id, "assignment_id": assignment_id}
    settings = assignment_settings(runtime(), actor(), **ids)
    form = DatesForm(
        opens_at=settings.dates.opens_at,
        due_at=settings.dates.due_at,
        closes_at=settings.dates.closes_at,
        attempts_allowed=settings.attempts_allowed,
        limit_minutes=settings.limit_minutes,
    )
    if settings.kind is Kind.LESSON:
        del form.attempts_allowed
        del form.limit_minutes
    with form.problems():
        if form.validate_on_submit():
            is_quiz = settings.kind is not Kind.LESSON
            moved = change_assignment(
                runtime(),
                actor(),
                **ids,
                dates=form.dates(),
                limit_minutes=form.limit_minutes.data if is_quiz else None,
                attempts_allowed=(form.attempts_allowed.data if is_quiz else None) or 1,
            )
            flash(_moved(moved))
            return redirect(
                url_for("teach.assignment", classroom_id=classroom_id, assignment_id=assignment_id)
            )
    head = classroom_head(runtime(), actor(), classroom_id=classroom_id)
    page = render_template("teach/dates.html", form=form, classroom=head, settings=settings)
    return page, (422 if form.is_submitted() else 200)


def _moved(count: int) -> str:
    if not count:
        return _("Saved.")
    return ngettext(
        "Saved. %(num)d try that is running ends at another time now.",
        "Saved. %(num)d tries that are running end at another time now.",
        count,
    )
