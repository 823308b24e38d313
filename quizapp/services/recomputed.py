"""What follows from something else, computed again and compared: order, snapshots, scores, transitions, grades.

Each function yields what is broken as (promise, where); the promises are listed in `RECOMPUTED`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from quizapp.content.catalogue import body_hash
from quizapp.core.attempts import Order, State, is_transition
from quizapp.core.deadlines import is_past_grace
from quizapp.core.errors import NotFound
from quizapp.core.questions import Case
from quizapp.core.quizzes import QuizShort, draw, variant_of
from quizapp.core.responses import Given, HandedIn, handed_in
from quizapp.core.scoring import Score as Ratio
from quizapp.core.scoring import score_levels
from quizapp.services.asked import asked_in
from quizapp.services.content import questions_by_version, quiz_by_key, quiz_pool
from quizapp.services.grades import computed_cell
from quizapp.services.runtime import Work
from quizapp.services.scores import MACHINE, TEACHER, machine_score
from quizapp.services.stored_answers import stored_answers
from quizapp.services.tries import counting_mark
from quizapp.storage.tables import (
    Assignment,
    Attempt,
    AttemptSlot,
    AuditEntry,
    ContentItem,
    ContentVersion,
    Grade,
    Score,
    Snapshot,
)

ORDER = "the questions of a try follow from its seed"
SNAPSHOT = "a snapshot has the hash and the receipt of its body"
STORED = "what was handed in is what is stored"
MACHINE_SCORE = "a machine's score is what scoring says about the answer that was handed in"
TEACHER_SCORE = "a teacher's score is what its levels add up to"
TRANSITIONS = "every transition of a try stands once on record, in order"
GRADE = "a stored grade is what the tries make"
VERSION = "a version of content is what its hash says"

RECOMPUTED = (ORDER, SNAPSHOT, STORED, MACHINE_SCORE, TEACHER_SCORE, TRANSITIONS, GRADE, VERSION)

Broken = tuple[str, str]


# --- tries -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Examined:
    """An attempt with what belongs to it. ``handed`` holds its snapshots by generation."""

    attempt: Attempt
    handed: Mapping[int, Snapshot]
    scores: Sequence[Score]
    records: Sequence[_Record]
    content_changed: _Change


def broken_tries(work: Work, attempt_ids: Sequence[int]) -> Iterator[Broken]:
    """Yield what is broken about these attempts."""
    snapshots = _by_attempt(work, Snapshot, attempt_ids, Snapshot.generation)
    scores = _by_attempt(work, Score, attempt_ids, Score.id)
    records = _records(work, attempt_ids)
    content_changed = _newest_change(work)
    for attempt in work.session.scalars(select(Attempt).where(Attempt.id.in_(attempt_ids))).all():
        examined = _Examined(
            attempt,
            {row.generation: row for row in snapshots.get(attempt.id, [])},
            scores.get(attempt.id, []),
            records.get(attempt.id, []),
            content_changed,
        )
        for promise, check in _CHECKS.items():
            if not _holds(check, work, examined):
                yield promise, f"try {attempt.id}"


def _holds(check: Callable[[Work, _Examined], bool], work: Work, examined: _Examined) -> bool:
    try:
        return check(work, examined)
    except (KeyError, TypeError, ValueError):
        # What can't be read any more is broken too, and no reason to stop looking at the rest.
        return False


def _by_attempt(work: Work, table: Any, attempt_ids: Sequence[int], order: Any) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = {}
    for row in work.session.scalars(select(table).where(table.attempt_id.in_(attempt_ids)).order_by(order)):
        rows.setdefault(row.attempt_id, []).append(row)
    return rows


def _given(snapshot: Snapshot) -> dict[int, Given]:
    """Return the answers of a snapshot by slot."""
    return {
        one["slot"]: Given(one["slot"], one["value"], Order(one["lease"], one["seq"]), one["sure"])
        for one in json.loads(snapshot.body)["responses"]
    }


def _are_sound(_work: Work, examined: _Examined) -> bool:
    return all(
        handed_in(row.attempt_id, row.generation, _given(row).values())
        == HandedIn(row.body, row.hash, row.receipt)
        for row in examined.handed.values()
    )


def _is_stored(work: Work, examined: _Examined) -> bool:
    snapshot = examined.handed.get(examined.attempt.generation)
    if snapshot is None:
        return True
    stored = {
        slot: Given(slot, row.value, Order(row.lease, row.seq), row.sure)
        for slot, row in stored_answers(work, examined.attempt.id).items()
    }
    return _given(snapshot) == stored


def _are_by_machine(work: Work, examined: _Examined) -> bool:
    newest = {
        (row.generation, row.slot): Ratio(row.earned, row.of)
        for row in examined.scores
        if row.given_by == MACHINE
    }
    for generation, snapshot in examined.handed.items():
        given = _given(snapshot)
        for asked in asked_in(work, examined.attempt):
            answer = given.get(asked.slot)
            expected = machine_score(asked, answer.value if answer else None)
            if newest.get((generation, asked.slot)) != expected:
                return False
    return True


def _add_up(_work: Work, examined: _Examined) -> bool:
    return all(
        score_levels(row.levels.values()) == Ratio(row.earned, row.of)
        for row in examined.scores
        if row.given_by == TEACHER and row.levels
    )


# --- transitions and order -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Record:
    id: int
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def _records(work: Work, attempt_ids: Sequence[int]) -> dict[int, list[_Record]]:
    rows = work.session.execute(
        select(AuditEntry.subject_id, AuditEntry.id, AuditEntry.action, AuditEntry.before, AuditEntry.after)
        .where(AuditEntry.subject_kind == "attempt", AuditEntry.subject_id.in_(attempt_ids))
        .order_by(AuditEntry.id)
    )
    records: dict[int, list[_Record]] = {}
    for attempt_id, entry_id, action, before, after in rows:
        if attempt_id is not None:
            records.setdefault(attempt_id, []).append(_Record(entry_id, action, before or {}, after or {}))
    return records


def _lead_to_its_state(_work: Work, examined: _Examined) -> bool:
    """Say whether the record leads from one transition to the next, and to the state that is stored."""
    reached = State.IN_PROGRESS
    for record in examined.records:
        if "state" not in record.before or "state" not in record.after:
            continue
        before, after = State(record.before["state"]), State(record.after["state"])
        # More time, for one, is noted with the state that it leaves as it is.
        is_known = before is after or is_transition(before, after)
        if before is not reached or not is_known:
            return False
        reached = after
    return reached is State(examined.attempt.state)


@dataclass(frozen=True, slots=True)
class _Change:
    record_id: int
    at: Any


def _newest_change(work: Work) -> _Change:
    """Return when content last changed, by the record and by the clock."""
    record_id = work.session.scalar(
        select(func.max(AuditEntry.id)).where(AuditEntry.action.startswith("content."))
    )
    times = [
        work.session.scalar(select(func.max(ContentVersion.created_at))),
        work.session.scalar(select(func.max(ContentItem.retired_at))),
    ]
    return _Change(record_id or 0, max((time for time in times if time), default=None))


def _is_drawn(work: Work, examined: _Examined) -> bool:
    """Say whether the seed draws what was asked.

    The variant follows from seed and version for ever. Which questions are drawn depends on those there were, so
    they are drawn again only where content has not changed since the start.
    """
    attempt, changed = examined.attempt, examined.content_changed
    slots = work.session.scalars(
        select(AttemptSlot).where(AttemptSlot.attempt_id == attempt.id).order_by(AttemptSlot.slot)
    ).all()
    versions = questions_by_version(work, [(slot.question_version_id, None) for slot in slots])
    if any(
        variant_of(versions[slot.question_version_id, None], attempt.seed) != slot.variant for slot in slots
    ):
        return False
    started = next((record.id for record in examined.records if record.action == "attempt.started"), 0)
    if started < changed.record_id or (changed.at and attempt.started_at < changed.at):
        return True
    return _drawn_again(work, attempt, slots)


def _drawn_again(work: Work, attempt: Attempt, slots: Sequence[AttemptSlot]) -> bool:
    key = work.session.scalars(
        select(Assignment.content_key).where(Assignment.id == attempt.assignment_id)
    ).one()
    try:
        quiz, pool = quiz_by_key(work, key), quiz_pool(work)
        chosen = {slot.case for slot in slots if slot.case}
        cases = [case for case in Case if not chosen or case.value in chosen]
        drawn = [draw(quiz, pool, attempt.seed, case) for case in cases]
    except (NotFound, QuizShort):
        return False
    there = [(slot.question_version_id, slot.variant, slot.marks) for slot in slots]
    return any([(one.question.version_id, one.variant, one.marks) for one in way] == there for way in drawn)


_CHECKS: dict[str, Callable[[Work, _Examined], bool]] = {
    SNAPSHOT: _are_sound,
    STORED: _is_stored,
    MACHINE_SCORE: _are_by_machine,
    TEACHER_SCORE: _add_up,
    TRANSITIONS: _lead_to_its_state,
    ORDER: _is_drawn,
}


# --- grades and versions ---------------------------------------------------------------------------------------


def broken_grades(work: Work, assignment_ids: Sequence[int]) -> Iterator[Broken]:
    """Yield the cells of these assignments that are not what the tries make.

    A try that waits for the clock's worker to hand it in counts, but not in the cell yet.
    """
    for assignment in work.session.scalars(select(Assignment).where(Assignment.id.in_(assignment_ids))):
        cells = {
            row.student_id: row
            for row in work.session.scalars(select(Grade).where(Grade.assignment_id == assignment.id))
        }
        tries = work.session.execute(
            select(Attempt.student_id, Attempt.state, Attempt.deadline_at).where(
                Attempt.assignment_id == assignment.id, Attempt.is_preview.is_(False)
            )
        ).all()
        waiting = {
            row.student_id
            for row in tries
            if row.state == State.IN_PROGRESS.value and is_past_grace(row.deadline_at, work.now)
        }
        for student_id in sorted(({row.student_id for row in tries} | cells.keys()) - waiting):
            expected = computed_cell(counting_mark(work, assignment, student_id))
            cell = cells.get(student_id)
            if cell is None or any(getattr(cell, name) != value for name, value in expected.items()):
                yield GRADE, f"assignment {assignment.id}, student {student_id}"


def broken_versions(work: Work, version_ids: Sequence[int]) -> Iterator[Broken]:
    """Yield the versions whose body has another hash than the one by which they are known."""
    rows = work.session.execute(
        select(ContentVersion.id, ContentVersion.hash, ContentVersion.body).where(
            ContentVersion.id.in_(version_ids)
        )
    )
    yield from ((VERSION, f"version {row.id}") for row in rows if body_hash(row.body) != row.hash)
