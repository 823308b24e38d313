"""What a class made of each line, both cases of a slot counted together."""

from __future__ import annotations

import pytest

from quizapp.core.errors import NotFound
from quizapp.core.questions import Case
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lessons import start_lesson
from quizapp.services.line_counts import line_counts
from quizapp.services.runtime import Runtime
from tests.builders.world import A, World

SLUG = "who-says"


def decide(runtime: Runtime, student: A, case: Case, choices: dict[str, str]) -> None:
    start_lesson(runtime, student.actor, slug=SLUG, case=case)
    name = f"lesson-page-{case.value.lower()}"
    answer_question(
        runtime,
        student.actor,
        slug=SLUG,
        number=4,
        question_key=f"sample:{name}",
        fields={f"{name}.{line}": [choice] for line, choice in choices.items()},
        shown_at=None,
    )


@pytest.fixture
def lesson(world: World) -> tuple[A, int, int]:
    """A teacher, a class and the lesson that it was given."""
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    given = world.assignment(classroom, kind="lesson", content_key=f"sample:{SLUG}", title="Who says")
    return teacher, classroom, given


def test_both_cases_are_counted_together_and_the_newest_answer_counts(
    runtime: Runtime, world: World, lesson: tuple[A, int, int]
) -> None:
    teacher, classroom, given = lesson
    first, second = world.student(classroom=classroom), world.student(classroom=classroom)
    decide(runtime, first, Case.A, {"l1": "view"})
    decide(runtime, first, Case.A, {"l1": "backed"})
    decide(runtime, second, Case.B, {"l1": "backed", "l2": "view"})

    page = line_counts(runtime, teacher.actor, classroom_id=classroom, assignment_id=given)

    line = page.tasks[0].lines[0]
    assert line.answered == 2
    assert {choice.label: choice.count for choice in line.choices}["Backed up"] == 2
    assert page.tasks[0].lines[1].answered == 1
    assert page.students == 2


def test_a_class_of_somebody_else_is_not_there(
    runtime: Runtime, world: World, lesson: tuple[A, int, int]
) -> None:
    _, classroom, given = lesson

    with pytest.raises(NotFound):
        line_counts(runtime, world.teacher().actor, classroom_id=classroom, assignment_id=given)
