"""The promises about attempts, asked of a live database.

Constraints and triggers keep what they can; this looks at everything, also at what was changed behind their back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text

from quizapp.core.deadlines import GRACE
from quizapp.core.permissions import Actor
from quizapp.services.recomputed import RECOMPUTED, Broken, broken_grades, broken_tries, broken_versions
from quizapp.services.runtime import Runtime, Work, reading
from quizapp.storage.inspection import dangling_references, missing_indexes
from quizapp.storage.tables import Assignment, Attempt, ContentVersion
from quizapp.storage.triggers import missing_triggers

AT_ONCE = 100
"""Rows that one reading looks at: a long one would keep writers of a SQLite without write-ahead log waiting."""

# Plain SQL that both engines share: it must not trust the mapping that wrote the rows. Each selects the try, or
# the assignment, that breaks the promise.
PROMISES = {
    "at most one open try of a student at an assignment": """
        SELECT min(id) AS id FROM attempts WHERE state = 'in_progress' AND NOT is_preview
        GROUP BY assignment_id, student_id HAVING count(*) > 1""",
    "tries are numbered once": """
        SELECT min(id) AS id FROM attempts GROUP BY assignment_id, student_id, number HAVING count(*) > 1""",
    "no try ends before it starts": """
        SELECT id FROM attempts WHERE deadline_at < started_at OR finished_at < started_at""",
    "a try has a finish exactly when it is handed in": """
        SELECT id FROM attempts WHERE state <> 'voided'
        AND (state = 'in_progress') <> (finished_at IS NULL)""",
    "the questions of a try are numbered from 1": """
        SELECT a.id FROM attempts a LEFT JOIN attempt_slots s ON s.attempt_id = a.id
        GROUP BY a.id HAVING count(s.slot) = 0 OR min(s.slot) <> 1 OR max(s.slot) <> count(s.slot)""",
    "the marks of a try add up to what can be had": """
        SELECT a.id FROM attempts a JOIN attempt_slots s ON s.attempt_id = a.id
        GROUP BY a.id, a.max_points HAVING sum(s.marks) * 10000 <> a.max_points""",
    "every acknowledged answer has a stored value at least as new": """
        SELECT h.attempt_id AS id FROM response_history h
        LEFT JOIN responses r ON r.attempt_id = h.attempt_id AND r.slot = h.slot
        WHERE (h.outcome IN ('stored', 'older') AND r.attempt_id IS NULL)
        OR (h.outcome = 'stored' AND (r.lease < h.lease OR (r.lease = h.lease AND r.seq < h.seq)))""",
    "every stored answer is in the history, value for value": """
        SELECT r.attempt_id AS id FROM responses r WHERE NOT EXISTS (SELECT 1 FROM response_history h
        WHERE h.attempt_id = r.attempt_id AND h.slot = r.slot AND h.lease = r.lease AND h.seq = r.seq
        AND h.outcome = 'stored' AND CAST(h.value AS TEXT) = CAST(r.value AS TEXT))""",
    "nothing is stored for a question that was not asked": """
        SELECT r.attempt_id AS id FROM responses r LEFT JOIN attempt_slots s
        ON s.attempt_id = r.attempt_id AND s.slot = r.slot WHERE s.attempt_id IS NULL""",
    "an answer came from a window that had been given its place": """
        SELECT r.attempt_id AS id FROM responses r JOIN attempts a ON a.id = r.attempt_id
        WHERE r.lease > a.lease""",
    "one snapshot for every time that a try was handed in": """
        SELECT a.id FROM attempts a LEFT JOIN (SELECT attempt_id, count(*) AS made, max(generation) AS newest
        FROM snapshots GROUP BY attempt_id) s ON s.attempt_id = a.id
        WHERE coalesce(s.newest, 0) <> coalesce(s.made, 0)
        OR (a.state = 'in_progress' AND coalesce(s.made, 0) <> a.generation - 1)
        OR (a.state IN ('submitted', 'graded') AND coalesce(s.made, 0) <> a.generation)
        OR (a.state = 'voided' AND coalesce(s.made, 0) NOT IN (a.generation - 1, a.generation))""",
    "a try is graded exactly when every question has a score": """
        SELECT a.id FROM attempts a WHERE a.state IN ('submitted', 'graded') AND (a.state = 'graded') = EXISTS
        (SELECT 1 FROM attempt_slots s WHERE s.attempt_id = a.id AND NOT EXISTS (SELECT 1 FROM scores c
        WHERE c.attempt_id = a.id AND c.slot = s.slot AND c.generation = a.generation))""",
    "a score is worth its share of the marks": """
        SELECT c.attempt_id AS id FROM scores c LEFT JOIN attempt_slots s
        ON s.attempt_id = c.attempt_id AND s.slot = c.slot WHERE s.attempt_id IS NULL
        OR c.points <> (2 * s.marks * 10000 * c.earned + c."of") / (2 * c."of")""",
    "only a student's own try at that quiz counts, no preview and none that was voided": """
        SELECT g.assignment_id AS id FROM grades g LEFT JOIN attempts a ON a.id = g.counting_attempt_id
        WHERE g.counting_attempt_id IS NOT NULL AND (a.id IS NULL OR a.is_preview OR a.state = 'voided'
        OR a.assignment_id <> g.assignment_id OR a.student_id <> g.student_id)""",
    "every try has one start on record": """
        SELECT a.id FROM attempts a LEFT JOIN audit_entries e ON e.subject_kind = 'attempt'
        AND e.subject_id = a.id AND e.action = 'attempt.started'
        GROUP BY a.id HAVING count(e.id) <> 1""",
}

TRIGGERS = "the database keeps its rules by itself"
INDEXES = "the database keeps its indexes"
REFERENCES = "every reference leads somewhere"


@dataclass(frozen=True, slots=True)
class Finding:
    """A promise, how often it is broken, and the first place where it is."""

    promise: str
    broken: int = 0
    first: str = ""


def broken_invariants(runtime: Runtime, actor: Actor) -> list[Finding]:
    """Return every promise with how often it is broken; each reading is short."""
    found = _rules_of_the_database(runtime, actor)
    found += [_asked(runtime, actor, promise=promise) for promise in PROMISES]
    broken: dict[str, list[str]] = {promise: [] for promise in RECOMPUTED}
    for table, check in (
        (Attempt, broken_tries),
        (Assignment, broken_grades),
        (ContentVersion, broken_versions),
    ):
        for ids in _in_parts(runtime, actor, table):
            for promise, where in _recomputed(runtime, actor, check=check, ids=ids):
                broken[promise].append(where)
    return found + [_finding(promise, places) for promise, places in broken.items()]


@dataclass(frozen=True, slots=True)
class OpenTries:
    """How many tries are open, and how many of those wait for the clock's worker to hand them in."""

    count: int
    overdue: int


