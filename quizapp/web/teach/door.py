"""The door of a class for its teacher: opened, shown on the projector, watched as a live list."""

from __future__ import annotations

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.door import Place
from quizapp.core.errors import Refusal
from quizapp.core.join_codes import shown_code
from quizapp.services.door import change_code, close_door, open_door
from quizapp.services.door_deeds import free_name, give_new_start, let_in
from quizapp.services.door_list import LiveList, live_list
from quizapp.web.door.addresses import address_of, phones_can_reach_us
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.teach.blueprint import bp
from quizapp.web.words import gettext as _
from quizapp.web.words import say, when


@bp.get("/classes/<int:classroom_id>/door")
@login_required
def door(classroom_id: int) -> ResponseReturnValue:
    """Show the door with the live list and what the teacher can do at it."""
    return render_template("door/door.html", **_of(live_list(runtime(), actor(), classroom_id=classroom_id)))


@bp.get("/classes/<int:classroom_id>/door/projector")
@login_required
def door_projector(classroom_id: int) -> ResponseReturnValue:
    """Show code, address and who is in, for the wall: nothing here is for the teacher's eyes only."""
    found = live_list(runtime(), actor(), classroom_id=classroom_id)
    return render_template("door/projector.html", **_of(found))


@bp.get("/classes/<int:classroom_id>/door/<any(list, wall):part>")
@login_required
def door_part(classroom_id: int, part: str) -> ResponseReturnValue:
    """Give the changing part of one of the two pages to its script; nothing where nothing changed."""
    found = live_list(runtime(), actor(), classroom_id=classroom_id)
    response = current_app.make_response("")
    response.set_etag(f"{part}-{found.version}")
    if request.if_none_match.contains(f"{part}-{found.version}"):
        response.status_code = 304
    else:
        response.set_data(render_template(f"door/_{part}.html", live=found, Place=Place))
    return response


@bp.post("/classes/<int:classroom_id>/door/open")
@login_required
def open_the_door(classroom_id: int) -> ResponseReturnValue:
    """Open the door for 15 minutes from now."""
    closes_at = open_door(runtime(), actor(), classroom_id=classroom_id)
    flash(_("The door is open until %(time)s.", time=when(closes_at, "HH:mm")))
    return _back(classroom_id)


@bp.post("/classes/<int:classroom_id>/door/close")
@login_required
def close_the_door(classroom_id: int) -> ResponseReturnValue:
    """Close the door now."""
    close_door(runtime(), actor(), classroom_id=classroom_id)
    flash(_("The door is closed. Whoever is in stays in."))
    return _back(classroom_id)


@bp.post("/classes/<int:classroom_id>/door/code")
@login_required
def new_code(classroom_id: int) -> ResponseReturnValue:
    """Change the code of the class."""
    change_code(runtime(), actor(), classroom_id=classroom_id)
    flash(_("The class has a new code. The old one leads nowhere now."))
    return _back(classroom_id)


@bp.post("/classes/<int:classroom_id>/door/claims/<int:claim_id>/let-in")
@login_required
def let_in_at_door(classroom_id: int, claim_id: int) -> ResponseReturnValue:
    """Let a typed name in."""
    try:
        name = let_in(runtime(), actor(), classroom_id=classroom_id, claim_id=claim_id)
    except Refusal as refusal:
        flash(say(refusal.message))
        return _back(classroom_id)
    flash(_("%(name)s is in the class now.", name=name))
    return _back(classroom_id)


@bp.post("/classes/<int:classroom_id>/door/claims/<int:claim_id>/free")
@login_required
def free_at_door(classroom_id: int, claim_id: int) -> ResponseReturnValue:
    """Undo a claim, or turn a typed name away."""
    free_name(runtime(), actor(), classroom_id=classroom_id, claim_id=claim_id)
    return _back(classroom_id)


@bp.post("/classes/<int:classroom_id>/door/claims/<int:claim_id>/new-start")
@login_required
def new_start_at_door(classroom_id: int, claim_id: int) -> ResponseReturnValue:
    """Let a student choose a new PIN at the door."""
    name = give_new_start(runtime(), actor(), classroom_id=classroom_id, claim_id=claim_id)
    flash(_("%(name)s can choose a new PIN on the phone now.", name=name))
    return _back(classroom_id)


def _back(classroom_id: int) -> ResponseReturnValue:
    return redirect(url_for("teach.door", classroom_id=classroom_id))


def _of(found: LiveList) -> dict[str, object]:
    return {
        "live": found,
        "Place": Place,
        "shown": shown_code(found.code),
        "join": address_of("door.names", code=found.code) if found.code else None,
        "typed": address_of("door.code").typed,
        "reachable": phones_can_reach_us(),
    }
