"""The style page: every component with sample values, in development only."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from quizapp.web.style.samples import sample_drawings

bp = Blueprint("style", __name__)


@bp.get("/style")
def components() -> ResponseReturnValue:
    """Show every component."""
    return render_template("style/index.html", drawings=sample_drawings())
