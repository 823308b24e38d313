"""Doors to what belongs to no single row: the pages of teachers, and those of administrators."""

from __future__ import annotations

from quizapp.core.errors import NotFound
from quizapp.core.permissions import Actor


def access_staff_room(actor: Actor) -> None:
    """Let teachers and administrators pass.

    Raises:
        NotFound: the actor is neither.
    """
    if not actor.is_staff:
        raise NotFound


def access_office(actor: Actor) -> None:
    """Let administrators pass.

    Raises:
        NotFound: the actor is none.
    """
    if not actor.is_admin:
        raise NotFound
