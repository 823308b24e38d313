"""A student's home, and *What I can show*."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from quizapp.services.home import HomePage, LessonTask, NextKind, NextThing, QuizTask, Task, home_page
from quizapp.services.progress import progress_page
from quizapp.web.learn.blueprint import bp
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _
from quizapp.web.words import when


@dataclass(frozen=True, slots=True)
class Card:
    """The one next thing in words."""

    kicker: str
    title: str
    url: str
    action: str
    minutes: int | None
    note: str


@bp.get("/home")
@login_required
def home() -> ResponseReturnValue:
    """Show the one next thing, what is due and what is done."""
    page = home_page(runtime(), actor())
    card = _card(page, page.next_thing) if page.next_thing else None
    return render_template("learn/home.html", page=page, card=card, date_of=_date_of)


@bp.get("/progress")
@login_required
def progress() -> ResponseReturnValue:
    """Show what the student can show, with the evidence."""
    return render_template("learn/progress.html", page=progress_page(runtime(), actor()))


def _card(page: HomePage, thing: NextThing) -> Card:
    if thing.lesson is not None:
        lesson = thing.lesson
        is_first = thing.kind is NextKind.FIRST_LESSON
        return Card(
            kicker=_("Lesson %(number)d", number=lesson.number),
            title=_("Start here: %(title)s", title=lesson.title) if is_first else lesson.title,
            url=url_for("learn.lesson", slug=lesson.slug),
            action=_("Open the lesson") if is_first else _("Continue"),
            minutes=lesson.minutes,
            note="" if is_first else _("You are on screen %(number)d of 8", number=lesson.progress.screen),
        )
    task = thing.task
    assert task is not None, "a next thing is a lesson or something that was given"
    if isinstance(task, LessonTask):
        return _lesson_card(page, task)
    return _quiz_card(page, thing.kind, task)


def _lesson_card(page: HomePage, task: LessonTask) -> Card:
    is_begun = task.progress.is_started
    return Card(
        kicker=_("Lesson"),
        title=task.title,
        url=url_for("learn.lesson", slug=task.slug),
        action=_("Continue") if is_begun else _("Start"),
        minutes=task.minutes,
        note=_date_of(page, task),
    )


def _quiz_card(page: HomePage, kind: NextKind, task: QuizTask) -> Card:
    if kind is NextKind.TRY:
        return Card(
            kicker=_("Quiz, begun"),
            title=task.title,
            url=url_for("attempts.attempt", attempt_id=task.open_attempt_id),
            action=_("Continue"),
            minutes=None,
            note=_try_note(page, task),
        )
    if kind is NextKind.RESULT:
        return Card(
            kicker=_("New results"),
            title=task.title,
            url=url_for("attempts.result", attempt_id=task.result_of),
            action=_("See what counted and why"),
            minutes=None,
            note="",
        )
    return Card(
        kicker=_("Quiz"),
        title=task.title,
        url=url_for("attempts.assignment", assignment_id=task.assignment_id),
        action=_("Before you start"),
        minutes=task.minutes,
        note=_date_of(page, task),
    )


def _try_note(page: HomePage, task: QuizTask) -> str:
    """Return when the open try ends where a teacher decided about it, else the date that matters next."""
    one = task.open_try
    if one is None or one.deadline_at is None or not (one.is_reopened or one.extra_seconds):
        return _("Your teacher opened it again") if one and one.is_reopened else _date_of(page, task)
    if one.is_reopened:
        return _("Your teacher opened it again; it ends %(end)s", end=when(one.deadline_at))
    return _("Your teacher gave you more time; it ends %(end)s", end=when(one.deadline_at))


def _date_of(page: HomePage, task: Task) -> str:
    """Return the date that matters next, in words."""
    window = task.window
    if window.opens_at and page.now < window.opens_at:
        return _("opens %(date)s", date=when(window.opens_at))
    if window.due_at and page.now <= window.due_at:
        return _("due %(date)s", date=when(window.due_at))
    if window.due_at and window.closes_at and page.now < window.closes_at:
        return _(
            "was due %(date)s, still open until %(end)s",
            date=when(window.due_at),
            end=when(window.closes_at),
        )
    if window.due_at:
        return _("was due %(date)s", date=when(window.due_at))
    return _("closes %(date)s", date=when(window.closes_at)) if window.closes_at else _("no date")
