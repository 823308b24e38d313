"""All pages for students but quizzes: importing the modules hangs their views on the blueprint."""

from __future__ import annotations

from quizapp.web.learn import course, folder, home, lessons, practising, screens
from quizapp.web.learn.blueprint import bp

__all__ = ["bp", "course", "folder", "home", "lessons", "practising", "screens"]
