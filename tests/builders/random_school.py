"""A class whose students did at its quizzes what chance said, and whose teacher marked, decided and released."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from quizapp.services.assignments import show_results
from quizapp.services.overrides import excuse_student, set_mark
from tests.builders.world import A, World
from tests.builders.written import begin, hand_in_written, mark_written

if TYPE_CHECKING:
    from tests.conftest import FixedClock

COUNTS = ("highest", "latest", "first")


@dataclass
class RandomClass:
    """A class with its teacher. ``tries`` are those handed in, by quiz and student, in their order."""

    world: World
    teacher: A
    classroom: int
    students: list[A] = field(default_factory=list)
    quizzes: list[int] = field(default_factory=list)
    tries: dict[tuple[int, int], list[int]] = field(default_factory=dict)


def random_class(world: World, clock: FixedClock, seed: int, students: int = 5) -> RandomClass:
    """Make a class with three quizzes; some work waits for a mark, and what is marked is shown."""
    chance = random.Random(seed)
    world.content()
    teacher = world.teacher()
    made = RandomClass(world, teacher, world.classroom(teacher))
    made.students = [world.student(classroom=made.classroom) for _ in range(students)]
    made.quizzes = [
        world.assignment(
            made.classroom,
            title=f"Quiz {number}",
            preset=chance.choice(("practice", "homework")),
            counts=COUNTS[number],
            attempts_allowed=3,
            due_at=world.now + timedelta(hours=chance.randrange(1, 4)),
        )
        for number in range(3)
    ]
    for student in made.students:
        for quiz in made.quizzes:
            _work(made, chance, clock, student, quiz)
    for quiz in made.quizzes:
        show_results(world.runtime, teacher.actor, classroom_id=made.classroom, assignment_id=quiz)
    return made


def _work(made: RandomClass, chance: random.Random, clock: FixedClock, student: A, quiz: int) -> None:
    """Let a student hand in up to two tries, and perhaps begin another; let the teacher mark and decide."""
    for _ in range(chance.randrange(3)):
        clock.move(minutes=chance.randrange(1, 40))
        text = "The leaflet says so." if chance.random() < 0.8 else None
        attempt = hand_in_written(made.world, student, quiz, text=text)
        made.tries.setdefault((quiz, student.id), []).append(attempt)
        if text and chance.random() < 0.7:
            mark_written(made.world, made.teacher, attempt, level=chance.randrange(3))
    at = {"classroom_id": made.classroom, "assignment_id": quiz, "student_id": student.id}
    match chance.randrange(8):
        case 0:
            begin(made.world, student, quiz)
        case 1:
            excuse_student(made.world.runtime, made.teacher.actor, reason="Was ill", **at)
        case 2:
            set_mark(
                made.world.runtime,
                made.teacher.actor,
                points=chance.randrange(7) * 10_000,
                reason="Said it aloud",
                **at,
            )
        case _:
            pass
