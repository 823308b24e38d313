"""``quizapp db``: the schema."""

from __future__ import annotations

import click

from quizapp.cli.environment import settings_from_environment
from quizapp.core.permissions import OPERATOR
from quizapp.services.invariants import open_tries
from quizapp.services.passwords import Passwords
from quizapp.services.runtime import Runtime
from quizapp.storage.clock import clock_of
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import current_revision, head_revision, upgrade
from quizapp.storage.unit_of_work import EngineDatabase


@click.group()
def db() -> None:
    """Bring the database to this release's schema."""


@db.command("upgrade")
@click.option("--even-now", is_flag=True, help="Although students are in the middle of a try.")
def db_upgrade(even_now: bool) -> None:
    """Apply what is missing, in one transaction. Stop the servers first, and make a backup."""
    settings = settings_from_environment()
    engine = make_engine(settings.database_url)
    before = current_revision(engine)
    try:
        if before is not None and before != head_revision() and not even_now:
            _refuse_in_mid_exam(Runtime(EngineDatabase(engine), clock_of(engine), Passwords(settings.pepper)))
        upgrade(engine)
    finally:
        engine.dispose()
    click.echo(f"schema {before or 'empty'} → {head_revision()}")


def _refuse_in_mid_exam(runtime: Runtime) -> None:
    count = open_tries(runtime, OPERATOR).count
    if count:
        are_open = "1 try is open" if count == 1 else f"{count} tries are open"
        raise click.ClickException(
            f"{are_open}, so students may be answering at this moment: upgrade after they have handed in, or add "
            "--even-now (what is saved stays saved; their pages wait until the server is back)"
        )


@db.command("status")
def db_status() -> None:
    """Say which schema the database has, and which this release needs."""
    engine = make_engine(settings_from_environment().database_url)
    click.echo(f"database {current_revision(engine) or 'empty'}, this release {head_revision()}")
