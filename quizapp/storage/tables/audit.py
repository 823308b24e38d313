"""Who did what, who looked, and what is still to be done in the background."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.tables.base import ID, JSON, Base, Id, Name, OptionalRef, Short


class AuditEntry(Base):
    """One deed, written in its own transaction. Ids only, never names. Append-only."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "school_id", "at"),
        Index(None, "school_id", "subject_kind", "subject_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[int | None] = mapped_column(ID, ForeignKey("schools.id"))
    at: Mapped[datetime]
    actor_id: Mapped[OptionalRef]
    actor_role: Mapped[Short]
    action: Mapped[str] = mapped_column(String(80))
    subject_kind: Mapped[Short]
    subject_id: Mapped[OptionalRef]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reason: Mapped[str | None] = mapped_column(Text)
    request_id: Mapped[str | None] = mapped_column(String(40))


class StaffView(Base):
    """A member of staff looked at one student. One of the two things that a GET may write. Append-only."""

    __tablename__ = "staff_views"
    __table_args__ = (
        Index(None, "school_id", "student_id", "at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ID, ForeignKey("schools.id"))
    at: Mapped[datetime]
    viewer_id: Mapped[int] = mapped_column(ID)
    student_id: Mapped[int] = mapped_column(ID)
    page: Mapped[Name]


class Erasure(Base):
    """The one named path through the append-only triggers: open only inside the transaction that erases."""

    __tablename__ = "erasures"

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ID)


class Job(Base):
    """Work for the worker process, enqueued in the transaction of the deed that wants it."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        Index(
            "ix_jobs_waiting",
            "run_at",
            sqlite_where=text("state IN ('waiting', 'running')"),
            postgresql_where=text("state IN ('waiting', 'running')"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[int | None] = mapped_column(ID, ForeignKey("schools.id"))
    kind: Mapped[Short]
    arguments: Mapped[dict[str, Any]]
    state: Mapped[Short]
    progress: Mapped[int]
    tries: Mapped[int]
    lease_until: Mapped[datetime | None]
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    requested_by: Mapped[OptionalRef]
    created_at: Mapped[datetime]
    run_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
