"""The link that sets up a school: printed by ``quizapp serve`` before there is one, and on demand."""

from __future__ import annotations

from quizapp.services.environment import Settings
from quizapp.services.first_run import LINK_LASTS, is_set_up, new_link_token
from quizapp.services.runtime import Runtime


def setup_link(runtime: Runtime, settings: Settings, address: str = "") -> str | None:
    """Return the link that makes the school and its administrator, or None when there is a school.

    Args:
        runtime: where the school would be.
        settings: their secret key signs the link, which the server then knows as its own.
        address: where the server is reached, such as ``https://quiz.example.org``; from the settings when empty.
    """
    if is_set_up(runtime):
        return None
    token = new_link_token(settings.secret_key, runtime.clock())
    return f"{(address or own_address(settings)).rstrip('/')}/first-run/{token}"


def own_address(settings: Settings) -> str:
    """Return where the settings say that the server is reached."""
    if settings.is_tls and settings.trusted_hosts:
        return f"https://{settings.trusted_hosts[0]}"
    return "http://127.0.0.1:8000"


def link_in_words(link: str) -> str:
    """Return the lines to print."""
    hours = int(LINK_LASTS.total_seconds() // 3600)
    return f"There is no school yet. Make it here, within {hours} hours:\n\n  {link}\n"
