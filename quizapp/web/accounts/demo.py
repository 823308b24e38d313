"""The demo school from outside: its doors, and one exercise for whoever does not want to go through any."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.demo import DemoDoor
from quizapp.core.errors import NotFound
from quizapp.core.messages import Message
from quizapp.core.permissions import NOBODY
from quizapp.services.demo_doors import enter_demo
from quizapp.services.exercise import exercise as read_exercise
from quizapp.web.accounts.blueprint import bp
from quizapp.web.device import device
from quizapp.web.forms import EmptyForm
from quizapp.web.runtime import runtime
from quizapp.web.security import begin_session

DOOR_WORDS: Mapping[DemoDoor, Message] = MappingProxyType(
    {
        DemoDoor.STUDENT: Message("As a student"),
        DemoDoor.TEACHER: Message("As a teacher"),
        DemoDoor.ADMIN: Message("As an administrator"),
        DemoDoor.AUTHOR: Message("As an author"),
    }
)

LEADS_TO: Mapping[DemoDoor, str] = MappingProxyType({DemoDoor.AUTHOR: "teach.content"})
"""Where a door leads that does not open on the first page of the role."""


@bp.post("/demo/<door>")
def demo_door(door: str) -> ResponseReturnValue:
    """Go through a door of the demo school."""
    try:
        wanted = DemoDoor(door)
    except ValueError:
        raise NotFound from None
    begin_session(enter_demo(runtime(), NOBODY, door=wanted, device=device()))
    return redirect(url_for(LEADS_TO.get(wanted, "accounts.front")))


@bp.get("/try")
def exercise() -> ResponseReturnValue:
    """Ask one exercise."""
    return _page(None)


@bp.post("/try")
def answer_exercise() -> ResponseReturnValue:
    """Say what there is to say about an answer, on the same page: nothing is kept that a redirect could find."""
    return _page(dict(request.form.lists()))


def _page(fields: Mapping[str, list[str]] | None) -> ResponseReturnValue:
    page = read_exercise(runtime(), NOBODY, fields=fields)
    html = render_template("accounts/exercise.html", exercise=page, question=page.question, form=EmptyForm())
    return html, (422 if page.is_rejected else 200)
