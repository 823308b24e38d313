"""``quizapp content sync``: store what the packs say."""

from __future__ import annotations

import click

from quizapp.cli.environment import ready_runtime, settings_from_environment
from quizapp.content.catalogue import Catalogue, load_catalogue
from quizapp.content.roots import content_roots
from quizapp.core.permissions import OPERATOR
from quizapp.services.content import SyncReport, sync_content
from quizapp.services.environment import Settings
from quizapp.services.runtime import Runtime


def publishable(settings: Settings) -> Catalogue:
    """Return the content of all packs.

    Raises:
        click.ClickException: something in it must be mended first.
    """
    catalogue = load_catalogue(content_roots(settings.packs))
    if not catalogue.is_publishable:
        raise click.ClickException(
            "the content has errors: `quizapp content check` lists them; nothing was stored"
        )
    return catalogue


def synchronise(runtime: Runtime, settings: Settings) -> SyncReport:
    """Store what the packs say and return what changed."""
    catalogue = publishable(settings)
    return sync_content(runtime, OPERATOR, items=catalogue.items, assets=catalogue.assets)


@click.command("sync")
def sync() -> None:
    """Store what the packs say; what is missing from them is retired, never deleted."""
    settings = settings_from_environment()
    report = synchronise(ready_runtime(settings), settings)
    click.echo(
        f"{report.created} new, {report.changed} changed, {report.unchanged} unchanged, {report.retired} retired"
    )
