"""Put the pinned packages into .venv: `python3 tools/install.py runtime` or `… development`.

Needs nothing but Python 3.11 with its venv module. Every file that is installed is pinned
by its hash. The installer is uv (seconds); where uv cannot do it, pip does (a minute).
"""

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": "requirements.lock", "development": "requirements-dev.lock"}

# What uv calls the settings that a machine's pip was given; uv reads no pip.conf.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
}


def main(arguments: list[str]) -> None:
    """Install for one purpose, creating the environment when there is none."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        sys.exit("usage: python3 tools/install.py {}".format("|".join(LOCKS)))
    if not (VENV / "bin" / "pip").exists():  # there is none, or creating it was interrupted
        create_environment()
    pip_install("requirements-build.lock")
    install(LOCKS[arguments[0]])


def create_environment() -> None:
    """Create .venv, or say what this machine lacks and end with 2."""
    version = "{}.{}".format(*sys.version_info)
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older one
        stop(
            f"Python 3.11 or newer is needed; this is {version}. "
            "Name a newer one with: make PYTHON=python3.12 …"
        )
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian ships Python without it
        import venv  # noqa: PLC0415 - the same
    except ImportError:
        stop(
            f"Python's venv module is missing. Install it, for example with: apt install python{version}-venv"
        )
    print("Creating .venv", flush=True)
    venv.create(VENV, clear=True, with_pip=True)


def install(lock: str) -> None:
    """Install a lock file and the program itself, with uv or else with pip."""
    print(f"Installing {lock}", flush=True)
    uv = [str(PYTHON), "-m", "uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    program = ["--no-deps", "--no-build-isolation", "--editable", "."]
    environment = {**uv_settings(), **os.environ}
    if run([*uv, "--require-hashes", "--requirement", lock], environment) != 0:
        print("uv could not install the packages; trying pip, which takes longer", flush=True)
        pip_install(lock)
    if run([*uv, *program], environment) != 0:
        pip(*program)


def uv_settings() -> dict[str, str]:
    """Return what this machine's pip was told, in uv's words.

    A later place wins, as in pip: its files, then its section for `install`, then the environment.
    """
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], capture_output=True, text=True, check=True
    )
    told: dict[str, str] = {}
    for place in ("global.", "install.", ":env:."):
        for line in listed.stdout.splitlines():
            key, _, value = line.partition("=")
            if key.startswith(place):
                told[key.removeprefix(place)] = str(ast.literal_eval(value))
    settings = {PIP_TO_UV[key]: value for key, value in told.items() if key in PIP_TO_UV}
    # uv parts places to look for files by commas, pip by spaces.
    if "UV_FIND_LINKS" in settings:
        settings["UV_FIND_LINKS"] = ",".join(settings["UV_FIND_LINKS"].split())
    # pip looks in all indexes at once. Safe here: a file whose hash is not in the lock is refused.
    settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return settings


def pip_install(lock: str) -> None:
    """Install a lock file with pip."""
    pip("--require-hashes", "--requirement", lock)


def pip(*arguments: str) -> None:
    """Run `pip install`, or end with what it ended with."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    status = run(command, dict(os.environ))
    if status != 0:
        stop(f"pip could not install {arguments[-1]}: see above", status)


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command in the project's folder and return its exit status."""
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def stop(sentence: str, status: int = 2) -> NoReturn:
    """End with a sentence for the person at the keyboard."""
    print(sentence, file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main(sys.argv[1:])
