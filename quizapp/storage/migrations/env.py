"""Run migrations with foreign keys off and without triggers, and put both back.

Batch mode on SQLite copies tables: with foreign keys on it would follow references, and it loses triggers.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from quizapp.storage.tables import Base


def run(connection: Connection) -> None:
    """Bring the schema to the wanted revision on the connection that the caller prepared."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=False,
    )
    context.run_migrations()


run(context.config.attributes["connection"])
