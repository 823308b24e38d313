"""Whether the server can do its work."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from quizapp.core.errors import Busy
from quizapp.core.permissions import NOBODY, Actor
from quizapp.services.runtime import Runtime, Work, reading
from quizapp.storage.schema import head_revision


def is_ready(runtime: Runtime) -> bool:
    """Say whether the database answers and has the schema of this release."""
    try:
        return _revision(runtime, NOBODY) == head_revision()
    except (DBAPIError, Busy):
        return False


@reading
def _revision(work: Work, actor: Actor) -> str | None:
    revision: str | None = work.session.scalar(text("SELECT version_num FROM alembic_version"))
    return revision
