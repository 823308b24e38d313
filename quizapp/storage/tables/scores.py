"""What answers are worth, and what counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.tables.base import ID, JSON, Base, Id, OptionalRef, Prose, Ref, Short, within_school


class Score(Base):
    """Points of one question of an attempt; the newest of its generation counts. Append-only.

    ``levels`` holds the level of each criterion where a person marked; ``comment`` is for the student.
    """

    __tablename__ = "scores"
    __table_args__ = (
        within_school("attempts", "attempt_id"),
        Index(None, "attempt_id", "generation", "slot"),
        CheckConstraint("given_by IN ('machine', 'teacher', 'repair')", name="given_by"),
        CheckConstraint('earned >= 0 AND "of" >= 1 AND earned <= "of"', name="ratio"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    attempt_id: Mapped[Ref]
    slot: Mapped[int]
    generation: Mapped[int]
    earned: Mapped[int]
    of: Mapped[int]
    points: Mapped[int]
    given_by: Mapped[Short]
    marker_id: Mapped[OptionalRef]
    levels: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    comment: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[Prose]
    given_at: Mapped[datetime]


class Grade(Base):
    """The stored cell of the gradebook: what counts for one student at one assignment.

    Points in ten-thousandths. An override, ``override_points`` of ``override_of``, keeps what was computed.
    """

    __tablename__ = "grades"
    __table_args__ = (
        within_school("assignments", "assignment_id"),
        within_school("users", "student_id"),
        Index(None, "school_id", "student_id"),
        CheckConstraint("state IN ('in_progress', 'waiting', 'graded')", name="state"),
        CheckConstraint(
            "override_points IS NULL OR override_points BETWEEN 0 AND override_of", name="override"
        ),
        CheckConstraint("(override_points IS NULL) = (override_of IS NULL)", name="override_has_limit"),
        CheckConstraint("(override_points IS NULL) = (override_reason IS NULL)", name="override_has_reason"),
        CheckConstraint("is_excused = (excuse_reason IS NOT NULL)", name="excuse_has_reason"),
    )

    school_id: Mapped[Ref]
    assignment_id: Mapped[int] = mapped_column(ID, primary_key=True)
    student_id: Mapped[int] = mapped_column(ID, primary_key=True)
    state: Mapped[Short]
    counting_attempt_id: Mapped[OptionalRef]
    points: Mapped[int | None]
    max_points: Mapped[int | None]
    is_excused: Mapped[bool]
    excuse_reason: Mapped[str | None] = mapped_column(Text)
    excused_by: Mapped[OptionalRef]
    excused_at: Mapped[datetime | None]
    override_points: Mapped[int | None]
    override_of: Mapped[int | None]
    override_reason: Mapped[str | None] = mapped_column(Text)
    override_by: Mapped[OptionalRef]
    override_at: Mapped[datetime | None]
    computed_at: Mapped[datetime]
