"""What people do in the middle of a quiz: sign out, get a new PIN, are suspended, or think for a while."""

from __future__ import annotations

import re
import time

from quizapp.cli.serve import KEEP_ALIVE_MS
from quizapp.services.accounts import reinstate, reset_secret, suspend
from tests.builders.world import PIN, World
from tests.faults.browsers import Browser
from tests.faults.place import Place, Result, Size
from tests.faults.servers import server_at
from tests.faults.writers import Writer, make_writers, result_of

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
OWN_PIN = "730164"
LONGEST_PAUSE_MS = 75_000
"""A keep-alive of 2 s broke 759 of 2,156 saves, one of 75 s none."""

HESITATES_SECONDS = 0.02
"""Long enough for a server to refuse a save before it has read it."""

QUEUED = 5
"""Answers that a page holds when it is told that nobody is signed in."""


def locked_out(place: Place, size: Size) -> Result:
    """Sign-out, a new PIN and a suspension in mid-attempt: what the page holds arrives after signing in again."""
    signed_out, reset, suspended = writers = make_writers(place, 3)
    admin = World(place.runtime).admin(school_id=signed_out.student.actor.school_id)
    problems = []
    with server_at(place) as server:
        for one in writers:
            one.browser.port = server.port
            one.browser.hesitates_seconds = HESITATES_SECONDS
            one.save(1)

        signed_out.browser.fill_in("/sign-out")
        problems += _kept_back(signed_out)
        problems += _delivered(signed_out, PIN)

        pin = reset_secret(place.runtime, admin.actor, user_id=reset.student.id).secret
        problems += _kept_back(reset)
        problems += ["the old PIN still works"] if _sign_in(reset, PIN) else []
        problems += _delivered(reset, pin)

        suspend(place.runtime, admin.actor, user_id=suspended.student.id, reason="a fault test")
        problems += _kept_back(suspended)
        problems += ["a suspended student may sign in"] if _sign_in(suspended, PIN) else []
        reinstate(place.runtime, admin.actor, user_id=suspended.student.id)
        problems += _delivered(suspended, PIN)
    opened = sum(one.browser.connections for one in writers)
    broken = f"{opened - len(writers)} connections were closed by refusals" if opened > len(writers) else ""
    return result_of(place, writers).found(*problems, broken)


def _kept_back(writer: Writer) -> list[str]:
    """Return what is wrong with how a page without a session is told.

    401, or 400 where the same browser signed out elsewhere: on both the page keeps its queue and asks to sign in.
    """
    statuses = [writer.save(seq).status for seq in range(2, 2 + QUEUED)]
    return [] if set(statuses) <= {400, 401} else [f"saves without a session answered {statuses}"]


def _delivered(writer: Writer, pin: str) -> list[str]:
    """Sign in again, send what the page still holds, and return what is wrong."""
    if not _sign_in(writer, pin):
        return ["signing in again did not work"]
    if not _renew_token(writer.browser, f"/attempts/{writer.attempt_id}"):
        _choose_own_pin(writer.browser)
        _renew_token(writer.browser, f"/attempts/{writer.attempt_id}")
    statuses = [writer.save(seq).status for seq in range(2, 2 + QUEUED)]
    return [] if set(statuses) == {200} else [f"the queue was answered {statuses}"]


def _sign_in(writer: Writer, pin: str) -> bool:
    """Sign in with the form, in the same browser; say whether it worked."""
    _renew_token(writer.browser, "/sign-in")
    answer = writer.browser.fill_in(
        "/sign-in",
        school_id=str(writer.student.actor.school_id),
        user_name=writer.student.user_name,
        secret=pin,
    )
    return answer.status == 302


def _choose_own_pin(browser: Browser) -> None:
    """Choose a PIN in place of the one that somebody else made, which comes before everything else."""
    _renew_token(browser, "/account/own-secret")
    browser.fill_in("/account/own-secret", new=OWN_PIN, again=OWN_PIN)


def _renew_token(browser: Browser, path: str) -> bool:
    """Read the token of the session from a page; say whether the page was shown."""
    found = TOKEN.search(browser.open(path).text)
    if found is not None:
        browser.token = found[1]
    return found is not None


def pause(place: Place, size: Size) -> Result:
    """Somebody thinks for a while between two saves: the connection is still good, none breaks."""
    writers = make_writers(place, 3)
    with server_at(place) as server:
        for one in writers:
            one.browser.port = server.port
            one.save(1)
        time.sleep(size.pause_seconds)
        statuses = [one.save(2).status for one in writers]
    opened = sum(one.browser.connections for one in writers)
    return result_of(place, writers).found(
        "" if set(statuses) == {200} else f"after the pause saves answered {statuses}",
        "" if opened == len(writers) else f"{opened - len(writers)} connections were closed in the pause",
        "" if KEEP_ALIVE_MS >= LONGEST_PAUSE_MS else "connections are kept for less than people pause",
    )
