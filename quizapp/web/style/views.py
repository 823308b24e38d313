"""The style page: every component with sample values, in development only."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

bp = Blueprint("style", __name__)


@bp.get("/style")
def components() -> ResponseReturnValue:
    """Show every component."""
    return render_template("style/index.html")
