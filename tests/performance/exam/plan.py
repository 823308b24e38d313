"""How large an exam is, and what it must keep: goal 11."""

from __future__ import annotations

from dataclasses import dataclass, replace


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


MOST_AT_ONCE = 300
"""The most students for whom two cores must be quick; a larger exam must lose nothing and stay usable."""

WORKERS = {"sqlite": 1, "postgresql": 2}
"""As many as there are cores to run them: the database and the students have the same two."""


def exam_plans(minutes: float, students: int | None, engines: tuple[str, ...]) -> list[Plan]:
    """Return the exams of a run: 300 on both engines and 1,200 on PostgreSQL, or ``students`` on each engine."""
    plans = [_plan(engine, students or 300, minutes) for engine in engines]
    if students is None and "postgresql" in engines:
        plans.append(_plan("postgresql", 1_200, minutes))
    return plans


def _plan(engine: str, students: int, minutes: float) -> Plan:
    plan = Plan(engine, students, WORKERS[engine], saving_seconds=minutes * 60)
    if students <= MOST_AT_ONCE:
        return plan
    # Signing in and starting takes about 100 ms of a core for each: a minute is not enough for 1,200 on two.
    return replace(plan, sign_in_seconds=150.0, most_p95=1.0, most_p99=None)
