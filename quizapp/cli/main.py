"""All commands, and how they fail: one line, exit status 2 for a setting, 1 for everything else."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from types import MappingProxyType

import click

from quizapp import __version__
from quizapp.core.errors import Busy, Refusal
from quizapp.services.environment import UnsafeSetting
from quizapp.storage.unit_of_work import DatabaseError


class Commands(click.Group):
    """Finds a command in its module when it is asked for: a server should not wait for what the others import."""

    places: Mapping[str, str] = MappingProxyType(
        {
            "backup": "backup.backup",
            "check": "check.check",
            "content": "content.content",
            "db": "db.db",
            "demo": "demo.demo",
            "doctor": "doctor.doctor",
            "lan-test": "lan.lan_test",
            "open-browser": "browser.open_browser",
            "restore": "backup.restore",
            "serve": "serve.serve",
            "users": "users.users",
            "work": "work.work",
        }
    )
    """Module and name of each command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name, or None where there is none of it."""
        del ctx
        module, _, name = self.places.get(cmd_name, "").partition(".")
        if not module:
            return None
        command: click.Command = getattr(importlib.import_module(f"quizapp.cli.{module}"), name)
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizapp")
def commands() -> None:
    """Second Source: lessons and quizzes about weighing sources."""


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
        _stop(f"the database can't be used ({first_line}): is it running? check QUIZAPP_DATABASE_URL", 1)
    except Busy as busy:
        _stop(f"{busy.message} Is the database running, and is there room on its disk?", 1)


def _stop(sentence: str, status: int) -> None:
    click.echo(f"quizapp: {sentence}", err=True)
    sys.exit(status)
