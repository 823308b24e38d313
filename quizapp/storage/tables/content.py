"""What is taught and asked: items, and immutable versions of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quizapp.storage.tables.base import ID, Base, Id, Name, Short


class ContentItem(Base):
    """A thing that content knows by a key ``pack:key`` for ever. Removed from the files: retired, never deleted.

    ``school_id`` is null for installed content, and set for what a school's teachers wrote.
    """

    __tablename__ = "content_items"
    __table_args__ = (
        UniqueConstraint("kind", "key", "language"),
        CheckConstraint("length(key) BETWEEN 3 AND 200", name="key_length"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    school_id: Mapped[int | None] = mapped_column(ID, ForeignKey("schools.id"))
    kind: Mapped[Short]
    key: Mapped[Name]
    language: Mapped[Short]
    current_version_id: Mapped[int | None] = mapped_column(ID)
    retired_at: Mapped[datetime | None]


class ContentVersion(Base):
    """One state of an item: canonical JSON with its texts rendered, known by its hash. Never changes."""

    __tablename__ = "content_versions"
    __table_args__ = (
        UniqueConstraint("item_id", "hash"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ID, ForeignKey("content_items.id"))
    hash: Mapped[str] = mapped_column(String(64))
    type: Mapped[Short]
    skill: Mapped[Short]
    use: Mapped[Short]
    schema_version: Mapped[int]
    body: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Asset(Base):
    """A file of content by the hash of its bytes; in the database so that one backup is everything."""

    __tablename__ = "assets"
    __table_args__ = (CheckConstraint("length(bytes) <= 1048576", name="size"),)

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[Short]
    bytes: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]


Index("ix_content_versions_type_use_skill", ContentVersion.type, ContentVersion.use, ContentVersion.skill)
