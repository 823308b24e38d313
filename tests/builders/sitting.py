"""A student with an open try at the sample quiz, and what can be answered in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from quizapp.core.permissions import Actor, Permission
from quizapp.core.questions import Case, Move
from quizapp.services.access.attempts import access_attempt
from quizapp.services.asked import Asked, asked_in
from quizapp.services.attempts import start_attempt
from quizapp.services.marking import add_teacher_score
from quizapp.services.runtime import Runtime, Work, reading, use_case
from quizapp.services.saving import Acknowledged, Arrived, Saved, save_responses, take_lease
from quizapp.services.submitting import Submission, submit_attempt
from quizapp.storage.tables import Assignment
from tests.builders.world import A, World


@reading
def asked_of(work: Work, actor: Actor, *, attempt_id: int) -> tuple[Asked, ...]:
    """Return the questions of an attempt."""
    return asked_in(work, access_attempt(work, actor, Permission.READ, id=attempt_id).attempt)


@use_case
def mark(work: Work, actor: Actor, *, attempt_id: int, slot: int, level: int, comment: str = "") -> None:
    """Mark a written answer as its teacher does, each criterion with the same level."""
    at_hand = access_attempt(work, actor, Permission.GRADE, id=attempt_id, for_update=True)
    asked = next(one for one in asked_in(work, at_hand.attempt) if one.slot == slot)
    levels = {criterion.id: level for criterion in asked.type.criteria(asked.settings)}
    add_teacher_score(work, actor, at_hand, slot=slot, levels=levels, comment=comment)


@use_case
def show_results(work: Work, actor: Actor, *, assignment_id: int) -> None:
    """Press *Show results*."""
    work.session.get_one(Assignment, assignment_id).results_shown_at = work.now


@dataclass
class Sitting:
    """Everything around one open try."""

    runtime: Runtime
    world: World
    teacher: A
    student: A
    classroom: int
    assignment_id: int
    attempt_id: int

    @property
    def asked(self) -> tuple[Asked, ...]:
        return asked_of(self.runtime, self.student.actor, attempt_id=self.attempt_id)

    def slot_of(self, type_name: str) -> int:
        return next(one.slot for one in self.asked if one.type.name == type_name)

    @property
    def written_slot(self) -> int:
        return self.slot_of("short_construct")

    def right_answers(self) -> dict[int, Any]:
        """Return what earns everything a machine can give, and a text."""
        return {one.slot: one.type.correct_value(one.settings) for one in self.asked}

    def wrong_answer(self, slot: int) -> str:
        """Return a wrong choice of a question that asks to pick one."""
        asked = next(one for one in self.asked if one.slot == slot)
        assert asked.type.move is Move.PICK_ONE
        return next(one.id for one in asked.settings.options if not one.key)

    def lease(self) -> int:
        return take_lease(self.runtime, self.student.actor, attempt_id=self.attempt_id).lease

    def save(self, lease: int, *arrived: Arrived) -> Saved:
        return save_responses(
            self.runtime, self.student.actor, attempt_id=self.attempt_id, lease=lease, responses=arrived
        )

    def save_all(self, values: dict[int, Any]) -> None:
        saved = self.save(
            self.lease(), *(Arrived(slot, seq, v) for seq, (slot, v) in enumerate(values.items(), 1))
        )
        assert all(one.is_kept for one in saved.acknowledged)

    def submit(self, lease: int = 0, *arrived: Arrived) -> Submission:
        return submit_attempt(
            self.runtime, self.student.actor, attempt_id=self.attempt_id, lease=lease, responses=arrived
        )

    def again(self) -> Sitting:
        """Start the next try."""
        started = start_attempt(
            self.runtime, self.student.actor, assignment_id=self.assignment_id, case=Case.B
        )
        return Sitting(**{**self.__dict__, "attempt_id": started.attempt_id})

    def rows(self, table: Any) -> list[Any]:
        """Return every row of a table, in order."""
        with self.runtime.database.reading() as session:
            return list(session.scalars(select(table).order_by(*table.__table__.primary_key.columns)))


def outcomes(acknowledged: tuple[Acknowledged, ...]) -> list[str]:
    """Return what became of each answer."""
    return [one.outcome.value for one in acknowledged]


def sit_down(world: World, **rules: Any) -> Sitting:
    """Put a student before the sample quiz and start the first try."""
    world.content()
    teacher = world.teacher()
    classroom = world.classroom(teacher)
    student = world.student(classroom=classroom)
    assignment = world.assignment(classroom, **rules)
    started = start_attempt(world.runtime, student.actor, assignment_id=assignment, case=Case.B)
    return Sitting(world.runtime, world, teacher, student, classroom, assignment, started.attempt_id)
