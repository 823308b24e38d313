"""Entering the answers that a student's page could not send: choose the file, compare, enter."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import HiddenField

from quizapp.core.errors import Refusal
from quizapp.core.messages import Message
from quizapp.exchange.answer_files import LARGEST_FILE, read_answer_file
from quizapp.services.access.attempts import TryPlace
from quizapp.services.student_files import enter_student_file, student_file_page
from quizapp.web.forms import Form
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.try_forms import DeedForm
from quizapp.web.words import lazy, ngettext

ADDRESS = "/classes/<int:classroom_id>/assignments/<int:assignment_id>/tries/<int:attempt_id>/student-file"
NO_FILE = Message("Choose the file that the student's page has made.")


class ChooseFileForm(Form):
    """The file, as the student handed it over."""

    file = FileField(lazy(Message("The student's file")), render_kw={"accept": ".json,application/json"})

    def body(self) -> bytes:
        """Return the file's bytes, one more at most than a file may have."""
        return self.file.data.read(LARGEST_FILE + 1) if self.file.data else b""


class EnterFileForm(DeedForm):
    """What was compared, and why it is entered.

    ``file`` is the text of the file that was chosen, ``revision`` the stored answers that it was compared with.
    """

    file = HiddenField()
    revision = HiddenField()

    @property
    def slots(self) -> frozenset[int]:
        """The questions that are ticked."""
        return frozenset(int(one) for one in request.form.getlist("slot") if one.isascii() and one.isdigit())


@bp.get(ADDRESS)
@login_required
def student_file(classroom_id: int, assignment_id: int, attempt_id: int) -> ResponseReturnValue:
    """Show how a student's file is entered."""
    return _choose_page(TryPlace(classroom_id, assignment_id, attempt_id), ChooseFileForm(), 200)


@bp.post(ADDRESS)
@login_required
def compare_student_file(classroom_id: int, assignment_id: int, attempt_id: int) -> ResponseReturnValue:
    """Show what would be entered beside what is stored. Nothing is stored."""
    place, form = TryPlace(classroom_id, assignment_id, attempt_id), ChooseFileForm()
    with form.problems():
        if form.validate_on_submit():
            body = form.body()
            if not body:
                raise Refusal("file", NO_FILE)
            return _compare_page(place, body, EnterFileForm(formdata=None), 200)
    return _choose_page(place, form, 422)


@bp.post(ADDRESS + "/answers")
@login_required
def enter_file(classroom_id: int, assignment_id: int, attempt_id: int) -> ResponseReturnValue:
    """Enter the ticked answers; with a file that can't be read, ask for another."""
    place, choose = TryPlace(classroom_id, assignment_id, attempt_id), ChooseFileForm(formdata=None)
    answer: ResponseReturnValue | None = None
    with choose.problems():
        answer = _enter(place, EnterFileForm())
    return answer or _choose_page(place, choose, 422)


def _enter(place: TryPlace, form: EnterFileForm) -> ResponseReturnValue:
    body = (form.file.data or "").encode()
    file = read_answer_file(body)
    with form.problems():
        if form.validate_on_submit():
            entered = enter_student_file(
                runtime(),
                actor(),
                place=place,
                file=file,
                slots=form.slots,
                seen=form.revision.data or "",
                reason=form.reason.data or "",
            )
            flash(ngettext("Entered: 1 answer.", "Entered: %(num)d answers.", entered))
            return redirect(url_for("teach.student_file", **asdict(place)))
    return _compare_page(place, body, form, 422)


def _choose_page(place: TryPlace, form: ChooseFileForm, status: int) -> ResponseReturnValue:
    page = student_file_page(runtime(), actor(), place=place)
    return render_template("teach/student_file.html", page=page, form=form, kept_at=None), status


def _compare_page(place: TryPlace, body: bytes, form: EnterFileForm, status: int) -> ResponseReturnValue:
    file = read_answer_file(body)
    page = student_file_page(runtime(), actor(), place=place, file=file)
    suggested = {one.slot for one in page.entries if one.is_suggested}
    form.file.data, form.revision.data = body.decode(), page.revision
    html = render_template(
        "teach/student_file.html",
        page=page,
        form=form,
        kept_at=file.kept_at,
        ticked=form.slots if status == 422 else suggested,
    )
    return html, status
