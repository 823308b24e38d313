"""``quizapp demo``: a school to look at, made in a moment and kept in a folder."""

from __future__ import annotations

import json
import os
import secrets
import socket
import stat
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click

from quizapp.cli.browser import opened_beside, somebody_looks
from quizapp.cli.demo_school.planted import PACK
from quizapp.cli.serve import run_server, worker
from quizapp.content.roots import content_digest, content_roots
from quizapp.core.demo import SCHOOL, SIGN_INS
from quizapp.core.permissions import OPERATOR
from quizapp.services.environment import Mode, Settings, make_runtime
from quizapp.storage.engine import make_engine
from quizapp.storage.schema import is_current, upgrade
from quizapp.storage.unit_of_work import DatabaseError, EngineDatabase

FIRST_PORT = 8000
PORTS_TRIED = 20

SCHOOL_FILE = "school.db"
HALF_MADE = "school-in-the-making.db"


@click.command()
@click.option("--folder", default="var/demo", show_default=True, type=click.Path(path_type=Path))
@click.option(
    "--port", default=0, type=click.IntRange(0, 65535), help="A free one from 8000 on when left out."
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
def demo(folder: Path, port: int, no_browser: bool) -> None:
    """Serve Harbour Lane School (demo), which is made first where it is not there yet."""
    settings = demo_settings(folder)
    prepare(folder, settings)
    port = port or free_port()
    os.environ.update(as_environment(settings))
    is_shown = not no_browser and somebody_looks(os.environ, is_terminal=sys.stdout.isatty())
    with worker(), opened_beside(port) if is_shown else nullcontext():
        run_server("127.0.0.1", port, 1, on_start=lambda: click.echo(greeting(port)))


def demo_settings(folder: Path) -> Settings:
    """Return the settings of the demo in that folder; its secrets are made once and kept there."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / "secrets.json"
    if not kept.exists():
        kept.touch(mode=stat.S_IRUSR | stat.S_IWUSR)
        kept.write_text(
            json.dumps({"secret_key": secrets.token_urlsafe(48), "pepper": secrets.token_urlsafe(48)})
        )
    return Settings(
        mode=Mode.DEMO,
        database_url=f"sqlite:///{(folder / SCHOOL_FILE).resolve()}",
        trusted_hosts=("127.0.0.1", "localhost"),
        is_tls=False,
        **json.loads(kept.read_text()),
    )


def prepare(folder: Path, settings: Settings) -> None:
    """Make the school where there is none of this release, and bring changed content into one that is there."""
    school, kept = folder / SCHOOL_FILE, folder / "content"
    content = content_digest(content_roots((PACK,)))
    is_made = school.exists() and _is_of_this_release(settings)
    if is_made and kept.exists() and kept.read_text() == content:
        return
    # Imported here: a second start has nothing to make, and answers in a moment.
    from quizapp.cli.sync import synchronise  # noqa: PLC0415 - see above

    with_pack = settings.model_copy(update={"packs": (PACK,)})
    if is_made:
        synchronise(make_runtime(settings), with_pack)
    else:
        _make(folder, with_pack)
    kept.write_text(content)


def _is_of_this_release(settings: Settings) -> bool:
    engine = make_engine(settings.database_url)
    try:
        return is_current(engine)
    except DatabaseError:
        # A file that is no database is in the way, whatever put it there.
        return False
    finally:
        engine.dispose()


def _make(folder: Path, settings: Settings) -> None:
    """Make the school in a file beside its place and move it there whole: half a school is never served."""
    # Imported here: only a first start needs them.
    from quizapp.cli.demo_school.fill import fill_demo_school  # noqa: PLC0415 - see above
    from quizapp.cli.sync import publishable  # noqa: PLC0415 - see above
    from quizapp.services.content import sync_content  # noqa: PLC0415 - see above

    catalogue = publishable(settings)

    click.echo(f"Making {SCHOOL}: 82 students and what they did. This takes up to a minute …")
    for name in (HALF_MADE, SCHOOL_FILE):
        for suffix in ("", "-wal", "-shm", "-journal"):
            (folder / f"{name}{suffix}").unlink(missing_ok=True)
    engine = make_engine(f"sqlite:///{(folder / HALF_MADE).resolve()}", waits_for_disk=False)
    upgrade(engine)
    runtime = replace(make_runtime(settings), database=EngineDatabase(engine))
    sync_content(runtime, OPERATOR, items=catalogue.items, assets=catalogue.assets)
    fill_demo_school(runtime, catalogue)
    # The last connection that closes brings the write-ahead log into the file.
    engine.dispose()
    (folder / HALF_MADE).replace(folder / SCHOOL_FILE)


def as_environment(settings: Settings) -> dict[str, str]:
    """Return the settings as the server's processes read them."""
    return {
        "QUIZAPP_MODE": settings.mode.value,
        "QUIZAPP_DATABASE_URL": settings.database_url,
        "QUIZAPP_SECRET_KEY": settings.secret_key,
        "QUIZAPP_PEPPER": settings.pepper,
        "QUIZAPP_TRUSTED_HOSTS": ",".join(settings.trusted_hosts),
        "QUIZAPP_IS_TLS": "false",
    }


def free_port() -> int:
    """Return the first port from 8000 on that nobody uses.

    Raises:
        click.ClickException: twenty in a row are taken.
    """
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise click.ClickException("no port from 8000 to 8019 is free: choose one with --port")


def greeting(port: int) -> str:
    """Return where the school is and how to sign in."""
    lines = [f"{SCHOOL} is open at http://127.0.0.1:{port}", ""]
    width = max(len(one.user_name) for one in SIGN_INS)
    lines += [f"  {one.door.value:<9} {one.user_name:<{width}}  {one.secret}" for one in SIGN_INS]
    return "\n".join([*lines, "", "Stop it with Ctrl+C."])
