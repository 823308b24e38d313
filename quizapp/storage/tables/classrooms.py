"""Classes, who teaches them and who is in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.tables.base import ID, Base, Id, Name, Ref, Short, within_school


class Classroom(Base):
    """A class of a school."""

    __tablename__ = "classrooms"
    __table_args__ = (
        UniqueConstraint("school_id", "id"),
        Index(None, "school_id", "title_key"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ID, ForeignKey("schools.id"))
    title: Mapped[Name]
    title_key: Mapped[Name]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class ClassroomTeacher(Base):
    """An owner or co-teacher of a class."""

    __tablename__ = "classroom_teachers"
    __table_args__ = (
        within_school("classrooms", "classroom_id"),
        within_school("users", "user_id"),
        Index(None, "school_id", "user_id"),
        CheckConstraint("part IN ('owner', 'co_teacher')", name="part"),
        Index(
            "uq_classroom_teachers_one_owner",
            "classroom_id",
            unique=True,
            sqlite_where=text("part = 'owner'"),
            postgresql_where=text("part = 'owner'"),
        ),
    )

    school_id: Mapped[Ref]
    classroom_id: Mapped[int] = mapped_column(ID, primary_key=True)
    user_id: Mapped[int] = mapped_column(ID, primary_key=True)
    part: Mapped[Short]
    since: Mapped[datetime]


class Enrolment(Base):
    """A student in a class, from a day to a day. Progress hangs on the student."""

    __tablename__ = "enrolments"
    __table_args__ = (
        within_school("classrooms", "classroom_id"),
        within_school("users", "student_id"),
        Index(None, "school_id", "student_id"),
        Index(None, "school_id", "classroom_id"),
        Index(
            "uq_enrolments_current",
            "classroom_id",
            "student_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    classroom_id: Mapped[Ref]
    student_id: Mapped[Ref]
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
