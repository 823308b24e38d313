"""What one student is allowed is shown to that student and to the own teachers, and stands in nothing that others see."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest

from quizapp.core.deadlines import Factor
from quizapp.core.questions import Case
from quizapp.services.accommodations import Allowance, set_accommodation
from quizapp.services.attempts import start_attempt
from tests.builders.sitting import sit_down
from tests.support.visitor import TOKEN, Visitor

NOTE = "Agreed with the family of this student"
CLASS_PAGES = (
    "/classes/{classroom}",
    "/classes/{classroom}/gradebook",
    "/classes/{classroom}/gradebook.csv",
    "/classes/{classroom}/gradebook.xlsx",
    "/classes/{classroom}/check-in",
    "/classes/{classroom}/roster",
    "/classes/{classroom}/door",
    "/classes/{classroom}/door/projector",
    "/classes/{classroom}/assignments/{quiz}/live",
    "/classes/{classroom}/assignments/{quiz}/live/part",
    "/classes/{classroom}/assignments/{quiz}/live/end",
    "/library/lessons/who-says/present",
    "/library/lessons/who-says/prompter",
    "/grading",
)
REPORTS = ("/reports", "/reports.csv", "/reports/classes/{classroom}")
ALLOWANCES = (
    Allowance(factor=Factor.QUARTER_MORE),
    Allowance(factor=Factor.DOUBLE, extra_attempts=3, hides_clock=True, note=NOTE),
    Allowance(is_untimed=True, note=NOTE),
)


@pytest.fixture
def sitting(world):
    return sit_down(world, limit_seconds=1200, closes_at=world.now + timedelta(days=1))


def allow(sitting, allowance):
    set_accommodation(
        sitting.runtime, sitting.teacher.actor, student_id=sitting.student.id, allowance=allowance
    )


def bodies(visitor, sitting, addresses):
    """Return what addresses give, without what every answer has of its own."""
    found = {}
    for address in addresses:
        wanted = address.format(classroom=sitting.classroom, quiz=sitting.assignment_id)
        answer = visitor.get(wanted)
        assert answer.status_code == 200, wanted
        if not wanted.endswith(".xlsx"):
            found[wanted] = TOKEN.sub("", answer.text)
            continue
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            found[wanted] = {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}
    return found


@pytest.mark.parametrize("allowance", ALLOWANCES)
def test_pages_and_exports_of_a_class_do_not_change(app, world, sitting, allowance):
    teacher = Visitor(app, world, sitting.teacher)
    before = bodies(teacher, sitting, CLASS_PAGES)

    allow(sitting, allowance)

    assert bodies(teacher, sitting, CLASS_PAGES) == before


def test_reports_across_classes_do_not_change(app, world, sitting):
    admin = Visitor(app, world, world.admin())
    before = bodies(admin, sitting, REPORTS)

    allow(sitting, ALLOWANCES[1])

    assert bodies(admin, sitting, REPORTS) == before


def test_a_classmate_sees_nothing_of_it(app, world, sitting):
    classmate = world.student(classroom=sitting.classroom)
    visitor = Visitor(app, world, classmate)
    start_attempt(world.runtime, classmate.actor, assignment_id=sitting.assignment_id, case=Case.B)
    pages = ("/home", "/assignments/{quiz}")
    before = bodies(visitor, sitting, pages)

    allow(sitting, ALLOWANCES[1])

    assert bodies(visitor, sitting, pages) == before


def test_the_student_sees_it_before_the_quiz_and_in_it_behind_a_line(app, world, sitting):
    allow(sitting, ALLOWANCES[1])
    student = Visitor(app, world, sitting.student)

    for address in (f"/assignments/{sitting.assignment_id}", f"/attempts/{sitting.attempt_id}"):
        page = student.get(address).text
        assert "This includes your extra time." in page
        assert "<summary>About your time</summary>" in page
        assert NOTE not in page
    assert "40 minutes from the start" in student.get(f"/assignments/{sitting.assignment_id}").text
    assert "5 tries" in student.get(f"/assignments/{sitting.assignment_id}").text
    assert "data-hidden" in student.get(f"/attempts/{sitting.attempt_id}").text
