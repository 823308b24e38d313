"""``quizapp content``: look after lessons and questions."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from quizapp.cli import content_report
from quizapp.cli.findings import as_json, as_lines, checklist_lines
from quizapp.cli.sync import sync
from quizapp.content.catalogue import load_catalogue
from quizapp.content.figures import figures_of, shelf_of
from quizapp.content.preview import preview as preview_page
from quizapp.content.roots import content_roots, shipped
from quizapp.content.skeletons import lesson_skeleton, question_skeleton
from quizapp.question_types.registry import question_types

pack_option: Callable[[Any], Any] = click.option(
    "--pack",
    "packs",
    multiple=True,
    envvar="QUIZAPP_PACKS",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A further folder with lessons/ and questions/; may be given several times.",
)
folder_option: Callable[[Any], Any] = click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="The pack to write to; by default the one that came with the program.",
)


@click.group()
def content() -> None:
    """Check, publish, start and preview lessons and questions."""


@content.command()
@pack_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--checklist", "only_checklist", is_flag=True, help="Print what only a reader can judge, to tick."
)
def check(packs: tuple[Path, ...], style: str, *, only_checklist: bool) -> None:
    """Name file, line and remedy of every slip; exit 1 while there is an error."""
    catalogue = load_catalogue(content_roots(packs))
    if style == "json":
        click.echo(as_json(catalogue))
    else:
        lines = checklist_lines(catalogue) if only_checklist else as_lines(catalogue)
        click.echo("\n".join(lines))
    if not catalogue.is_publishable:
        sys.exit(1)


@content.command()
@pack_option
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
def report(packs: tuple[Path, ...], style: str) -> None:
    """Count what the files hold: by skill, type, misconception, claim and paragraph, and how it reads."""
    figures = figures_of(shelf_of(load_catalogue(content_roots(packs)).library))
    click.echo(
        content_report.as_json(figures) if style == "json" else "\n".join(content_report.as_lines(figures))
    )


@content.command()
@pack_option
@click.argument("key")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where to write the page.")
def preview(packs: tuple[Path, ...], key: str, output: Path | None) -> None:
    """Write a question or lesson as one page, drafts too, and print where it lies."""
    catalogue = load_catalogue(content_roots(packs))
    try:
        page = preview_page(catalogue, key)
    except KeyError:
        raise click.ClickException(
            f"no question or lesson {key!r} can be read: `quizapp content check` says why"
        ) from None
    if output is None:
        with tempfile.NamedTemporaryFile(
            "w", prefix="preview-", suffix=".html", delete=False, encoding="utf-8"
        ) as file:
            file.write(page)
        output = Path(file.name)
    else:
        output.write_text(page, encoding="utf-8")
    click.echo(str(output))


@content.group()
def new() -> None:
    """Start a question or a lesson from a file that has everything in its place."""


@new.command()
@click.argument("key")
@click.option(
    "--type",
    "type_name",
    type=click.Choice(list(question_types())),
    default="single_choice",
    show_default=True,
)
@click.option("--skill", default="S1", show_default=True, help="An id of questions/skills.yaml.")
@folder_option
def question(key: str, type_name: str, skill: str, into: Path | None) -> None:
    """Write a draft question into a bank of its own."""
    folder = (into / "questions" if into else shipped("questions")) / "banks"
    _write([(folder / f"{_checked(key)}.yaml", question_skeleton(key, skill, type_name))])


@new.command()
@click.argument("key")
@click.option("--number", type=click.IntRange(1, 99), required=True, help="Its place in the course.")
@click.option("--title", required=True)
@click.option("--skill", default="S1", show_default=True, help="An id of questions/skills.yaml.")
@folder_option
def lesson(key: str, number: int, title: str, skill: str, into: Path | None) -> None:
    """Write the eight screens and the teacher's page of a lesson."""
    folder = (into / "lessons" if into else shipped("lessons")) / f"{number:02d}-{_checked(key)}"
    files = lesson_skeleton(key, number, title, skill)
    _write([(folder / name, text) for name, text in files.items()])


def _checked(key: str) -> str:
    """Return the key when files and addresses can carry it."""
    if not all(part.isascii() and part.isalnum() and part == part.lower() for part in key.split("-")):
        raise click.UsageError(f"{key!r} is no key: use lower-case letters, digits and single hyphens")
    return key


def _write(files: Sequence[tuple[Path, str]]) -> None:
    for path, _ in files:
        if path.exists():
            raise click.ClickException(f"{path} exists: choose another key, or edit that file")
    for path, text in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"wrote {path}")
    click.echo("Replace the examples, then run `quizapp content check`.")


content.add_command(sync)
