"""Where a person can go from everywhere: the top bar, by role."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, Response, current_app, request, url_for

from quizapp.core.permissions import Role
from quizapp.web.runtime import viewer
from quizapp.web.words import gettext as _

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the top bar."""

    label: str
    url: str
    is_current: bool


def places() -> list[Place]:
    """Return the places of the signed-in person's role; none while a temporary password or PIN has to go first."""
    who = viewer()
    if who is None or who.must_change_password:
        return []
    match who.role:
        case Role.STUDENT:
            entries = [
                (_("Home"), "learn.home"),
                (_("Lessons"), "learn.lessons"),
                (_("Progress"), "learn.progress"),
            ]
        case Role.TEACHER:
            entries = [
                (_("Classes"), "teach.classrooms"),
                (_("Grading"), "grading.queue"),
                (_("Library"), "teach.library"),
            ]
        case _:
            entries = [
                (_("Reports"), "admin.reports"),
                (_("People"), "admin.people"),
                (_("Settings"), "admin.settings"),
            ]
    return [Place(label, url_for(endpoint), request.endpoint == endpoint) for label, endpoint in entries]


def init_places(app: Flask) -> None:
    """Give every template who looks at it, where that person can go and in which theme."""

    @app.context_processor
    def surroundings() -> dict[str, object]:
        who = viewer()
        theme = request.cookies.get(THEME_COOKIE, "auto")
        return {
            "viewer": who,
            "places": places() if request.endpoint else [],
            "theme": theme if theme in THEMES else "auto",
            "is_demo": current_app.config["IS_DEMO"] or bool(who and who.is_demo),
        }


def set_theme(response: Response, theme: str) -> Response:
    """Remember the theme in this browser for a year."""
    response.set_cookie(
        THEME_COOKIE,
        theme if theme in THEMES else "auto",
        max_age=31_536_000,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response
