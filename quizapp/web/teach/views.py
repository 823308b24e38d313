"""All pages for teachers: importing the modules hangs their views on the blueprint."""

from __future__ import annotations

from quizapp.web.teach import (
    accommodations,
    assigning,
    assignments,
    cards,
    check_in,
    classrooms,
    door,
    library,
    line_counts,
    live,
    rosters,
    student_files,
    students,
    tries,
)
from quizapp.web.teach.blueprint import bp

__all__ = [
    "accommodations",
    "assigning",
    "assignments",
    "bp",
    "cards",
    "check_in",
    "classrooms",
    "door",
    "library",
    "line_counts",
    "live",
    "rosters",
    "student_files",
    "students",
    "tries",
]
