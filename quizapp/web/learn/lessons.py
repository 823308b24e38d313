"""The course list, and what stands before and around the screens of a lesson."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.errors import Refusal
from quizapp.services.lesson_screens import print_page
from quizapp.services.lessons import SHOW_IT, change_case, course_list, start_lesson, start_page
from quizapp.web.forms import EmptyForm
from quizapp.web.learn.blueprint import bp
from quizapp.web.learn.forms import CaseForm
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _

SLUG = "/lessons/<string:slug>"


@bp.get("/lessons")
@login_required
def lessons() -> ResponseReturnValue:
    """Show the course."""
    return render_template("learn/lessons.html", course=course_list(runtime(), actor()))


@bp.get(SLUG)
@login_required
def lesson(slug: str) -> ResponseReturnValue:
    """Show what stands before the first screen: objectives, case, words, where the lesson comes from."""
    wanted = request.args.get("screen", type=int)
    return _start_page(CaseForm(formdata=None, screen=wanted), slug, 200)


def _start_page(form: CaseForm, slug: str, status: int) -> ResponseReturnValue:
    page = start_page(runtime(), actor(), slug=slug)
    return render_template("learn/lesson.html", page=page, form=form, show_it=SHOW_IT), status


@bp.post(f"{SLUG}/start")
@login_required
def start(slug: str) -> ResponseReturnValue:
    """Begin the lesson in the chosen case, or go on with it."""
    form = CaseForm()
    with form.problems():
        if form.validate_on_submit():
            screen = start_lesson(
                runtime(), actor(), slug=slug, case=form.chosen(), screen=form.screen.data or 1
            )
            return redirect(url_for("learn.screen", slug=slug, number=screen))
    return _start_page(form, slug, 422)


@bp.post(f"{SLUG}/case")
@login_required
def case(slug: str) -> ResponseReturnValue:
    """Read the other case from now on."""
    form = CaseForm()
    with form.problems():
        if form.validate_on_submit():
            change_case(runtime(), actor(), slug=slug, case=form.chosen())
            # The sentence does not say which: it may be read over a shoulder.
            flash(_("Changed. What you answered before is kept."))
            return redirect(url_for("learn.lesson", slug=slug))
    return _start_page(form, slug, 422)


@bp.get(f"{SLUG}/print")
@login_required
def print_lesson(slug: str) -> ResponseReturnValue:
    """Show all screens on one page for paper, nothing filled in."""
    try:
        page = print_page(runtime(), actor(), slug=slug)
    except Refusal:
        return redirect(url_for("learn.lesson", slug=slug))
    return render_template("learn/print.html", page=page, form=EmptyForm())
