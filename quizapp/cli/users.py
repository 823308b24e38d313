"""``quizapp users``: the first administrator, and a way back in."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from quizapp.cli.environment import ready_runtime, settings_from_environment
from quizapp.cli.setup_link import link_in_words, setup_link
from quizapp.core.permissions import NOBODY, OPERATOR, Role
from quizapp.services.accounts import create_person, create_school
from quizapp.services.schools import schools_to_sign_in


@click.group()
def users() -> None:
    """Make people from the command line."""


@users.command("setup-link")
@click.option("--address", default="", help="Where the server is reached, such as https://quiz.example.org.")
def print_setup_link(address: str) -> None:
    """Print the link that makes the school and its administrator; it works for a day, until there is a school."""
    settings = settings_from_environment()
    if not settings.secret_key:
        raise click.ClickException("the link is signed: set QUIZAPP_SECRET_KEY, the same as the server's")
    link = setup_link(ready_runtime(settings), settings, address)
    if link is None:
        raise click.ClickException("there is a school already: `quizapp users create-admin` lets you in")
    click.echo(link_in_words(link))


@users.command("create-admin")
@click.option("--school", prompt="Name of the school", help="Made when there is none of this name.")
@click.option("--name", prompt="Name of the administrator")
@click.option("--user-name", default="", help="The name to sign in with; the name itself when left out.")
@click.option("--time-zone", default="UTC", show_default=True, help="Of a new school, such as Europe/London.")
@click.password_option(help="Asked for when left out. At least 10 characters.")
def create_admin(school: str, name: str, user_name: str, time_zone: str, password: str) -> None:
    """Make an administrator, and the school where it does not exist yet."""
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise click.ClickException(
            f"{time_zone!r} is no time zone: write one such as Europe/London"
        ) from None
    runtime = ready_runtime(settings_from_environment())
    known = {one.name: one.id for one in schools_to_sign_in(runtime, NOBODY)}
    school_id = known.get(school) or create_school(runtime, OPERATOR, name=school, time_zone=time_zone)
    person = create_person(
        runtime,
        OPERATOR,
        school_id=school_id,
        display_name=name,
        user_name=user_name,
        role=Role.ADMIN,
        secret=password,
    )
    click.echo(f"{person.user_name} can sign in now.")
