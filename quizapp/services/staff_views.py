"""The record of who looked at whom: one of the two things that opening a page may write."""

from __future__ import annotations

from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work, use_case
from quizapp.storage.tables import StaffView


@use_case
def note_staff_view(work: Work, actor: Actor, *, student_id: int, page: str) -> None:
    """Note that a member of staff opened a page about one student.

    Called after the page's own reading has let the actor see the student; ``page`` is the name of the page.
    """
    work.session.add(
        StaffView(
            school_id=actor.school_id, at=work.now, viewer_id=actor.user_id, student_id=student_id, page=page
        )
    )
