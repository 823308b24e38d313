"""The part of the web where quizzes are taken."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("attempts", __name__)
