"""The part of the web that everybody meets first."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("accounts", __name__)
