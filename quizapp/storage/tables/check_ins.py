"""Teachers who talked to a student whom *Check in with* had named."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from quizapp.storage.tables.base import Base, Id, Prose, Ref, within_school


class CheckIn(Base):
    """*Talked to them*, with its note: whatever was a reason until then is none any more. Append-only."""

    __tablename__ = "check_ins"
    __table_args__ = (
        within_school("classrooms", "classroom_id"),
        within_school("users", "student_id"),
        Index(None, "school_id", "classroom_id", "student_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    classroom_id: Mapped[Ref]
    student_id: Mapped[Ref]
    note: Mapped[Prose]
    talked_at: Mapped[datetime]
    talked_by: Mapped[Ref]
