"""The part of the web where marks are seen and set."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("gradebook", __name__)
