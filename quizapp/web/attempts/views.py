"""All pages of tries: importing the modules hangs their views on the blueprint."""

from __future__ import annotations

from quizapp.web.attempts import answering, before, device_check, results, saving
from quizapp.web.attempts.blueprint import bp

__all__ = ["answering", "before", "bp", "device_check", "results", "saving"]
