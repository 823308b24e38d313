"""Saving and handing in: by a page's script as JSON, and by forms without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from quizapp.core.attempts import Outcome, State
from quizapp.services.attempt_state import attempt_state
from quizapp.services.saving import Acknowledged, save_responses, take_lease
from quizapp.services.submitting import Submission, submit_attempt
from quizapp.services.unread_saves import Unread, keep_unread
from quizapp.web.attempts.blueprint import bp
from quizapp.web.attempts.schemas import read_save
from quizapp.web.runtime import actor, login_required, runtime
from quizapp.web.words import gettext as _
from quizapp.web.words import say, when, zone

REFUSED = frozenset({Outcome.MALFORMED, Outcome.UNKNOWN})


@bp.get("/attempts/<int:attempt_id>/state")
@login_required
def state(attempt_id: int) -> ResponseReturnValue:
    """Tell an open page whether its try goes on and when it ends; 304 while that is as the page knows it.

    The server's time travels in a header, which a 304 has as well.
    """
    now = attempt_state(runtime(), actor(), attempt_id=attempt_id)
    facts = (now.state, now.closed_by, now.deadline_at, now.generation, now.hides_clock)
    response = jsonify(
        {
            **_state(attempt_id, now.state, now.now, now.deadline_at),
            "closed_by": "void" if now.state is State.VOIDED else now.closed_by,
            "generation": now.generation,
            "hides_clock": now.hides_clock,
        }
    )
    response.headers["Server-Time"] = now.now.isoformat()
    response.set_etag(blake2b(repr(facts).encode(), digest_size=8).hexdigest(), weak=True)
    return response.make_conditional(request)


@bp.post("/attempts/<int:attempt_id>/leases")
@login_required
def leases(attempt_id: int) -> ResponseReturnValue:
    """Give a page its place in the order of saves."""
    lease = take_lease(runtime(), actor(), attempt_id=attempt_id)
    state = _state(attempt_id, lease.state, lease.now, lease.deadline_at)
    return {**state, "lease": lease.lease, "revision": lease.revision}


@bp.post("/attempts/<int:attempt_id>/responses")
@login_required
def responses(attempt_id: int) -> ResponseReturnValue:
    """Store answers. 200 when each is stored, 409 when one is older than another window's or the try is closed,
    422 when one can't be an answer; the body tells of each.
    """
    body = read_save()
    if isinstance(body, list):
        return _kept_unread(attempt_id, body)
    saved = save_responses(
        runtime(), actor(), attempt_id=attempt_id, lease=body.lease, responses=body.arrived()
    )
    answer = _state(attempt_id, saved.state, saved.now, saved.deadline_at)
    answer["needs_lease"] = saved.needs_lease
    answer["responses"] = _told(saved.acknowledged)
    return answer, _status(saved.acknowledged)


@bp.post("/attempts/<int:attempt_id>/submission")
@login_required
def submission(attempt_id: int) -> ResponseReturnValue:
    """Hand in, with the answers that the page still holds; again: the same receipt."""
    if not request.is_json:
        submit_attempt(runtime(), actor(), attempt_id=attempt_id)
        return redirect(url_for("attempts.receipt", attempt_id=attempt_id))
    body = read_save()
    if isinstance(body, list):
        return _kept_unread(attempt_id, body)
    done = submit_attempt(
        runtime(), actor(), attempt_id=attempt_id, lease=body.lease, responses=body.arrived()
    )
    return _submission_told(attempt_id, done)


def _submission_told(attempt_id: int, done: Submission) -> ResponseReturnValue:
    answer = _state(attempt_id, done.state, done.now, done.deadline_at)
    answer["responses"] = _told(done.acknowledged)
    answer["receipt"] = done.receipt
    return answer, 200 if done.receipt else _status(done.acknowledged)


def _kept_unread(attempt_id: int, unread: Sequence[Unread]) -> ResponseReturnValue:
    """Refuse a page that is newer than this server: its answers are kept, and it is loaded again."""
    keep_unread(runtime(), actor(), attempt_id=attempt_id, answers=unread)
    sentence = _(
        "This page is of another release than the server. Load the page again; your answers stay in it."
    )
    return {"state": "refused", "message": sentence, "must_reload": True}, 422


def _state(attempt_id: int, state: State, now: datetime, deadline_at: datetime | None) -> dict[str, Any]:
    is_open = state is State.IN_PROGRESS
    left = None if deadline_at is None else max(0, int((deadline_at - now).total_seconds()))
    return {
        "state": "open" if is_open else "closed",
        "server_time": now.isoformat(),
        "deadline": deadline_at.isoformat() if deadline_at else None,
        "ends": _ends(deadline_at, now),
        "seconds_left": left,
        "receipt_url": None if is_open else url_for("attempts.receipt", attempt_id=attempt_id),
    }


def _ends(deadline_at: datetime | None, now: datetime) -> str:
    """Return when the try ends in words: the time, and the day where it is another one."""
    if deadline_at is None:
        return ""
    here = zone()
    is_today = deadline_at.astimezone(here).date() == now.astimezone(here).date()
    return when(deadline_at, "HH:mm") if is_today else when(deadline_at)


def _told(acknowledged: Sequence[Acknowledged]) -> list[dict[str, Any]]:
    return [
        {
            "slot": one.slot,
            "seq": one.seq,
            "outcome": one.outcome.value,
            "is_kept": one.is_kept,
            "said": _said(one),
            "problems": [say(problem) for problem in one.problems],
            "yours": list(one.yours),
            "stored": list(one.stored),
        }
        for one in acknowledged
    ]


def _said(one: Acknowledged) -> str:
    at = when(one.stored_at, "HH:mm:ss")
    if one.is_kept:
        return _("Saved %(time)s", time=at)
    match one.outcome:
        case Outcome.STALE:
            return _("You answered this in another window at %(time)s. Keep which?", time=at)
        case Outcome.CLOSED:
            return _("This try is handed in. The change came too late and does not count.")
        case _:
            return _("Not saved. %(why)s", why=" ".join(say(problem) for problem in one.problems))


def _status(acknowledged: Sequence[Acknowledged]) -> int:
    outcomes = {one.outcome for one in acknowledged if not one.is_kept}
    if not outcomes:
        return 200
    return 422 if outcomes <= REFUSED else 409
