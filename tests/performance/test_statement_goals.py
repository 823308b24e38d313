"""The goals of performance that no clock is needed for: statements of whole requests, signing in counted."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from quizapp.content.catalogue import Item, body_hash
from quizapp.core.questions import Case
from quizapp.services.lessons import leave_screen, start_lesson
from tests.builders.content import sample_items
from tests.builders.sitting import sit_down
from tests.builders.written import begin, hand_in_written
from tests.conftest import make_app
from tests.support.statements import count_statements
from tests.support.visitor import Visitor


def sent_by(connection, ask):
    """Return the statements of a request, after one like it has put onto the shelf what never changes."""
    ask()
    with count_statements(connection) as sent:
        answer = ask()
    assert answer.status_code == 200
    return sent


def saved(slot, seq, value):
    return {"v": 1, "lease": 1, "responses": [{"slot": slot, "seq": seq, "value": value}]}


@pytest.fixture
def sitting(world):
    made = sit_down(world)
    made.lease()
    return made


@pytest.fixture
def student(app, sitting):
    return Visitor(app, sitting.world, sitting.student)


def test_every_screen_of_a_lesson_takes_three(runtime, connection, sitting, student):
    start_lesson(runtime, sitting.student.actor, slug="who-says", case=Case.B)
    leave_screen(runtime, sitting.student.actor, slug="who-says", number=7)

    counts = {
        number: len(sent_by(connection, lambda number=number: student.get(f"/lessons/who-says/{number}")))
        for number in range(1, 9)
    }

    assert max(counts.values()) <= 3, counts


def test_a_save_takes_four_and_one_commit(live_world):
    sitting = sit_down(live_world)
    sitting.lease()
    student = Visitor(make_app(live_world.runtime), live_world, sitting.student)
    answer, address = sitting.wrong_answer(1), f"/attempts/{sitting.attempt_id}/responses"
    student.send(address, saved(1, 1, answer))
    engine, commits = live_world.runtime.database.engine, []

    def note(committed):
        commits.append(committed)

    event.listen(engine, "commit", note)
    with count_statements(engine) as sent:
        answered = student.send(address, saved(1, 2, answer))
    event.remove(engine, "commit", note)

    assert answered.status_code == 200
    assert len(sent) == 4, sent
    assert len(commits) == 1


def test_a_quiz_page_takes_as_many_whatever_the_number_of_questions(world, connection, sitting, student):
    body = {
        "key": "sample:one",
        "title": "One question",
        "lesson": None,
        "minutes": 2,
        "blueprint": [{"count": 1, "marks": 1, "type": "single_choice"}],
    }
    world.content((*sample_items(), Item(body["key"], "quiz", body, body_hash(body), "test", 1)))
    short = world.assignment(sitting.classroom, content_key="sample:one")
    attempt = begin(world, sitting.student, short)

    one = sent_by(connection, lambda: student.get(f"/attempts/{attempt}"))
    six = sent_by(connection, lambda: student.get(f"/attempts/{sitting.attempt_id}"))

    assert len(one) == len(six) <= 5, six


def test_handing_in_what_was_saved_takes_ten(connection, sitting, student):
    values = sitting.right_answers()
    sitting.save_all(values)
    body = {
        "v": 1,
        "lease": 2,
        "responses": [{"slot": slot, "seq": 100 + slot, "value": value} for slot, value in values.items()],
    }
    assert student.token

    with count_statements(connection) as sent:
        answer = student.send(f"/attempts/{sitting.attempt_id}/submission", body)

    assert answer.json["receipt"]
    assert len(sent) <= 10, "\n".join(sent)


def test_a_gradebook_takes_eight_whatever_the_number_of_tries(app, world, connection, sitting):
    teacher = Visitor(app, world, sitting.teacher)
    address = f"/classes/{sitting.classroom}/gradebook"

    few = sent_by(connection, lambda: teacher.get(address))
    for _ in range(3):
        hand_in_written(world, world.student(classroom=sitting.classroom), sitting.assignment_id)
    more = sent_by(connection, lambda: teacher.get(address))

    assert len(few) == len(more) <= 8, more
