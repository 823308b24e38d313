"""What a student may see now of an assignment's results: dates, tries and release put together."""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.core.assignments import SHOWN_WHEN, Preset, ReleaseFacts, ShownWhen, Visible, visible
from quizapp.services.runtime import Work
from quizapp.services.tries import Try, tries_shown
from quizapp.services.windows import Window, window_of
from quizapp.storage.tables import Assignment


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the assignment for this student."""

    tries: list[Try]
    window: Window
    release: ReleaseFacts
    shown_when: ShownWhen
    shown: Visible
    tries_left: int


def facts_of(work: Work, assignment: Assignment, student_id: int) -> Facts:
    """Return what decides about visibility for a student at an assignment."""
    tries = tries_shown(work, assignment, student_id)
    window = window_of(work, assignment, student_id)
    tries_left = max(0, window.attempts_allowed - len(tries))
    preset = Preset(assignment.preset)
    release = ReleaseFacts(
        preset=preset,
        now=work.now,
        due_at=window.due_at,
        closes_at=window.closes_at,
        tries_left=tries_left,
        has_open_try=any(one.is_open for one in tries),
        results_shown_at=assignment.results_shown_at,
    )
    return Facts(tries, window, release, SHOWN_WHEN[preset], visible(release), tries_left)
