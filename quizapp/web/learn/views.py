"""Pages of this part."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("learn", __name__)
