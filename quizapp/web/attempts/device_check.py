"""Whether this device is fit for a quiz, found out by the page itself."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from quizapp.web.attempts.blueprint import bp
from quizapp.web.runtime import login_required, runtime


@bp.get("/device-check")
@login_required
def device_check() -> ResponseReturnValue:
    """Show what a quiz needs; the page's script says of each whether it is there."""
    back = request.args.get("back", type=int)
    return render_template("attempts/device_check.html", back=back)


@bp.get("/device-check/clock")
@login_required
def device_clock() -> ResponseReturnValue:
    """Tell the server's time, for the way there and back and for the difference of the clocks."""
    return {"milliseconds": round(runtime().clock().timestamp() * 1000)}
