"""Points: what machine and teacher gave for each question, and which of it a student may see.

Scores are only ever added; the newest of the attempt's generation counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from quizapp.core.questions import Move, Value
from quizapp.core.scoring import Score as Ratio
from quizapp.core.scoring import points, score, score_levels
from quizapp.services.asked import Asked
from quizapp.services.runtime import Work
from quizapp.storage.queries.inserting import table_of
from quizapp.storage.tables import Attempt, Score

MACHINE, TEACHER = "machine", "teacher"


@dataclass(frozen=True, slots=True)
class SlotScore:
    """The score of one question: ``earned`` of ``of``, and the points that makes, in ten-thousandths."""

    attempt_id: int
    slot: int
    earned: int
    of: int
    points: int
    given_by: str
    marker_id: int | None
    levels: Mapping[str, int] | None
    comment: str | None
    given_at: datetime

    @property
    def ratio(self) -> Ratio:
        """The score as the core knows it."""
        return Ratio(self.earned, self.of)


def newest_scores(work: Work, attempt_ids: Iterable[int]) -> dict[tuple[int, int], SlotScore]:
    """Return the score that counts of each scored question, by (attempt id, slot); one statement."""
    return _newest(work, attempt_ids, with_marks_until=None, with_all_marks=True)


def scores_shown(
    work: Work, attempt_ids: Iterable[int], results_shown_at: datetime | None
) -> dict[tuple[int, int], SlotScore]:
    """Return the scores that a student may see: a teacher's mark only once it was released with the results."""
    return _newest(work, attempt_ids, with_marks_until=results_shown_at, with_all_marks=False)


def _newest(
    work: Work, attempt_ids: Iterable[int], *, with_marks_until: datetime | None, with_all_marks: bool
) -> dict[tuple[int, int], SlotScore]:
    rows = work.session.scalars(
        select(Score)
        .join(Attempt, (Attempt.id == Score.attempt_id) & (Attempt.generation == Score.generation))
        .where(Score.attempt_id.in_(list(attempt_ids)))
        .order_by(Score.id)
    )
    newest: dict[tuple[int, int], SlotScore] = {}
    for row in rows:
        is_out = with_marks_until is not None and row.given_at <= with_marks_until
        if row.given_by != TEACHER or with_all_marks or is_out:
            newest[row.attempt_id, row.slot] = slot_score(row)
    return newest


def slot_score(row: Score) -> SlotScore:
    """Return a row as a value."""
    return SlotScore(
        attempt_id=row.attempt_id,
        slot=row.slot,
        earned=row.earned,
        of=row.of,
        points=row.points,
        given_by=row.given_by,
        marker_id=row.marker_id,
        levels=row.levels,
        comment=row.comment,
        given_at=row.given_at,
    )


def machine_score(asked: Asked, value: Value) -> Ratio | None:
    """Return what a machine can say about an answer, or None where a person must read it."""
    kind, settings = asked.type, asked.settings
    if kind.move is not Move.WRITE:
        return score(kind.move, kind.decisions(settings, value))
    if kind.is_blank(settings, value):
        return score_levels([0] * len(kind.criteria(settings)))
    return None


def add_machine_scores(
    work: Work, attempt: Attempt, asked: Sequence[Asked], values: Mapping[int, Value]
) -> int:
    """Score every answer that needs no person; return how many that were."""
    scored = [(one, machine_score(one, values.get(one.slot))) for one in asked]
    rows = [score_row(work, attempt, one, ratio, MACHINE) for one, ratio in scored if ratio is not None]
    if rows:
        work.session.execute(insert(table_of(Score)).returning(table_of(Score).c.id), rows)
    return len(rows)


def score_row(work: Work, attempt: Attempt, asked: Asked, ratio: Ratio, given_by: str) -> dict[str, object]:
    """Return the columns of a score to add."""
    return {
        "school_id": attempt.school_id,
        "attempt_id": attempt.id,
        "slot": asked.slot,
        "generation": attempt.generation,
        "earned": ratio.earned,
        "of": ratio.of,
        "points": points(asked.marks, ratio),
        "given_by": given_by,
        "reason": "",
        "given_at": work.now,
    }
