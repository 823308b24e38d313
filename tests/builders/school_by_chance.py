"""A school made by chance: classes of any size, work of every kind, students who do more or less of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

from quizapp.core.questions import Case
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.services.overrides import excuse_student, set_mark
from tests.builders.world import A, World
from tests.builders.written import begin, hand_in_written, mark_written

SIZES = (0, 2, 5, 6, 7)
LESSON = "sample:who-says"


@dataclass
class ClassByChance:
    """A class with its one teacher, its students, and what it was given."""

    id: int
    title: str
    teacher: A
    students: list[A] = field(default_factory=list)
    quizzes: list[int] = field(default_factory=list)


def school_by_chance(world: World, seed: int) -> list[ClassByChance]:
    """Make three classes whose students have done what chance says, and return them."""
    chance = random.Random(seed)
    world.content()
    return [_class(world, chance, f"Class {place}") for place in range(3)]


def _class(world: World, chance: random.Random, title: str) -> ClassByChance:
    teacher = world.teacher()
    made = ClassByChance(world.classroom(teacher, title), title, teacher)
    made.students = [world.student(classroom=made.id) for _ in range(chance.choice(SIZES))]
    if chance.random() < 0.8:
        world.assignment(
            made.id, kind="lesson", content_key=LESSON, title="Who says?", due_at=world.now + timedelta(1)
        )
    for number in range(chance.randrange(3)):
        made.quizzes.append(world.assignment(made.id, title=f"Quiz {number}", attempts_allowed=3))
    for student in made.students:
        if chance.random() < 0.7:
            start_lesson(world.runtime, student.actor, slug="who-says", case=Case.B)
            if chance.random() < 0.6:
                leave_screen(world.runtime, student.actor, slug="who-says", number=7)
        for quiz in made.quizzes:
            _try(world, chance, made, student, quiz)
    return made


def _try(world: World, chance: random.Random, where: ClassByChance, student: A, quiz: int) -> None:
    """Let a student begin, hand in, be marked, be excused or get a mark by hand, as chance says."""
    at = {"classroom_id": where.id, "assignment_id": quiz, "student_id": student.id}
    match chance.randrange(6):
        case 0:
            return
        case 1:
            begin(world, student, quiz)
        case 2:
            hand_in_written(world, student, quiz)
        case 3 if chance.random() < 0.5:
            set_mark(world.runtime, where.teacher.actor, points=20_000, reason="Told me the answers", **at)
        case 3:
            excuse_student(world.runtime, where.teacher.actor, reason="Was ill", **at)
        case _:
            attempt = hand_in_written(world, student, quiz)
            mark_written(world, where.teacher, attempt, level=chance.randrange(3))
            if chance.random() < 0.3:
                set_mark(
                    world.runtime,
                    where.teacher.actor,
                    points=chance.randrange(5) * 10_000,
                    reason="By hand",
                    **at,
                )
