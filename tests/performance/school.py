"""A school of a size that can be measured: made by the services, its many alike rows copied in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Row, insert, select

from quizapp.content.catalogue import Item, body_hash, load_catalogue
from quizapp.content.roots import content_roots
from quizapp.core.names import normal_form
from quizapp.core.permissions import OPERATOR, Actor, Role
from quizapp.core.questions import Case
from quizapp.services.attempts import start_attempt
from quizapp.services.content import sync_content
from quizapp.services.environment import Settings, make_runtime
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.services.runtime import Runtime
from quizapp.services.saving import Arrived, save_responses, take_lease
from quizapp.services.submitting import submit_attempt
from quizapp.storage.engine import make_engine
from quizapp.storage.queries.inserting import table_of
from quizapp.storage.schema import upgrade
from quizapp.storage.tables import Attempt, Enrolment, Grade, User
from quizapp.storage.tables.base import Base
from tests.builders.sitting import asked_of
from tests.builders.world import A, World

LESSON = "who-says-so"
SITTERS = 32

BLUEPRINT = (
    ("single_choice", 6, 1),
    ("decide_lines", 5, 2),
    ("multiple_response", 4, 1),
    ("order", 3, 1),
    ("short_construct", 2, 2),
)
"""Twenty mixed questions: type, how many, marks of each."""


@dataclass(frozen=True, slots=True)
class OpenTry:
    """A try that is going on: its lease, and a right answer to each question by slot."""

    attempt_id: int
    student: A
    lease: int
    answers: Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class BenchSchool:
    """The school and the ids by which it is measured.

    Attributes:
        small: a class of 30 with 10 quizzes.
        large: a class of 200 with 60 quizzes.
        sitters: students who have gone through the lesson and have quizzes open.
        saving: an open try of each sitter, with nothing saved.
        handing_in: open tries with every answer saved.
    """

    settings: Settings
    runtime: Runtime
    teacher: A
    small: int
    large: int
    sitters: tuple[A, ...]
    saving: tuple[OpenTry, ...]
    handing_in: tuple[OpenTry, ...]


def twenty_questions() -> Item:
    """Return a quiz of twenty questions, mixed, from the shipped banks."""
    body: dict[str, Any] = {
        "key": "bench:twenty",
        "title": "Twenty questions",
        "lesson": None,
        "minutes": 40,
        "blueprint": [{"count": many, "marks": marks, "type": kind} for kind, many, marks in BLUEPRINT],
    }
    return Item(body["key"], "quiz", body, body_hash(body), "bench", 1)


def make_school(settings: Settings, *, rounds: int, sizes: Sequence[tuple[int, int]]) -> BenchSchool:
    """Make the school in an empty database.

    Args:
        settings: of the server that will be measured.
        rounds: how many tries each sitter can hand in.
        sizes: students and quizzes of the small and of the large class.
    """
    upgrade(make_engine(settings.database_url))
    runtime = make_runtime(settings)
    catalogue = load_catalogue(content_roots())
    sync_content(runtime, OPERATOR, items=(*catalogue.items, twenty_questions()), assets=catalogue.assets)
    world = World(runtime)
    teacher = world.teacher("Ms Adler")
    sitting = world.classroom(teacher, "Sitting")
    sitters = _students(world, sitting, SITTERS)
    for one in sitters:
        start_lesson(runtime, one.actor, slug=LESSON, case=Case.B)
        leave_screen(runtime, one.actor, slug=LESSON, number=7)
    saving = _open_tries(world, sitters, sitting)
    handing_in = [one for _ in range(rounds) for one in _open_tries(world, sitters, sitting)]
    for one in handing_in:
        _save_all(runtime, one)
    (pattern,) = _open_tries(world, sitters[:1], sitting)
    _save_all(runtime, pattern)
    submit_attempt(runtime, pattern.student.actor, attempt_id=pattern.attempt_id)
    small, large = (
        _marked_class(world, teacher, pattern, students=students, quizzes=quizzes)
        for students, quizzes in sizes
    )
    return BenchSchool(settings, runtime, teacher, small, large, sitters, tuple(saving), tuple(handing_in))


_numbers = count(1)


def _students(world: World, classroom: int, many: int) -> tuple[A, ...]:
    """Enrol new students, all with the one PIN, whose hash is made once."""
    pattern = _copied(world, User, world.student().id)
    names = [f"Student {next(_numbers):04} of the bench" for _ in range(many)]
    rows = [
        {
            **pattern,
            "display_name": name,
            "display_key": normal_form(name),
            "user_name": name,
            "user_name_key": normal_form(name),
        }
        for name in names
    ]
    ids = _insert(world, User, rows, User.id)
    _insert(
        world,
        Enrolment,
        [
            {
                "school_id": world.school_id,
                "classroom_id": classroom,
                "student_id": one,
                "joined_at": world.now,
            }
            for one in ids
        ],
    )
    return tuple(
        A(Actor(one, world.school_id, Role.STUDENT), name) for one, name in zip(ids, names, strict=True)
    )


def _quiz(world: World, classroom: int) -> int:
    number = next(_numbers)
    return world.assignment(
        classroom, content_key="bench:twenty", title=f"Quiz {number}: who says so, and how do they know?"
    )


def _open_tries(world: World, students: Sequence[A], classroom: int) -> list[OpenTry]:
    """Give the class another quiz and begin it for these students."""
    quiz, tries = _quiz(world, classroom), []
    for one in students:
        attempt = start_attempt(world.runtime, one.actor, assignment_id=quiz, case=Case.B).attempt_id
        lease = take_lease(world.runtime, one.actor, attempt_id=attempt).lease
        asked = asked_of(world.runtime, one.actor, attempt_id=attempt)
        answers = {each.slot: each.type.correct_value(each.settings) for each in asked}
        tries.append(OpenTry(attempt, one, lease, answers))
    return tries


def _save_all(runtime: Runtime, one: OpenTry) -> None:
    saved = save_responses(
        runtime,
        one.student.actor,
        attempt_id=one.attempt_id,
        lease=one.lease,
        responses=[Arrived(slot, slot, value) for slot, value in one.answers.items()],
    )
    assert all(each.is_kept for each in saved.acknowledged)


def _marked_class(world: World, teacher: A, pattern: OpenTry, *, students: int, quizzes: int) -> int:
    """Make a class in which everybody has a mark for every quiz: copies of the one that was handed in."""
    classroom = world.classroom(teacher, f"Class of {students}")
    enrolled = _students(world, classroom, students)
    given = [_quiz(world, classroom) for _ in range(quizzes)]
    cells = [
        {"student_id": one.id, "assignment_id": quiz, "number": 1, "state": "graded"}
        for quiz in given
        for one in enrolled
    ]
    attempt = _copied(world, Attempt, pattern.attempt_id)
    ids = _insert(world, Attempt, [{**attempt, **cell} for cell in cells], Attempt.id)
    grade = _copied_grade(world, pattern)
    marks = [
        {
            **grade,
            "student_id": cell["student_id"],
            "assignment_id": cell["assignment_id"],
            "state": "graded",
            "counting_attempt_id": attempt_id,
            # Figures that differ, as marks do: a third of what can be had up to all of it.
            "points": grade["max_points"] * (33 + attempt_id * 7 % 68) // 100,
        }
        for cell, attempt_id in zip(cells, ids, strict=True)
    ]
    _insert(world, Grade, marks)
    return classroom


def _copied(world: World, entity: type[Base], id: int) -> dict[str, Any]:  # noqa: A002 - a row is asked for by its id
    """Return a row's columns, its id apart."""
    table = table_of(entity)
    with world.runtime.database.reading() as session:
        row = session.execute(select(table).where(table.c.id == id)).one()
    return _columns(row, without="id")


def _copied_grade(world: World, of: OpenTry) -> dict[str, Any]:
    with world.runtime.database.reading() as session:
        quiz = session.get_one(Attempt, of.attempt_id).assignment_id
        grade = table_of(Grade)
        row = session.execute(
            select(grade).where(grade.c.assignment_id == quiz, grade.c.student_id == of.student.id)
        ).one()
    return _columns(row)


def _columns(row: Row[Any], without: str = "") -> dict[str, Any]:
    return {name: value for name, value in row._mapping.items() if name != without}


def _insert(
    world: World, entity: type[Base], rows: Sequence[Mapping[str, Any]], wanted: Any = None
) -> list[int]:
    """Insert many rows; return the wanted column of each, in their order."""
    with world.runtime.database.writing() as session:
        statement = insert(table_of(entity))
        if wanted is None:
            session.execute(statement, rows)
            return []
        return list(
            session.execute(statement.returning(wanted, sort_by_parameter_order=True), rows).scalars()
        )
