"""A teacher's mark for a written answer: added, never overwritten; state and grade follow in the same deed."""

from __future__ import annotations

from collections.abc import Mapping

from quizapp.core.attempts import Edge, State, after
from quizapp.core.errors import Conflict, NotFound
from quizapp.core.messages import Message
from quizapp.core.permissions import Actor
from quizapp.core.questions import Move
from quizapp.core.rubrics import checked_levels
from quizapp.core.scoring import score_levels
from quizapp.services.access.attempts import AttemptAtHand
from quizapp.services.asked import asked_in
from quizapp.services.audit import record
from quizapp.services.grades import refresh_grade
from quizapp.services.runtime import Work
from quizapp.services.scores import TEACHER, SlotScore, newest_scores, score_row, slot_score
from quizapp.storage.tables import Attempt, Score

LONGEST_COMMENT = 4_000


def add_teacher_score(
    work: Work,
    actor: Actor,
    at_hand: AttemptAtHand,
    *,
    slot: int,
    levels: Mapping[str, int | None],
    comment: str,
) -> SlotScore:
    """Add a teacher's mark for a written answer, by the levels of its rubric; the grade follows.

    The attempt comes locked through ``access_attempt(…, Permission.GRADE, for_update=True)``. What a blank
    answer or an earlier mark was given stays in the list.

    Raises:
        NotFound: the attempt has no such question, or its type is not marked by people.
        Refusal: a criterion has no level (field ``level-<criterion>``).
        Conflict: the attempt is not handed in.
    """
    attempt = at_hand.attempt
    all_asked = asked_in(work, attempt)
    asked = next((one for one in all_asked if one.slot == slot), None)
    if asked is None or asked.type.move is not Move.WRITE:
        raise NotFound
    if State(attempt.state) is State.IN_PROGRESS:
        raise Conflict(Message("This try is not handed in yet."))
    given = checked_levels(asked.type.criteria(asked.settings), levels)
    before = newest_scores(work, [attempt.id]).get((attempt.id, slot))
    row = Score(**score_row(work, attempt, asked, score_levels(given.values()), TEACHER))
    row.marker_id, row.levels, row.comment = (
        actor.user_id,
        dict(given),
        comment.strip()[:LONGEST_COMMENT] or None,
    )
    work.session.add(row)
    work.session.flush()
    record(
        work, actor, "score.given", subject_kind="attempt", subject_id=attempt.id,
        before={"slot": slot, "earned": before.earned, "of": before.of} if before else None,
        after={"slot": slot, "earned": row.earned, "of": row.of},
    )  # fmt: skip
    _grade_when_complete(work, actor, attempt, len(all_asked))
    refresh_grade(work, at_hand.assignment, attempt.student_id)
    return slot_score(row)


def _grade_when_complete(work: Work, actor: Actor, attempt: Attempt, asked: int) -> None:
    state = State(attempt.state)
    if state is not State.SUBMITTED or len(newest_scores(work, [attempt.id])) < asked:
        return
    reached = after(state, Edge.GRADE)
    attempt.state = reached.value
    record(
        work, actor, "attempt.graded", subject_kind="attempt", subject_id=attempt.id,
        before={"state": state.value}, after={"state": reached.value, "generation": attempt.generation},
    )  # fmt: skip
