"""The gradebook's cell follows the tries, and a teacher's mark changes try, state and cell in one deed."""

from __future__ import annotations

import pytest

from quizapp.core.errors import Conflict, NotFound, Refusal
from quizapp.core.permissions import Permission
from quizapp.services.access.attempts import access_attempt
from quizapp.services.marking import add_teacher_score
from quizapp.services.runtime import use_case
from quizapp.services.tries import attempt_summaries
from quizapp.storage.tables import Assignment, Attempt, AuditEntry, Grade, Score
from tests.builders.sitting import mark, sit_down
from tests.support.statements import count_statements


@pytest.fixture
def sitting(world):
    return sit_down(world)


@use_case
def summaries(work, actor, *, assignment_id, student_ids):
    return attempt_summaries(work, work.session.get_one(Assignment, assignment_id), student_ids)


def cell(sitting):
    (row,) = sitting.rows(Grade)
    return row.state, row.points, row.max_points, row.counting_attempt_id


def test_the_cell_waits_while_a_text_waits_for_the_teacher(sitting):
    sitting.save_all(sitting.right_answers())
    sitting.submit()

    assert cell(sitting) == ("waiting", 60_000, 90_000, sitting.attempt_id)

    mark(
        sitting.runtime,
        sitting.teacher.actor,
        attempt_id=sitting.attempt_id,
        slot=sitting.written_slot,
        level=1,
    )

    assert cell(sitting) == ("graded", 75_000, 90_000, sitting.attempt_id)
    assert sitting.rows(Attempt)[0].state == "graded"
    assert [row.action for row in sitting.rows(AuditEntry)][-2:] == ["score.given", "attempt.graded"]


def test_a_second_mark_counts_and_the_first_stays_in_the_list(sitting):
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    for level in (2, 0):
        mark(
            sitting.runtime, sitting.teacher.actor, attempt_id=sitting.attempt_id, slot=sitting.written_slot,
            level=level, comment=f"level {level}",
        )  # fmt: skip

    given = [row for row in sitting.rows(Score) if row.given_by == "teacher"]
    assert [(row.earned, row.comment) for row in given] == [(2, "level 2"), (0, "level 0")]
    assert cell(sitting)[:2] == ("graded", 60_000)


@pytest.mark.parametrize(("counts", "number"), [("highest", 1), ("latest", 2), ("first", 1)])
def test_the_try_that_counts_follows_the_rule(world, counts, number):
    sitting = sit_down(world, counts=counts)
    sitting.save_all({1: sitting.right_answers()[1]})
    sitting.submit()
    second = sitting.again()
    second.submit()

    counting = {1: sitting.attempt_id, 2: second.attempt_id}[number]
    assert cell(sitting)[3] == counting


def test_an_open_second_try_leaves_the_cell_as_it_is(sitting):
    sitting.submit()
    before = cell(sitting)
    sitting.again()

    assert cell(sitting) == before


def test_summaries_of_a_class_take_two_statements(sitting):
    students = [sitting.world.student(classroom=sitting.classroom).id for _ in range(5)]
    sitting.submit()
    sitting.again()

    with count_statements(sitting.runtime.database._connection) as sent:
        found = summaries(
            sitting.runtime, sitting.teacher.actor, assignment_id=sitting.assignment_id,
            student_ids=[sitting.student.id, *students],
        )  # fmt: skip

    first, second = found[sitting.student.id]
    assert (first.number, first.is_open, second.number, second.is_open) == (1, False, 2, True)
    assert set(found) == {sitting.student.id}
    assert len(sent) == 3


def test_marks_are_for_teachers_of_the_class_and_closed_tries(sitting):
    @use_case
    def give(work, actor, slot, levels):
        at_hand = access_attempt(work, actor, Permission.GRADE, id=sitting.attempt_id, for_update=True)
        return add_teacher_score(work, actor, at_hand, slot=slot, levels=levels, comment="")

    written = sitting.written_slot
    with pytest.raises(NotFound):
        give(sitting.runtime, sitting.student.actor, written, {"sources": 2})
    with pytest.raises(NotFound):
        give(sitting.runtime, sitting.world.teacher().actor, written, {"sources": 2})
    with pytest.raises(Conflict):
        give(sitting.runtime, sitting.teacher.actor, written, {"sources": 2})
    sitting.save_all({written: "text"})
    sitting.submit()
    with pytest.raises(NotFound):
        give(sitting.runtime, sitting.teacher.actor, 1, {"sources": 2})
    with pytest.raises(Refusal):
        give(sitting.runtime, sitting.teacher.actor, written, {"sources": 3})
