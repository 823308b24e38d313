"""The eight screens of a lesson."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.errors import Refusal
from quizapp.services.folder import brings_document
from quizapp.services.lesson_answers import answer_question, unfinished_answer
from quizapp.services.lesson_questions import Rejected
from quizapp.services.lesson_screens import screen_page
from quizapp.services.lessons import leave_screen, note_stuck
from quizapp.web.forms import EmptyForm
from quizapp.web.learn.answering import after_answer, given_fields, shown_at
from quizapp.web.learn.blueprint import bp
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _

SCREEN = "/lessons/<string:slug>/<int:number>"


@bp.get(SCREEN)
@login_required
def screen(slug: str, number: int) -> ResponseReturnValue:
    """Show one screen. Whoever has not chosen a case yet does that first, and then comes here."""
    try:
        return _screen_page(slug, number)
    except Refusal:
        return redirect(url_for("learn.lesson", slug=slug, screen=number))


def _screen_page(slug: str, number: int, rejected: Rejected | None = None) -> ResponseReturnValue:
    page = screen_page(runtime(), actor(), slug=slug, number=number, rejected=rejected)
    links = [
        {
            "title": one.title,
            "url": url_for("learn.screen", slug=slug, number=one.number),
            "is_done": one.number <= page.progress.screens_done,
        }
        for one in page.lesson.screens
    ]
    html = render_template(
        "learn/screen.html",
        page=page,
        links=links,
        form=EmptyForm(),
        shown=int(page.now.timestamp()),
        has_problems=bool(rejected and rejected.problems),
    )
    return html, (422 if rejected and rejected.problems else 200)


@bp.post(f"{SCREEN}/answers")
@login_required
def answer(slug: str, number: int) -> ResponseReturnValue:
    """Take the answer to one question, and go back to it; or draw what is given so far."""
    question_key = request.form.get("question", "")
    if "draw" in request.form:
        drawn = unfinished_answer(
            runtime(), actor(), slug=slug, number=number, question_key=question_key, fields=given_fields()
        )
        return _screen_page(slug, number, drawn)
    answered = answer_question(
        runtime(),
        actor(),
        slug=slug,
        number=number,
        question_key=question_key,
        fields=given_fields(),
        shown_at=shown_at(),
    )
    there = url_for("learn.screen", slug=slug, number=number, _anchor=f"question-{answered.number}")
    return after_answer(answered, lambda rejected: _screen_page(slug, number, rejected), there)


@bp.post(f"{SCREEN}/next")
@login_required
def next_screen(slug: str, number: int) -> ResponseReturnValue:
    """Note that this screen is done, and open the next one."""
    step = leave_screen(runtime(), actor(), slug=slug, number=number)
    if step.has_just_finished:
        flash(_("Lesson finished. Another case waits on screen 8, if you like."))
        if brings_document(runtime(), actor(), slug=slug):
            flash(_("A document has come into your folder. You find it under Lessons."))
    if step.is_end:
        return redirect(url_for("learn.home"))
    return redirect(url_for("learn.screen", slug=slug, number=step.screen))


@bp.post(f"{SCREEN}/stuck")
@login_required
def stuck(slug: str, number: int) -> ResponseReturnValue:
    """Tell the teacher: I am stuck here."""
    note_stuck(runtime(), actor(), slug=slug, number=number)
    flash(
        _(
            "Noted: your teacher can see that you are stuck on screen %(number)d. You may go on.",
            number=number,
        )
    )
    return redirect(url_for("learn.screen", slug=slug, number=number))
