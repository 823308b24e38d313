"""What every page that takes an answer outside of a quiz does with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from quizapp.services.lesson_answers import Answered
from quizapp.services.lesson_questions import Rejected
from quizapp.web.words import say


def given_fields() -> Mapping[str, list[str]]:
    """Return what was posted, each name with all its values."""
    return dict(request.form.lists())


def shown_at() -> datetime | None:
    """Return the instant at which the page says that it was shown, or None where there is none such."""
    seconds = request.form.get("shown", type=int)
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
    except (OverflowError, OSError, ValueError):
        return None


def after_answer(
    answered: Answered, show_again: Callable[[Rejected], ResponseReturnValue], there: str
) -> ResponseReturnValue:
    """Show the page again with what could not be taken, or go to the answer that was."""
    if answered.rejected:
        return show_again(answered.rejected)
    if answered.note:
        flash(say(answered.note))
    return redirect(there)
