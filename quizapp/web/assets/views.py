"""Pictures of lessons and questions. Their address is their hash, so a browser may keep them for ever."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from quizapp.services.assets import read_asset
from quizapp.web.runtime import actor, login_required, runtime

bp = Blueprint("assets", __name__)


@bp.get("/assets/<sha256>")
@login_required
def picture(sha256: str) -> ResponseReturnValue:
    """Send a picture."""
    found = read_asset(runtime(), actor(), sha256=sha256)
    response = Response(found.content, mimetype=found.media_type)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
