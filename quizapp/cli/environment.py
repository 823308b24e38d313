"""What every command starts from: the settings, and a runtime whose database is at this release's schema."""

from __future__ import annotations

import os

import click

from quizapp.services.environment import Settings, make_runtime, read_settings
from quizapp.services.runtime import Runtime
from quizapp.storage.engine import make_engine, missing_file
from quizapp.storage.schema import current_revision, head_revision


def settings_from_environment() -> Settings:
    """Return the settings.

    Raises:
        UnsafeSetting: one is missing, unknown or unsafe.
    """
    return read_settings(dict(os.environ))


def ready_runtime(settings: Settings) -> Runtime:
    """Return a runtime on a database that can be worked with.

    Raises:
        click.ClickException: the database is missing, empty or at another release's schema.
    """
    missing = missing_file(settings.database_url)
    if missing is not None:
        raise click.ClickException(
            f"there is no database at {missing}: check QUIZAPP_DATABASE_URL, or run `quizapp db upgrade` to make one"
        )
    engine = make_engine(settings.database_url)
    found = current_revision(engine)
    engine.dispose()
    if found is None:
        raise click.ClickException("the database is empty: run `quizapp db upgrade` first")
    if found != head_revision():
        raise click.ClickException(
            f"the database has schema {found}, this release needs {head_revision()}: run `quizapp db upgrade`"
        )
    return make_runtime(settings)
