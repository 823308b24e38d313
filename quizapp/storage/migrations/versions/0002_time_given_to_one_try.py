"""Time that a teacher gave to one try, and the lease with which its generation began."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply.

    Written out: both engines add a column with its own check in place, and SQLite need not copy the table.
    """
    op.execute(
        "ALTER TABLE attempts ADD COLUMN extra_seconds INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_attempts_extra_seconds CHECK (extra_seconds >= 0)"
    )
    op.execute(
        "ALTER TABLE attempts ADD COLUMN first_lease INTEGER DEFAULT 0 NOT NULL "
        "CONSTRAINT ck_attempts_first_lease CHECK (first_lease >= 0)"
    )
