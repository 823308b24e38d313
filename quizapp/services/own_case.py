"""The case that a student reads where no lesson says which."""

from __future__ import annotations

from collections.abc import Collection

from quizapp.core.permissions import Actor
from quizapp.core.questions import Case
from quizapp.services.access.lessons import is_fictional_only
from quizapp.services.runtime import Work
from quizapp.storage.tables import LessonProgress


def last_case(work: Work, actor: Actor, progress: Collection[LessonProgress]) -> Case:
    """Return the case that the actor chose last, or the made-up one before any choice."""
    if not progress or is_fictional_only(work, actor):
        return Case.B
    return Case(max(progress, key=lambda row: row.last_seen_at).case)
