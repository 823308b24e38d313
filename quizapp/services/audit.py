"""The record of deeds, in the deed's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizapp.core.permissions import Actor
from quizapp.services.runtime import Work
from quizapp.storage.tables import AuditEntry


def record(
    work: Work,
    actor: Actor,
    action: str,
    *,
    subject_kind: str,
    subject_id: int | None,
    school_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Note who did what to which thing. Values are JSON and hold ids, never names."""
    work.session.add(
        AuditEntry(
            school_id=school_id or actor.school_id or None,
            at=work.now,
            actor_id=actor.user_id or None,
            actor_role=actor.role.value,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            before=dict(before) if before is not None else None,
            after=dict(after) if after is not None else None,
            reason=reason,
            request_id=actor.request_id or None,
        )
    )
