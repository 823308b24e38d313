"""The content in counts: for staff only, and in few statements however much there is."""

from __future__ import annotations

import pytest

from quizapp.content.catalogue import load_catalogue
from quizapp.content.figures import figures_of, shelf_of
from quizapp.content.roots import pack_root
from quizapp.core.errors import NotFound
from quizapp.core.permissions import OPERATOR
from quizapp.core.questions import Use
from quizapp.services.content import sync_content
from quizapp.services.content_figures import content_figures
from tests.builders.content import SAMPLE_PACK, sample_items
from tests.support.statements import count_statements


def test_every_published_question_is_counted_once_by_use_and_once_by_type(runtime, world):
    world.content()
    published = [item for item in sample_items() if item.kind == "question"]

    figures = content_figures(runtime, world.teacher().actor)

    assert figures.questions == len(published)
    assert sum(sum(one.by_type) for one in figures.skills) == len(published)
    drawn = sum(one.by_use[figures.uses.index(Use.QUIZ)] for one in figures.skills)
    assert drawn == sum(item.body["use"] == "quiz" for item in published)


def test_a_lesson_tells_its_minutes_what_it_asks_and_what_its_quiz_draws_from(runtime, world):
    world.content()

    lesson = content_figures(runtime, world.teacher().actor).lessons[0]

    assert lesson.slug == "who-says"
    assert lesson.minutes > 0
    assert lesson.questions == sum(one.count for one in lesson.asks) > 0
    assert lesson.quiz_pool >= 6


def test_what_is_retired_is_not_counted(runtime, world):
    world.content()
    teacher = world.teacher().actor
    before = content_figures(runtime, teacher).questions
    gone = next(item for item in sample_items() if item.kind == "question")

    sync_content(runtime, OPERATOR, items=[item for item in sample_items() if item != gone])

    assert content_figures(runtime, teacher).questions == before - 1


def test_students_do_not_see_it(runtime, world):
    world.content()

    with pytest.raises(NotFound):
        content_figures(runtime, world.student().actor)


def test_a_school_without_content_has_empty_figures(runtime, world):
    figures = content_figures(runtime, world.teacher().actor)

    assert figures.questions == 0
    assert figures.lessons == figures.claims == ()


def test_it_takes_the_same_few_statements_for_more_questions(runtime, world, connection):
    items = sample_items()
    some = [item for item in items if item.kind != "question"]
    questions = [item for item in items if item.kind == "question"]
    teacher = world.teacher().actor

    sync_content(runtime, OPERATOR, items=[*some, *questions[:3]])
    with count_statements(connection) as few:
        content_figures(runtime, teacher)
    sync_content(runtime, OPERATOR, items=items)
    with count_statements(connection) as many:
        content_figures(runtime, teacher)

    assert len(many) <= len(few)


def test_files_and_database_are_counted_alike(runtime, world):
    world.content()
    catalogue = load_catalogue([pack_root(SAMPLE_PACK)])

    assert content_figures(runtime, world.teacher().actor) == figures_of(shelf_of(catalogue.library))
