"""``quizapp doctor``: what this database stands on, and whether its promises hold."""

from __future__ import annotations

import click

from quizapp.cli.environment import ready_runtime, settings_from_environment
from quizapp.core.permissions import OPERATOR
from quizapp.services.invariants import broken_invariants
from quizapp.storage.engine import WAL_IS_SAFE_FROM, sqlite_driver


@click.command()
def doctor() -> None:
    """Check every promise on the live database; exit status 1 when one is broken."""
    settings = settings_from_environment()
    runtime = ready_runtime(settings)
    if settings.database_url.startswith("sqlite"):
        driver = sqlite_driver()
        version = ".".join(map(str, driver.version))
        click.echo(f"SQLite {version} ({driver.module.__name__}), journal mode {driver.journal_mode}")
        if driver.version < WAL_IS_SAFE_FROM:
            click.echo("  older than 3.51.3, so without the write-ahead log: slower, and safe")
    findings = broken_invariants(runtime, OPERATOR)
    for finding in findings:
        mark = "✓" if not finding.broken else "✗"
        click.echo(f"{mark} {finding.promise}" + (f": {finding.broken} broken" if finding.broken else ""))
    if any(finding.broken for finding in findings):
        raise click.ClickException(
            "a promise is broken: keep the database as it is, make a copy, and report it"
        )
