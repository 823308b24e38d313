"""What a student sees of a result, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.errors import NotFound, Refusal
from quizapp.services.results import Mark, result_page
from quizapp.services.self_marks import mark_oneself
from quizapp.storage.tables import SelfMark
from tests.builders.sitting import Sitting, mark, show_results, sit_down
from tests.support.statements import count_statements


def page(sitting: Sitting):
    return result_page(sitting.runtime, sitting.student.actor, attempt_id=sitting.attempt_id)


def told(sitting: Sitting):
    result = page(sitting)
    return result.visible.score, result.visible.why, result.visible.key


def test_practice_shows_everything_at_once(world):
    sitting = sit_down(world, preset="practice")
    sitting.save_all({**sitting.right_answers(), 1: sitting.wrong_answer(1)})
    sitting.submit()

    result = page(sitting)

    assert told(sitting) == (True, True, True)
    assert (result.points, result.waiting, result.withheld) == (50_000, 1, ())
    marks = {one.slot: one.mark for one in result.questions}
    assert marks[1] is Mark.WRONG
    assert marks[sitting.written_slot] is Mark.WAITING
    assert marks[sitting.slot_of("order")] is Mark.RIGHT


def test_homework_shows_why_after_the_last_try_and_the_key_when_it_is_due(world, clock):
    sitting = sit_down(world, due_at=clock.now + timedelta(days=1))
    sitting.submit()
    assert told(sitting) == (True, False, False)
    assert [str(one.what) for one in page(sitting).withheld] == ["Why", "The right answers"]
    second = sitting.again()
    assert told(sitting) == (False, False, False), "an open try must not learn from the one before"
    second.submit()
    assert told(sitting) == (True, True, False)
    clock.move(days=1, seconds=1)
    assert told(sitting) == (True, True, True)


def test_a_test_shows_nothing_before_it_closes_and_the_teacher_shows_the_results(world, clock):
    sitting = sit_down(world, preset="test", closes_at=clock.now + timedelta(hours=1))
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    show_results(world.runtime, sitting.teacher.actor, assignment_id=sitting.assignment_id)
    assert told(sitting) == (False, False, False)
    result = page(sitting)
    assert (result.points, result.percent) == (None, None)
    assert all(one.points is None and one.mark is None and one.rule is None for one in result.questions)
    assert all(one.points is None and one.receipt for one in result.tries)
    clock.move(hours=1, seconds=1)
    assert told(sitting) == (True, True, True)


def test_a_teachers_mark_is_seen_when_the_results_are_shown_after_it(world, clock):
    sitting = sit_down(world, preset="practice")
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    written = sitting.written_slot

    def seen():
        question = next(one for one in page(sitting).questions if one.slot == written)
        return question.mark, question.comment

    mark(
        world.runtime,
        sitting.teacher.actor,
        attempt_id=sitting.attempt_id,
        slot=written,
        level=2,
        comment="Good",
    )
    assert seen() == (Mark.WAITING, None)
    assert page(sitting).points == 60_000

    clock.move(minutes=1)
    show_results(world.runtime, sitting.teacher.actor, assignment_id=sitting.assignment_id)
    assert seen() == (Mark.RIGHT, "Good")
    assert page(sitting).points == 90_000

    clock.move(minutes=1)
    mark(
        world.runtime,
        sitting.teacher.actor,
        attempt_id=sitting.attempt_id,
        slot=written,
        level=0,
        comment="No",
    )
    assert seen() == (Mark.RIGHT, "Good"), "a mark after the release waits for the next"


def test_the_rule_that_counts_names_the_try(world):
    sitting = sit_down(world, preset="practice")
    sitting.save_all(sitting.right_answers())
    sitting.submit()
    second = sitting.again()
    second.submit()

    assert page(sitting).is_counting
    assert not page(second).is_counting
    assert [(one.number, one.counts) for one in page(second).tries] == [(1, True), (2, False)]


def test_an_overdue_try_reads_as_handed_in_before_it_is_stored(world, clock):
    sitting = sit_down(world, preset="practice", limit_seconds=600)
    assert page(sitting) is None
    clock.move(minutes=12)

    result = page(sitting)

    assert result.finished_at == clock.now - timedelta(minutes=2)
    assert result.tries[0].receipt is None


def test_a_result_takes_a_fixed_number_of_statements(world):
    sitting = sit_down(world, preset="practice", attempts_allowed=5)
    sitting.submit()
    page(sitting)
    with count_statements(world.runtime.database._connection) as one_try:
        page(sitting)
    for _ in range(3):
        sitting.again().submit()
    with count_statements(world.runtime.database._connection) as four_tries:
        page(sitting)

    assert len(one_try) == len(four_tries) <= 9


def test_the_own_mark_beside_the_anchors_is_kept_and_never_counts(world):
    sitting = sit_down(world, preset="practice")
    sitting.save_all(sitting.right_answers())
    written = sitting.written_slot

    def choose(level, slot=written):
        mark_oneself(
            world.runtime, sitting.student.actor, attempt_id=sitting.attempt_id, slot=slot, level=level
        )

    with pytest.raises(NotFound):
        choose(1)
    sitting.submit()
    choose(1)
    choose(2)
    with pytest.raises(Refusal):
        choose(3)
    with pytest.raises(NotFound):
        choose(1, slot=1)

    assert [row.level for row in sitting.rows(SelfMark)] == [2]
    assert page(sitting).points == 60_000