@reading
def open_tries(work: Work, actor: Actor) -> OpenTries:
    """Return how many tries are open."""
    del actor
    is_open = Attempt.state == "in_progress"
    count = select(func.count()).select_from(Attempt).where(is_open)
    return OpenTries(
        work.session.scalar(count) or 0,
        work.session.scalar(count.where(Attempt.deadline_at < work.now - GRACE)) or 0,
    )


def _finding(promise: str, places: Sequence[str]) -> Finding:
    return Finding(promise, len(places), places[0] if places else "")


@reading
def _rules_of_the_database(work: Work, actor: Actor) -> list[Finding]:
    del actor
    connection = work.session.connection()
    return [
        _finding(TRIGGERS, missing_triggers(connection)),
        _finding(INDEXES, missing_indexes(connection)),
        _finding(REFERENCES, dangling_references(connection)),
    ]


@reading
def _asked(work: Work, actor: Actor, *, promise: str) -> Finding:
    del actor
    count, first = work.session.execute(
        text(f"SELECT count(*), min(found.id) FROM ({PROMISES[promise]}) AS found")  # noqa: S608 - our own text
    ).one()
    kind = "assignment" if "AS id FROM grades" in PROMISES[promise] else "try"
    return Finding(promise, count, f"{kind} {first}" if count else "")


def _in_parts(runtime: Runtime, actor: Actor, table: Any) -> Iterator[list[int]]:
    last = 0
    while ids := _next_ids(runtime, actor, table=table, after=last):
        yield ids
        last = ids[-1]


@reading
def _next_ids(work: Work, actor: Actor, *, table: Any, after: int) -> list[int]:
    del actor
    return list(
        work.session.scalars(select(table.id).where(table.id > after).order_by(table.id).limit(AT_ONCE))
    )


@reading
def _recomputed(
    work: Work, actor: Actor, *, check: Callable[[Work, Sequence[int]], Iterator[Broken]], ids: Sequence[int]
) -> list[Broken]:
    del actor
    return list(check(work, ids))
