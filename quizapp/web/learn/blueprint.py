"""The part of the web that students see, quizzes apart."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("learn", __name__)
