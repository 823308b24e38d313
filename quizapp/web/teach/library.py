"""The library: lessons and quizzes as those read them who teach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from quizapp.content.reading_figures import Reading
from quizapp.core.messages import Message
from quizapp.core.questions import Use
from quizapp.services.content_figures import content_figures
from quizapp.services.folder_library import folder_for_teachers as read_folder
from quizapp.services.library import lesson_for_teachers as read_lesson
from quizapp.services.library import library as read_library
from quizapp.services.library import quiz_for_teachers as read_quiz
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp

USE_WORDS: Mapping[Use, Message] = MappingProxyType(
    {
        Use.LESSON: Message("In lessons"),
        Use.PRACTICE: Message("For practice"),
        Use.QUIZ: Message("In quizzes"),
        Use.CHECKPOINT: Message("In checkpoints"),
    }
)


DIFFICULTY_WORDS: Sequence[Message] = (Message("Easy"), Message("Medium"), Message("Hard"))
CONTEXT_WORDS: Sequence[Message] = (Message("The article"), Message("Near cases"), Message("Far cases"))
LEVEL_WORDS: Sequence[Message] = (
    Message("Recall"),
    Message("Apply"),
    Message("Analyse"),
    Message("Evaluate"),
)
"""Each in the order of the figures' own columns."""
READING_WORDS: Mapping[Reading, Message] = MappingProxyType(
    {
        Reading.ASKED: Message("What is asked"),
        Reading.FEEDBACK: Message("Feedback"),
        Reading.MADE_UP: Message("Made-up pages"),
        Reading.LESSONS: Message("Screens of lessons"),
    }
)


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


@bp.get("/library/folder")
@login_required
def folder_for_teachers() -> ResponseReturnValue:
    """Show the folder in both editions, with the keys."""
    return render_template("teach/folder.html", page=read_folder(runtime(), actor()))


@bp.get("/library/content")
@login_required
def content() -> ResponseReturnValue:
    """Say in counts what the content holds."""
    return render_template(
        "teach/content.html",
        content=content_figures(runtime(), actor()),
        use_words=USE_WORDS,
        kinds=(*DIFFICULTY_WORDS, *CONTEXT_WORDS, *LEVEL_WORDS),
        reading_words=READING_WORDS,
        has_gallery="gallery" in current_app.blueprints,
    )
