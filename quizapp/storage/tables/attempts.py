"""Attempts, what was asked in them, what was given, and what was handed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.tables.base import ID, JSON, Base, Id, OptionalRef, Ref, Short, within_school

STATES = "state IN ('in_progress', 'submitted', 'graded', 'voided')"


class Attempt(Base):
    """One try of a student at an assignment.

    ``deadline_at`` is stored and recomputed by whatever changes one of its inputs; ``lease`` is the newest lease
    that a page took; ``generation`` counts reopenings, and ``first_lease`` is the lease with which the present one
    began. ``extra_seconds`` were given to this one try by a teacher, on top of what its rules say.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("school_id", "id"),
        UniqueConstraint("assignment_id", "student_id", "number"),
        within_school("assignments", "assignment_id"),
        within_school("users", "student_id"),
        Index(None, "school_id", "student_id"),
        Index("ix_attempts_overdue", "deadline_at", sqlite_where=text("state = 'in_progress'"),
              postgresql_where=text("state = 'in_progress'")),
        Index(
            "uq_attempts_one_open",
            "assignment_id",
            "student_id",
            unique=True,
            sqlite_where=text("state = 'in_progress' AND NOT is_preview"),
            postgresql_where=text("state = 'in_progress' AND NOT is_preview"),
        ),
        CheckConstraint(STATES, name="state"),
        CheckConstraint("kind IN ('quiz', 'checkpoint')", name="kind"),
        CheckConstraint("number >= 1 AND generation >= 1 AND lease >= 0", name="counts"),
        CheckConstraint("(state IN ('submitted', 'graded')) = (finished_at IS NOT NULL) OR state = 'voided'",
                        name="finished"),
        CheckConstraint("extra_seconds >= 0", name="extra_seconds"),
        CheckConstraint("first_lease >= 0", name="first_lease"),
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    id: Mapped[Id]
    school_id: Mapped[Ref]
    assignment_id: Mapped[Ref]
    student_id: Mapped[Ref]
    number: Mapped[int]
    kind: Mapped[Short]
    state: Mapped[Short]
    is_preview: Mapped[bool]
    generation: Mapped[int]
    seed: Mapped[int] = mapped_column(ID)
    language: Mapped[Short]
    lease: Mapped[int]
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    handed_in_by: Mapped[str | None] = mapped_column(String(20))
    max_points: Mapped[int]
    extra_seconds: Mapped[int] = mapped_column(server_default=text("0"))
    first_lease: Mapped[int] = mapped_column(server_default=text("0"))


