"""Everything that administrators see, on one blueprint."""

from __future__ import annotations

from quizapp.web.admin import audit, classes, first_run, people, reports, settings
from quizapp.web.admin.blueprint import bp

__all__ = ["audit", "bp", "classes", "first_run", "people", "reports", "settings"]
