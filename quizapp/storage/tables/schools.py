"""Schools, their people, and how people get in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.tables.base import (
    ID,
    JSON,
    Base,
    Id,
    Name,
    OptionalRef,
    Prose,
    Ref,
    Short,
    within_school,
)


class School(Base):
    """One school. Everything that belongs to it carries its id."""

    __tablename__ = "schools"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[Id]
    name: Mapped[Name]
    time_zone: Mapped[Name]
    language: Mapped[Short]
    is_demo: Mapped[bool]
    created_at: Mapped[datetime]


class FirstRun(Base):
    """The installation was set up by its one-time link. One row at most, so that the link works once."""

    __tablename__ = "first_runs"
    __table_args__ = (CheckConstraint("id = 1", name="once"),)

    id: Mapped[int] = mapped_column(ID, primary_key=True, autoincrement=False)
    school_id: Mapped[int] = mapped_column(ID, ForeignKey("schools.id"))
    at: Mapped[datetime]


class Setting(Base):
    """A value that a school changed; what is not here has the default of ``core.settings``."""

    __tablename__ = "settings"

    school_id: Mapped[int] = mapped_column(ID, ForeignKey("schools.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    changed_by: Mapped[OptionalRef]


class User(Base):
    """A student, a teacher or an administrator of one school.

    ``user_name_key`` is the normal form on which names are unique; ``display_key`` sorts and searches.
    """

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("school_id", "id"),
        UniqueConstraint("school_id", "user_name_key"),
        Index(None, "school_id", "role", "display_key"),
        CheckConstraint("role IN ('student', 'teacher', 'admin')", name="role"),
        CheckConstraint("erased_at IS NULL OR password_hash IS NULL", name="erased_has_no_password"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[int] = mapped_column(ID, ForeignKey("schools.id"))
    role: Mapped[Short]
    display_name: Mapped[Name]
    display_key: Mapped[Name]
    user_name: Mapped[Name]
    user_name_key: Mapped[Name]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    pin_hash: Mapped[str | None] = mapped_column(String(200))
    must_change_password: Mapped[bool]
    language: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class SignInSession(Base):
    """One signed-in browser. The id that the browser holds is stored as a hash only."""

    __tablename__ = "sessions"
    __table_args__ = (
        within_school("users", "user_id"),
        Index(None, "school_id", "user_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    user_id: Mapped[Ref]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    device: Mapped[Name]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInDelay(Base):
    """Wrong tries at one account or one class code. Never by address: a school shares one."""

    __tablename__ = "sign_in_delays"

    scope: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(240), primary_key=True)
    failures: Mapped[int]
    wait_until: Mapped[datetime | None]
    last_failed_at: Mapped[datetime]


class Accommodation(Base):
    """What one student is allowed, everywhere, for a time. Seen by the own teachers and the student alone."""

    __tablename__ = "accommodations"
    __table_args__ = (
        within_school("users", "student_id"),
        Index(None, "school_id", "student_id"),
        CheckConstraint("factor_percent IN (100, 125, 150, 200)", name="factor"),
        CheckConstraint("extra_attempts BETWEEN 0 AND 20", name="extra_attempts"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="dates"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[Ref]
    student_id: Mapped[Ref]
    factor_percent: Mapped[int]
    is_untimed: Mapped[bool]
    extra_attempts: Mapped[int]
    hides_clock: Mapped[bool]
    note: Mapped[Prose]
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime | None]
    set_by: Mapped[OptionalRef]
    set_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
