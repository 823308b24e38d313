"""The promises about attempts, asked of a live database. Constraints keep most; this looks at all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text

from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work, reading

# Plain SQL that both engines share: it must not trust the mapping that wrote the rows.
PROMISES = {
    "at most one open attempt per assignment and student": """
        SELECT count(*) FROM (SELECT 1 FROM attempts WHERE state = 'in_progress' AND NOT is_preview
        GROUP BY assignment_id, student_id HAVING count(*) > 1) AS several""",
    "tries are numbered once": """
        SELECT count(*) FROM (SELECT 1 FROM attempts GROUP BY assignment_id, student_id, number
        HAVING count(*) > 1) AS several""",
    "every acknowledged answer has a stored value at least as new": """
        SELECT count(*) FROM response_history h
        LEFT JOIN responses r ON r.attempt_id = h.attempt_id AND r.slot = h.slot
        WHERE h.outcome = 'stored' AND (r.attempt_id IS NULL OR r.lease < h.lease
        OR (r.lease = h.lease AND r.seq < h.seq))""",
    "one snapshot for every attempt that was handed in": """
        SELECT count(*) FROM attempts a LEFT JOIN snapshots s
        ON s.attempt_id = a.id AND s.generation = a.generation
        WHERE a.state IN ('submitted', 'graded') AND s.attempt_id IS NULL""",
    "nothing is stored for a question that was not asked": """
        SELECT count(*) FROM responses r LEFT JOIN attempt_slots s
        ON s.attempt_id = r.attempt_id AND s.slot = r.slot WHERE s.attempt_id IS NULL""",
    "a graded attempt has a score for every question": """
        SELECT count(*) FROM attempt_slots s JOIN attempts a ON a.id = s.attempt_id
        WHERE a.state = 'graded' AND NOT EXISTS (SELECT 1 FROM scores c WHERE c.attempt_id = a.id
        AND c.slot = s.slot AND c.generation = a.generation)""",
    "a score is worth its marks": """
        SELECT count(*) FROM scores c JOIN attempt_slots s
        ON s.attempt_id = c.attempt_id AND s.slot = c.slot
        WHERE c.points <> (2 * s.marks * 10000 * c.earned + c."of") / (2 * c."of")""",
    "the deadline is not before the start": """
        SELECT count(*) FROM attempts WHERE deadline_at IS NOT NULL AND deadline_at < started_at""",
    "previews count nowhere": """
        SELECT count(*) FROM grades g JOIN attempts a ON a.id = g.counting_attempt_id WHERE a.is_preview""",
    "every transition is on record": """
        SELECT count(*) FROM attempts a WHERE a.state IN ('submitted', 'graded') AND NOT EXISTS
        (SELECT 1 FROM audit_entries e WHERE e.subject_kind = 'attempt' AND e.subject_id = a.id
        AND e.action IN ('attempt.submitted', 'attempt.expired'))""",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A promise and how many rows break it."""

    promise: str
    broken: int


@reading
def broken_invariants(work: Work, actor: Actor) -> list[Finding]:
    """Return every promise with the number of rows that break it."""
    return [
        Finding(promise, work.session.execute(text(statement)).scalar_one())
        for promise, statement in PROMISES.items()
    ]
