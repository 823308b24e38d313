"""What kind of browser this is, for "Where you are signed in"."""

from __future__ import annotations

from flask import request

from quizapp.web.words import gettext as _

SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Mac", "CrOS", "Linux")
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def device() -> str:
    """Return browser and system in two words, as far as the browser says."""
    agent = request.user_agent.string
    browser = next((name for sign, name in BROWSERS if sign in agent), _("A browser"))
    system = next((name for name in SYSTEMS if name in agent), "")
    return f"{browser} · {system}" if system else browser
