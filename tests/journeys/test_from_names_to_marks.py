"""The way from a list of names to a mark that is seen, over HTTP on both databases."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask

from quizapp.core.permissions import OPERATOR, Actor, Role
from quizapp.core.questions import Move
from quizapp.services.asked import Asked
from quizapp.services.classrooms import classroom_page
from quizapp.services.rehearsal import questions_of_attempt
from tests.builders.world import A, World
from tests.support.visitor import Visitor

NAMES = "Ada Lind\nفاطمة الزهراء"
WORDS = "The leaflet names nobody, so I would ask the baker first."


def test_a_class_goes_from_names_to_marks(app: Flask, world: World) -> None:
    world.content()
    teacher = world.teacher()
    desk = Visitor(app, world, teacher)

    classroom_id = id_in(desk.post("/classes/new", {"title": "10B"}).location, "classes")
    classroom = f"/classes/{classroom_id}"
    cards = desk.post(f"{classroom}/roster", {"names": NAMES, "step": "add"}).text
    assert "Ada Lind" in cards
    assert len(re.findall(r"login-card__pin", cards)) == 2

    student = student_of(world, teacher, classroom_id, "Ada Lind")
    desk.post(f"/students/{student.id}/accommodation", {"time": "150", "extra_attempts": "0"})
    rules = {"preset": "homework", "attempts_allowed": "1", "counts": "highest", "limit_minutes": "20"}
    assigned = desk.post(f"{classroom}/assign", {"what": "quiz:sample:quiz", **rules})
    assert assigned.status_code == 302
    quiz_id = id_in(desk.get(classroom).text, "assignments")

    phone = Visitor(app, world, student)
    assert "30 minutes from the start" in phone.get(f"/assignments/{quiz_id}").text
    attempt_id = id_in(phone.post(f"/assignments/{quiz_id}/attempts", {"case": "B"}).location, "attempts")
    attempt = f"/attempts/{attempt_id}"
    asked = questions_of_attempt(world.runtime, OPERATOR, attempt_id=attempt_id)
    saved = phone.post(f"{attempt}/form", {**right_fields(asked), "revision": revision_of(phone, attempt)})
    assert saved.status_code == 302
    phone.post(f"{attempt}/submission")
    phone.post(f"{attempt}/submission")
    assert "waits for your teacher" in phone.get(f"{attempt}/result").text

    written = next(one for one in asked if one.type.move is Move.WRITE)
    levels = {f"level-{one.id}": "2" for one in written.type.criteria(written.settings)}
    answer = f"/grading/{quiz_id}/{written.question.version_id}/{attempt_id}"
    assert desk.post(answer, {"seen": "0", "comment": "Well asked.", **levels}).status_code == 302
    assert "Well asked." not in phone.get(f"{attempt}/result").text
    desk.post(f"{classroom}/assignments/{quiz_id}/results")

    result = phone.get(f"{attempt}/result").text
    assert "Well asked." in result
    assert "(pass mark 70" in result
    assert "Graded" in desk.get(f"{classroom}/assignments/{quiz_id}").text


def id_in(text: str | None, noun: str) -> int:
    found = re.search(rf"/{noun}/(\d+)", text or "")
    assert found is not None, text
    return int(found[1])


def student_of(world: World, teacher: A, classroom_id: int, name: str) -> A:
    page = classroom_page(world.runtime, teacher.actor, classroom_id=classroom_id)
    found = next(one for one in page.students if one.display_name == name)
    return A(Actor(found.id, teacher.actor.school_id, Role.STUDENT), found.user_name)


def revision_of(phone: Visitor, attempt: str) -> str:
    found = re.search(r'name="revision" value="([^"]*)"', phone.get(attempt).text)
    assert found is not None
    return found[1]


def right_fields(asked: tuple[Asked, ...]) -> dict[str, Any]:
    """Return what a form posts when every answer is right."""
    fields: dict[str, Any] = {}
    for one in asked:
        right = WORDS if one.type.move is Move.WRITE else one.type.correct_value(one.settings)
        match one.type.move:
            case Move.DECIDE_EACH:
                fields |= {f"{one.name}.{line}": choice for line, choice in right.items()}
            case Move.PUT_IN_ORDER:
                fields |= {f"{one.name}.{element}": str(place) for place, element in enumerate(right, 1)}
            case _:
                fields[one.name] = right
    return fields
