"""How large an exam is, and what it must keep: goal 11."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """An exam: how many sit it, and how long each part of it takes.

    Attributes:
        engine: ``sqlite`` or ``postgresql``.
        students: how many sit the exam.
        workers: processes of the server.
        sign_in_seconds: within which everybody must be in.
        saving_seconds: how long everybody works on the questions.
        save_every_seconds: between two saves of one student.
        submit_seconds: within which everybody must have handed in.
        most_p95: seconds within which 95 of 100 saves must be answered.
        most_p99: the same for 99 of 100, or None where that is not asked.
    """

    engine: str
    students: int
    workers: int = 1
    sign_in_seconds: float = 60.0
    saving_seconds: float = 120.0
    save_every_seconds: float = 10.0
    submit_seconds: float = 60.0
    most_p95: float = 0.3
    most_p99: float | None = 1.0

    @property
    def saves_a_student(self) -> int:
        """How often a student saves before handing in."""
        return max(1, round(self.saving_seconds / self.save_every_seconds))


def exam_plans(minutes: float, students: int | None, engines: tuple[str, ...]) -> list[Plan]:
    """Return the exams of a run: 300 on both engines and 1,200 on PostgreSQL, or ``students`` on each engine."""
    seconds = minutes * 60
    # As many workers as there are cores to run them: the database and the students have the same two.
    workers = {"sqlite": 1, "postgresql": 2}
    plans = [Plan(engine, students or 300, workers[engine], saving_seconds=seconds) for engine in engines]
    if students is None and "postgresql" in engines:
        plans.append(Plan("postgresql", 1_200, 2, saving_seconds=seconds, most_p95=1.0, most_p99=None))
    return plans
