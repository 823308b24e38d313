"""The library: lessons and quizzes as those read them who teach."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from quizapp.services.library import lesson_for_teachers as read_lesson
from quizapp.services.library import library as read_library
from quizapp.services.library import quiz_for_teachers as read_quiz
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp


@bp.get("/library")
@login_required
def library() -> ResponseReturnValue:
    """List what can be taught."""
    return render_template("teach/library.html", library=read_library(runtime(), actor()))


@bp.get("/library/lessons/<slug>")
@login_required
def lesson_for_teachers(slug: str) -> ResponseReturnValue:
    """Show a lesson with its teacher's page, in both cases, with the keys."""
    return render_template("teach/lesson.html", page=read_lesson(runtime(), actor(), slug=slug))


@bp.get("/library/quizzes/<slug>")
@login_required
def quiz_for_teachers(slug: str) -> ResponseReturnValue:
    """Show every question that a quiz may draw, with the keys."""
    return render_template("teach/quiz.html", page=read_quiz(runtime(), actor(), slug=slug))
