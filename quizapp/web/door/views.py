"""All pages at the door: importing the modules hangs their views on the blueprint."""

from __future__ import annotations

from quizapp.web.door import cards, joining
from quizapp.web.door.blueprint import bp

__all__ = ["bp", "cards", "joining"]
