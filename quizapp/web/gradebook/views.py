"""All pages of the gradebook: importing the modules hangs their views on the blueprint."""

from __future__ import annotations

from quizapp.web.gradebook import cells, files, marks
from quizapp.web.gradebook.blueprint import bp

__all__ = ["bp", "cells", "files", "marks"]
