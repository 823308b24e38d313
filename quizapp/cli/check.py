"""``quizapp check``: is everything in place to serve?"""

from __future__ import annotations

import click

from quizapp.cli.environment import ready_runtime, settings_from_environment
from quizapp.cli.sync import publishable
from quizapp.services.health import is_ready


@click.command()
def check() -> None:
    """Check the settings, the database and the content, and say what is wrong with the first that fails."""
    settings = settings_from_environment()
    click.echo(f"settings: {settings.mode.value}, fine")
    runtime = ready_runtime(settings)
    if not is_ready(runtime):
        raise click.ClickException("the database does not answer")
    click.echo("database: fine")
    catalogue = publishable(settings)
    click.echo(f"content: {len(catalogue.items)} items, fine")
