"""An exam from its first sign-in to its last receipt."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.performance.exam.client import Browser
from tests.performance.exam.hall import Hall, database, prepared_hall, server
from tests.performance.exam.plan import Plan
from tests.performance.exam.results import Result, result_of
from tests.performance.exam.student import Sheet, Student

SEED = 11
SPARE_SECONDS = 60.0
"""For what comes late; an exam never takes longer than its parts and this."""


def sit(plan: Plan, *, application: str = "") -> Result:
    """Hold an exam on a database and a server of its own, ``quizapp serve`` unless another application is named."""
    with tempfile.TemporaryDirectory(prefix="quizapp-exam-") as name:
        folder = Path(name)
        with database(plan.engine, folder) as url:
            hall = prepared_hall(plan, url)
            with server(hall, folder, workers=plan.workers, application=application) as port:
                sheets = in_a_thread(_all_sit(plan, hall, port))
            result = result_of(plan, sheets, hall.runtime)
            hall.runtime.database.engine.dispose()
            return result


def in_a_thread(sitting: Coroutine[Any, Any, list[Sheet]]) -> list[Sheet]:
    """Run it in a loop of its own: a browser test before may have left one running in this thread."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, sitting).result()


async def _all_sit(plan: Plan, hall: Hall, port: int) -> list[Sheet]:
    students = [
        Student(
            name, hall.assignment_id, plan, Browser(port), hall.values_of, random.Random(f"{SEED} {name}")
        )
        for name in hall.names
    ]
    begins = asyncio.get_running_loop().time()
    most = plan.sign_in_seconds + plan.saving_seconds + plan.submit_seconds + SPARE_SECONDS
    tasks = [asyncio.create_task(student.sits(begins)) for student in students]
    _, late = await asyncio.wait(tasks, timeout=most)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    for student in students:
        if student.sheet.handed_in_at is None and not student.sheet.went_wrong:
            student.sheet.went_wrong = "the exam was over before this student was through"
    return [student.sheet for student in students]
