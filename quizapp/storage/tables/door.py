"""The door of a class, who stands at it, and the cards that open it without typing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.tables.base import Base, Id, OptionalRef, Ref, within_school


class ClassDoor(Base):
    """The door of one class: its code, and until when it stands open. The code stays until it is changed."""

    __tablename__ = "class_doors"
    __table_args__ = (
        within_school("classrooms", "classroom_id"),
        UniqueConstraint("school_id", "id"),
        UniqueConstraint("classroom_id"),
        UniqueConstraint("code"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    classroom_id: Mapped[Ref]
    code: Mapped[str] = mapped_column(String(20))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]


class DoorClaim(Base):
    """One browser that says who it is: a name of the roster, or a typed one that waits to be let in.

    A typed name is kept only while it waits. ``chose_pin`` is kept so that an undone claim takes the PIN with it that the wrong person chose.
    """

    __tablename__ = "door_claims"
    __table_args__ = (
        within_school("class_doors", "door_id"),
        within_school("users", "student_id"),
        Index(None, "school_id", "door_id"),
        Index(
            "uq_door_claims_one_a_name",
            "door_id",
            "student_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL AND student_id IS NOT NULL"),
            postgresql_where=text("ended_at IS NULL AND student_id IS NOT NULL"),
        ),
        CheckConstraint(
            "student_id IS NOT NULL OR typed_name IS NOT NULL OR ended_at IS NOT NULL", name="somebody"
        ),
        CheckConstraint(
            "typed_name IS NULL OR (student_id IS NULL AND ended_at IS NULL)", name="typed_while_waiting"
        ),
        CheckConstraint("came_in_at IS NULL OR student_id IS NOT NULL", name="known_when_in"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    door_id: Mapped[Ref]
    student_id: Mapped[OptionalRef]
    typed_name: Mapped[str | None] = mapped_column(String(200))
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    claimed_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    came_in_at: Mapped[datetime | None]
    session_id: Mapped[OptionalRef]
    chose_pin: Mapped[bool]
    ended_at: Mapped[datetime | None]


class LoginCard(Base):
    """The one card of a student. Its code is stored as a hash; a new card takes the place of the old one."""

    __tablename__ = "login_cards"
    __table_args__ = (
        within_school("users", "student_id"),
        UniqueConstraint("school_id", "student_id"),
        UniqueConstraint("code_hash"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    student_id: Mapped[Ref]
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    issued_at: Mapped[datetime]
    issued_by: Mapped[OptionalRef]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
