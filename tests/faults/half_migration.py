"""A migration of a release to come, run as a process of its own: it copies tables, and may wait in the middle.

Called with the database's URL and a folder with migrations. ``FAULTS_HALF`` names a file to make when half is done; with
``FAULTS_WAITS`` it waits there to be killed.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from quizapp.storage import schema
from quizapp.storage.engine import make_engine

REVISION = "9999"
COLUMN = "added_by_the_test"
TEXT = f"""
import os, time
from pathlib import Path
import sqlalchemy as sa
from alembic import op

revision = "{REVISION}"
down_revision = "{{before}}"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("attempts", recreate="auto") as batch:
        batch.add_column(sa.Column("{COLUMN}", sa.Integer()))
        batch.alter_column("language", new_column_name="spoken")
    Path(os.environ["FAULTS_HALF"]).touch()
    if os.environ.get("FAULTS_WAITS"):
        time.sleep(120)
    with op.batch_alter_table("responses", recreate="auto") as batch:
        batch.add_column(sa.Column("{COLUMN}", sa.Integer()))
"""


def write_migrations(folder: Path) -> None:
    """Copy the migrations of this release, and add one."""
    before = schema.head_revision()
    shutil.copytree(schema.MIGRATIONS, folder)
    (folder / "versions" / f"{REVISION}_of_the_test.py").write_text(TEXT.format(before=before))


def main() -> None:
    """Upgrade as ``quizapp db upgrade`` does."""
    url, folder = sys.argv[1:]
    schema.MIGRATIONS = Path(folder)
    schema.upgrade(make_engine(url))


if __name__ == "__main__":
    main()
