"""What the content holds, in counts: for authors, as the database has it."""

from __future__ import annotations

from sqlalchemy import select

from quizapp.content.figures import ContentFigures, Shelf, figures_of
from quizapp.core.errors import NotFound
from quizapp.core.page import Page
from quizapp.core.permissions import Actor
from quizapp.services.access.staff import access_staff_room
from quizapp.services.content import (
    LANGUAGE,
    bodies_by_version,
    lessons_in_order,
    questions_by_version,
    quizzes_by_key,
    skills,
    the_page,
)
from quizapp.services.runtime import Work, reading
from quizapp.storage.tables import ContentItem


@reading
def content_figures(work: Work, actor: Actor) -> ContentFigures:
    """Return what the content holds; as many statements for a thousand questions as for ten.

    `quizapp content report` counts the files in the same way.

    Raises:
        NotFound: the actor is no member of staff.
    """
    access_staff_room(actor)
    questions = questions_by_version(work, ((one, None) for one in _live(work, "question")))
    return figures_of(
        Shelf(
            questions=list(questions.values()),
            lessons=lessons_in_order(work),
            quizzes=list(quizzes_by_key(work).values()),
            skills=skills(work),
            misconceptions={
                entry["id"]: entry["text"]
                for body in bodies_by_version(work, _live(work, "misconceptions")).values()
                for entry in body["misconceptions"]
            },
            page=_page(work),
        )
    )


def _live(work: Work, kind: str) -> list[int]:
    ids = work.session.scalars(
        select(ContentItem.current_version_id)
        .where(ContentItem.kind == kind, ContentItem.retired_at.is_(None), ContentItem.language == LANGUAGE)
        .order_by(ContentItem.key)
    )
    return [one for one in ids if one is not None]


def _page(work: Work) -> Page | None:
    try:
        return the_page(work)
    except NotFound:
        return None
