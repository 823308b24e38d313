"""``quizapp db``: the schema."""

from __future__ import annotations

import click

from quizapp.cli.environment import settings_from_environment
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import current_revision, head_revision, upgrade


@click.group()
def db() -> None:
    """Bring the database to this release's schema."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Apply what is missing, in one transaction. Stop the servers first, and make a backup."""
    engine = make_engine(settings_from_environment().database_url)
    before = current_revision(engine)
    upgrade(engine)
    click.echo(f"schema {before or 'empty'} → {head_revision()}")


@db.command("status")
def db_status() -> None:
    """Say which schema the database has, and which this release needs."""
    engine = make_engine(settings_from_environment().database_url)
    click.echo(f"database {current_revision(engine) or 'empty'}, this release {head_revision()}")
