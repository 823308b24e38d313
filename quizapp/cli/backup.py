"""``quizapp backup`` and ``quizapp restore``: the whole school in one file, and back."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from quizapp.cli.environment import settings_from_environment
from quizapp.core.backups import UnusableBackup
from quizapp.services.backups import check_backup, is_sealed_backup, make_backup, restore_backup
from quizapp.storage.clock import system_clock
from quizapp.storage.engine import make_engine

VARIABLE = "QUIZAPP_BACKUP_PASSPHRASE"

# A passphrase on the command line would stand in the list of processes and in the shell's history.
passphrase_file: Callable[[Any], Any] = click.option(
    "--passphrase-file",
    "kept_in",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"A file whose first line is the passphrase. By default {VARIABLE} is used.",
)
backup_file = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=backup_file)
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@click.option("--ask", is_flag=True, help="Ask for the passphrase that seals the backup.")
@passphrase_file
def backup(file: Path, force: bool, ask: bool, kept_in: Path | None) -> None:
    """Write the whole database into FILE, as it is at this instant. The server may go on."""
    settings = settings_from_environment()
    passphrase = _given(kept_in)
    if ask:
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    with _progress() as show:
        manifest = make_backup(
            make_engine(settings.database_url),
            file,
            passphrase=passphrase,
            made_at=system_clock(),
            replaces=force,
            on_progress=show,
        )
    click.echo(
        f"{file}: {manifest.rows:,} rows in {len(manifest.tables)} tables, schema {manifest.revision}, "
        f"{file.stat().st_size / 1e6:,.1f} MB; read back, and whole."
    )
    if not passphrase:
        click.echo("It is not sealed: whoever has it can read every name and every answer in it.")


@click.command()
@click.argument("file", type=backup_file)
@click.option("--check", "only_checks", is_flag=True, help="Read FILE to its end and restore nothing.")
@passphrase_file
def restore(file: Path, only_checks: bool, kept_in: Path | None) -> None:
    """Put the backup in FILE into the empty database of QUIZAPP_DATABASE_URL, SQLite or PostgreSQL."""
    passphrase = _given(kept_in)
    with _progress() as show:
        if is_sealed_backup(file) and not passphrase and sys.stdin.isatty():
            passphrase = click.prompt("Passphrase", hide_input=True, err=True)
        if only_checks:
            manifest = check_backup(file, passphrase=passphrase, on_progress=show)
            click.echo(f"{file}: {manifest.rows:,} rows, made {manifest.made_at:%Y-%m-%d %H:%M} UTC; whole.")
            return
        engine = make_engine(settings_from_environment().database_url)
        restored = restore_backup(engine, file, passphrase=passphrase, on_progress=show)
    click.echo(f"{restored.manifest.rows:,} rows are restored; each table was read back and compared.")
    for finding in restored.broken:
        click.echo(f"✗ {finding.promise}: {finding.broken} broken", err=True)
    if restored.broken:
        raise click.ClickException("the school that was backed up broke these promises already: report it")
    click.echo("Start the server with the QUIZAPP_PEPPER of before: no PIN can be checked without it.")


def _given(kept_in: Path | None) -> str:
    if kept_in is None:
        return os.environ.get(VARIABLE, "")
    first_line, *_ = kept_in.read_text(encoding="utf-8").splitlines() or [""]
    if not first_line:
        raise click.ClickException(f"{kept_in} has no passphrase in its first line")
    return first_line


@contextmanager
def _progress() -> Iterator[Callable[[str, int], None]]:
    """Show how far it has got where somebody looks, and say in a line why it stopped."""
    is_shown = sys.stderr.isatty()

    def show(table: str, rows: int) -> None:
        if is_shown:
            click.echo(f"\r\x1b[K{table}: {rows:,}", nl=False, err=True)

    try:
        yield show
    except UnusableBackup as problem:
        raise click.ClickException(str(problem)) from problem
    finally:
        if is_shown:
            click.echo("\r\x1b[K", nl=False, err=True)
