"""What a class, or one student, was given to do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from quizapp.storage.tables.base import ID, Base, Id, Name, OptionalRef, Prose, Ref, Short, within_school
from quizapp.storage.tables.classrooms import Classroom


class Assignment(Base):
    """A lesson, quiz or checkpoint with dates and rules, for a class or (self-study) for one student.

    ``put_away_at`` is no column: it is when its class was archived, read in the same statement as the row, because
    whoever asks when work ends must not be able to forget it.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("school_id", "id"),
        within_school("classrooms", "classroom_id"),
        within_school("users", "student_id"),
        Index(None, "school_id", "classroom_id"),
        Index(None, "school_id", "student_id"),
        CheckConstraint("kind IN ('lesson', 'quiz', 'checkpoint')", name="kind"),
        CheckConstraint("preset IN ('practice', 'homework', 'test')", name="preset"),
        CheckConstraint("(classroom_id IS NULL) <> (student_id IS NULL)", name="class_or_student"),
        CheckConstraint(
            "closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="opens_before_closes"
        ),
        CheckConstraint(
            "closes_at IS NULL OR due_at IS NULL OR closes_at >= due_at", name="due_before_closes"
        ),
        CheckConstraint("attempts_allowed BETWEEN 1 AND 20", name="attempts_allowed"),
        CheckConstraint("counts IN ('highest', 'latest', 'first')", name="counts"),
        CheckConstraint("limit_seconds IS NULL OR limit_seconds BETWEEN 60 AND 86400", name="limit"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ID, ForeignKey("schools.id"))
    classroom_id: Mapped[int | None] = mapped_column(ID)
    student_id: Mapped[OptionalRef]
    kind: Mapped[Short]
    content_key: Mapped[Name]
    title: Mapped[Name]
    preset: Mapped[Short]
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    limit_seconds: Mapped[int | None]
    attempts_allowed: Mapped[int]
    counts: Mapped[Short]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    results_shown_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by: Mapped[OptionalRef]
    archived_at: Mapped[datetime | None]
    put_away_at: Mapped[datetime | None] = column_property(
        select(Classroom.archived_at)
        .where(Classroom.id == classroom_id)
        .correlate_except(Classroom)
        .scalar_subquery()
    )


class OwnDates(Base):
    """Dates of one student's own for an assignment; each replaces the class's where it is set."""

    __tablename__ = "own_dates"
    __table_args__ = (
        within_school("assignments", "assignment_id"),
        within_school("users", "student_id"),
    )

    school_id: Mapped[Ref]
    assignment_id: Mapped[int] = mapped_column(ID, primary_key=True)
    student_id: Mapped[int] = mapped_column(ID, primary_key=True)
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    extra_attempts: Mapped[int]
    reason: Mapped[Prose]
    set_by: Mapped[Ref]
    set_at: Mapped[datetime]
