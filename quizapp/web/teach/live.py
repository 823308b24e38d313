"""A quiz while the class is in it: the live view, more minutes for everybody, the end for all."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.exam_day import end_for_all, extend_for_all
from quizapp.services.live_quiz import LiveQuiz, Presence, live_page, live_quiz
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.teach.tries import OVERTAKEN
from quizapp.web.teach.try_forms import DeedForm, MinutesForm
from quizapp.web.teach.try_words import span_in_words
from quizapp.web.words import gettext as _
from quizapp.web.words import ngettext, say

LIVE = "/classes/<int:classroom_id>/assignments/<int:assignment_id>/live"

FOR_ALL = (5, 10, 15, 30)
MINUTE, HOUR = 60, 3600


@bp.app_template_filter("ago")
def ago(span: timedelta) -> str:
    """Return how long ago something was, in the words that live.js counts on with."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < MINUTE:
        return _("%(count)d s ago", count=seconds)
    if seconds < HOUR:
        return _("%(count)d min ago", count=seconds // MINUTE)
    return _("%(count)d h ago", count=seconds // HOUR)


@bp.get(LIVE)
@login_required
def live(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Show who is in the quiz and how far; fit for the projector."""
    return _page(classroom_id, assignment_id)


@bp.get(f"{LIVE}/part")
@login_required
def live_part(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Give the changing part of the page to its script; nothing where nothing changed."""
    found = live_quiz(runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id)
    response = current_app.make_response("")
    response.set_etag(found.version)
    if request.if_none_match.contains(found.version):
        response.status_code = 304
    else:
        response.set_data(render_template("teach/_live.html", **_told(found)))
    return response


@bp.post(f"{LIVE}/minutes")
@login_required
def more_for_all(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Give everybody who is in more minutes."""
    form = MinutesForm()
    with form.problems():
        if form.validate_on_submit():
            moved = extend_for_all(
                runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id, **form.values()
            )
            flash(_moved(moved, form.minutes.data))
            return _back(classroom_id, assignment_id)
    return _page(classroom_id, assignment_id, form)


@bp.route(f"{LIVE}/end", methods=["GET", "POST"])
@login_required
def end_all(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    """Ask once more, then hand in every open try with what was saved."""
    page = live_page(runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id)
    form = DeedForm()
    with form.problems():
        if form.validate_on_submit():
            ended = end_for_all(
                runtime(),
                actor(),
                classroom_id=classroom_id,
                assignment_id=assignment_id,
                reason=form.reason.data or "",
            )
            flash(ngettext("%(num)d try is handed in.", "%(num)d tries are handed in.", ended))
            return _back(classroom_id, assignment_id)
    html = render_template("teach/end_quiz.html", page=page, form=form, is_in=page.live.count(Presence.IN))
    return html, (422 if form.is_submitted() else 200)


def _moved(moved: int | None, minutes: int) -> str:
    if moved is None:
        return say(OVERTAKEN)
    if not moved:
        return _("Nobody is in a try that has an end, so nothing changed.")
    return _("Everybody who is in has %(span)s more.", span=span_in_words(minutes))


def _back(classroom_id: int, assignment_id: int) -> ResponseReturnValue:
    return redirect(url_for("teach.live", classroom_id=classroom_id, assignment_id=assignment_id))


def _told(found: LiveQuiz) -> dict[str, object]:
    return {"live": found, "counts": {one.value: found.count(one) for one in Presence}}


def _page(classroom_id: int, assignment_id: int, form: MinutesForm | None = None) -> ResponseReturnValue:
    page = live_page(runtime(), actor(), classroom_id=classroom_id, assignment_id=assignment_id)
    shown = form or MinutesForm(formdata=None, minutes=FOR_ALL[0], seen=page.seen)
    shown.offer([(minutes, span_in_words(minutes)) for minutes in FOR_ALL])
    html = render_template("teach/live.html", page=page, form=shown, **_told(page.live))
    return html, (422 if form else 200)