class AttemptSlot(Base):
    """One question of an attempt, frozen at the start: its version, variant, case and marks."""

    __tablename__ = "attempt_slots"
    __table_args__ = (
        within_school("attempts", "attempt_id"),
        Index(None, "question_version_id"),
        CheckConstraint("marks BETWEEN 0 AND 100", name="marks"),
    )

    school_id: Mapped[Ref]
    attempt_id: Mapped[int] = mapped_column(ID, primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    question_version_id: Mapped[int] = mapped_column(ID, ForeignKey("content_versions.id"))
    variant: Mapped[str | None] = mapped_column(String(40))
    case: Mapped[str | None] = mapped_column(String(1))
    marks: Mapped[int]


class Response(Base):
    """What a student gave for one question: the newest by ``(lease, seq)``."""

    __tablename__ = "responses"
    __table_args__ = (
        within_school("attempts", "attempt_id"),
        CheckConstraint("lease >= 0 AND seq >= 0", name="order"),
    )

    school_id: Mapped[Ref]
    attempt_id: Mapped[int] = mapped_column(ID, primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    is_flagged: Mapped[bool]
    sure: Mapped[bool | None]
    lease: Mapped[int] = mapped_column(ID)
    seq: Mapped[int] = mapped_column(ID)
    shown_at: Mapped[datetime | None]
    saved_at: Mapped[datetime]


class ResponseHistory(Base):
    """Every value that ever arrived, also what was refused. Append-only."""

    __tablename__ = "response_history"
    __table_args__ = (
        within_school("attempts", "attempt_id"),
        Index(None, "attempt_id", "slot"),
        CheckConstraint(
            "outcome IN ('stored', 'older', 'malformed', 'unknown', 'closed', 'stale')", name="outcome"
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    attempt_id: Mapped[Ref]
    slot: Mapped[int]
    generation: Mapped[int]
    value: Mapped[Any] = mapped_column(JSON)
    sure: Mapped[bool | None]
    lease: Mapped[int] = mapped_column(ID)
    seq: Mapped[int] = mapped_column(ID)
    outcome: Mapped[Short]
    source: Mapped[Short]
    saved_at: Mapped[datetime]


class Snapshot(Base):
    """What was handed in: canonical JSON of all responses, its hash, and the receipt. One a generation."""

    __tablename__ = "snapshots"
    __table_args__ = (within_school("attempts", "attempt_id"), UniqueConstraint("receipt"))

    school_id: Mapped[Ref]
    attempt_id: Mapped[int] = mapped_column(ID, primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    hash: Mapped[str] = mapped_column(String(64))
    receipt: Mapped[str] = mapped_column(String(40))
    handed_in_at: Mapped[datetime]


class SelfMark(Base):
    """Where a student put the own written answer among the anchors. Never counts."""

    __tablename__ = "self_marks"
    __table_args__ = (
        within_school("attempts", "attempt_id"),
        CheckConstraint("level IN (0, 1, 2)", name="level"),
    )

    school_id: Mapped[Ref]
    attempt_id: Mapped[int] = mapped_column(ID, primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[int]
    marked_at: Mapped[datetime]


class PracticeAnswer(Base):
    """An answer in a lesson, a warm-up or practice: never an attempt, never a mark. Append-only.

    ``ordinal`` 1 is the first try. ``purpose`` tells first guess, task, exit check, second guess, practice apart.
    """

    __tablename__ = "practice_answers"
    __table_args__ = (
        within_school("users", "student_id"),
        Index(None, "school_id", "student_id", "lesson_key"),
        Index(None, "question_version_id"),
        CheckConstraint(
            "purpose IN ('first_guess', 'task', 'exit_check', 'guess_again', 'extension', 'practice', 'warm_up')",
            name="purpose",
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    student_id: Mapped[Ref]
    lesson_key: Mapped[str | None] = mapped_column(String(200))
    purpose: Mapped[Short]
    part: Mapped[str] = mapped_column(String(200))
    question_version_id: Mapped[int] = mapped_column(ID, ForeignKey("content_versions.id"))
    variant: Mapped[str | None] = mapped_column(String(40))
    case: Mapped[str | None] = mapped_column(String(1))
    language: Mapped[Short]
    ordinal: Mapped[int]
    value: Mapped[Any] = mapped_column(JSON)
    sure: Mapped[bool | None]
    earned: Mapped[int | None]
    of: Mapped[int | None]
    is_checked: Mapped[bool]
    shown_at: Mapped[datetime | None]
    answered_at: Mapped[datetime]


class LessonProgress(Base):
    """How far a student is in a lesson, and the case that the student reads. The case stands in no report."""

    __tablename__ = "lesson_progress"
    __table_args__ = (
        within_school("users", "student_id"),
        UniqueConstraint("student_id", "lesson_key"),
        CheckConstraint("screen BETWEEN 1 AND 8", name="screen"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    student_id: Mapped[Ref]
    lesson_key: Mapped[str] = mapped_column(String(200))
    case: Mapped[str] = mapped_column(String(1))
    screen: Mapped[int]
    screens_done: Mapped[int]
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class StuckMark(Base):
    """*I am stuck here*: one tap, no text needed."""

    __tablename__ = "stuck_marks"
    __table_args__ = (
        within_school("users", "student_id"),
        Index(None, "school_id", "student_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    student_id: Mapped[Ref]
    lesson_key: Mapped[str] = mapped_column(String(200))
    screen: Mapped[int]
    pressed_at: Mapped[datetime]
    cleared_at: Mapped[datetime | None]
    cleared_by: Mapped[OptionalRef]
