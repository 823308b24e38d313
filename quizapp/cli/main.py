"""All commands, and how they fail: one line, exit status 2 for a setting, 1 for everything else."""

from __future__ import annotations

import sys

import click

from quizapp import __version__
from quizapp.cli.check import check
from quizapp.cli.content import content
from quizapp.cli.db import db
from quizapp.cli.demo import demo
from quizapp.cli.doctor import doctor
from quizapp.cli.lan import lan_test
from quizapp.cli.serve import serve
from quizapp.cli.sync import sync
from quizapp.cli.users import users
from quizapp.cli.work import work
from quizapp.core.errors import Refusal
from quizapp.services.environment import UnsafeSetting
from quizapp.storage.unit_of_work import DatabaseError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizapp")
def commands() -> None:
    """Second Source: lessons and quizzes about weighing sources."""


for command in (serve, work, demo, db, users, content, check, doctor, lan_test):
    commands.add_command(command)
content.add_command(sync)


def main() -> None:
    """Run a command; say what is wrong in one line."""
    try:
        commands.main(standalone_mode=False)
    except UnsafeSetting as problem:
        _stop(str(problem), 2)
    except click.UsageError as problem:
        problem.show()
        sys.exit(2)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except click.Abort:
        _stop("stopped", 1)
    except Refusal as refusal:
        _stop(str(refusal.message), 1)
    except DatabaseError as error:
        first_line = str(error.orig).strip().splitlines()[0]
        _stop(f"the database can't be used ({first_line}): check QUIZAPP_DATABASE_URL", 1)


def _stop(sentence: str, status: int) -> None:
    click.echo(f"quizapp: {sentence}", err=True)
    sys.exit(status)
