"""Settings from the environment, refused when they are unsafe, and the runtime that they describe."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from quizapp.services.passwords import HashProfile, Passwords
from quizapp.services.runtime import Runtime
from quizapp.storage.clock import clock_of
from quizapp.storage.engine import make_engine
from quizapp.storage.patience import PATIENCE_SECONDS
from quizapp.storage.unit_of_work import EngineDatabase

KNOWN_SECRETS = frozenset({"secret", "changeme", "dev", "development", "password", "test", "secret-key"})
SHORTEST_SECRET = 32


class Mode(StrEnum):
    """What the server is for."""

    PRODUCTION = "production"
    DEVELOPMENT = "development"
    DEMO = "demo"


class UnsafeSetting(Exception):
    """A setting is missing, unknown or unsafe. One line: what, which setting, an example."""

    def __init__(self, what: str, setting: str, example: str) -> None:
        super().__init__(f"{what}: set {setting}, for example {setting}={example}")


class Settings(BaseModel):
    """Every setting, named ``QUIZAPP_…`` in the environment. Unknown ones are refused.

    ``packs``: further folders with ``lessons/`` and ``questions/``, separated by ``:``.
    ``proxy_hops``: how many proxies stand in front and set ``X-Forwarded-*``.
    ``public_address``: where phones reach this server, ``http://…``; where it is empty, the address at which each
    page was opened.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    mode: Mode = Mode.PRODUCTION
    database_url: str = ""
    reports_database_url: str = ""
    secret_key: str = ""
    secret_key_fallbacks: tuple[str, ...] = ()
    pepper: str = ""
    trusted_hosts: tuple[str, ...] = ()
    public_address: str = ""
    packs: tuple[Path, ...] = ()
    proxy_hops: int = 0
    is_tls: bool = True
    debug: bool = False


NOT_THE_SERVERS = frozenset({"QUIZAPP_BACKUP_PASSPHRASE"})
"""What one command reads by itself, and no server should hold."""

LISTS = {"secret_key_fallbacks": ",", "trusted_hosts": ",", "packs": ":"}

EXAMPLES = {
    "mode": "production",
    "database_url": "postgresql://quizapp@localhost/quizapp",
    "proxy_hops": "1",
    "is_tls": "true",
    "debug": "false",
}


def read_settings(environment: dict[str, str]) -> Settings:
    """Return the settings that the environment gives.

    Raises:
        UnsafeSetting: one is unknown, malformed, missing or unsafe for its mode.
    """
    known = Settings.model_fields
    given: dict[str, object] = {}
    for name, text in environment.items():
        if not name.startswith("QUIZAPP_") or name.startswith("QUIZAPP_TEST_") or name in NOT_THE_SERVERS:
            continue
        field = name.removeprefix("QUIZAPP_").lower()
        if field not in known:
            nearest = ", ".join(f"QUIZAPP_{key.upper()}" for key in sorted(known))
            raise UnsafeSetting(
                f"{name} is not a setting (there are {nearest})", "QUIZAPP_MODE", "production"
            )
        given[field] = tuple(filter(None, text.split(LISTS[field]))) if field in LISTS else text
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise UnsafeSetting(
            f"QUIZAPP_{field.upper()} can't be read ({error.errors()[0]['msg']})",
            f"QUIZAPP_{field.upper()}",
            EXAMPLES.get(field, "a value"),
        ) from None
    _refuse_unsafe(settings)
    return settings


def _refuse_unsafe(settings: Settings) -> None:
    if not settings.database_url:
        raise UnsafeSetting(
            "no database is named", "QUIZAPP_DATABASE_URL", "sqlite:////var/lib/quizapp/school.db"
        )
    if settings.mode is not Mode.PRODUCTION:
        return
    if settings.debug:
        raise UnsafeSetting("debug is on in production", "QUIZAPP_DEBUG", "false")
    for name, secret in (("SECRET_KEY", settings.secret_key), ("PEPPER", settings.pepper)):
        if len(secret) < SHORTEST_SECRET or secret.lower() in KNOWN_SECRETS or len(set(secret)) < 8:
            raise UnsafeSetting(
                f"{name} is missing, short or well known",
                f"QUIZAPP_{name}",
                "$(python3 -c 'import secrets; print(secrets.token_urlsafe(48))')",
            )
    if not settings.trusted_hosts:
        raise UnsafeSetting("no host name is trusted", "QUIZAPP_TRUSTED_HOSTS", "quiz.example.org")


def make_runtime(settings: Settings) -> Runtime:
    """Return the runtime that the settings describe; the database is reached on first use."""
    engine = make_engine(settings.database_url, patience_seconds=PATIENCE_SECONDS)
    replica = make_engine(settings.reports_database_url) if settings.reports_database_url else None
    return Runtime(
        database=EngineDatabase(engine, replica),
        clock=clock_of(engine),
        passwords=Passwords(settings.pepper, HashProfile()),
    )
