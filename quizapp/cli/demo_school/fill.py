"""Harbour Lane School: made by the product's own services, with a fixed seed, dates relative to today.

Nothing here writes a row itself. What the demo shows is what a school would see that did the same.
"""

from __future__ import annotations

from quizapp.cli.demo_school.classes import last_year, media_club, put_away, two_that_are_through
from quizapp.cli.demo_school.mid_course import mid_course
from quizapp.cli.demo_school.school import make_staff
from quizapp.content.catalogue import Catalogue
from quizapp.services.runtime import Runtime


def fill_demo_school(runtime: Runtime, catalogue: Catalogue) -> None:
    """Make the demo school in an empty database that holds the content of the catalogue."""
    school = make_staff(runtime, catalogue)
    room_9a = last_year(school)
    room_10b, moves = two_that_are_through(school)
    put_away(school, room_9a)
    mid_course(school, moves, room_10b)
    media_club(school)
