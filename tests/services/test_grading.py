"""The grading queue: which answers wait, in which order, and what a mark does."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from quizapp.core.errors import Conflict, NotFound, Refusal
from quizapp.services.grading import grading_page, grading_queue, mark_answer
from quizapp.storage.tables import Grade, Score
from tests.builders.written import begin, hand_in_written, mark_written, newest_mark, written_slot
from tests.support.statements import count_statements


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher()


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


@pytest.fixture
def quiz(world, classroom):
    return world.assignment(classroom)


def hand_in(world, classroom, quiz, name=None, **values):
    return hand_in_written(world, world.student(name, classroom=classroom), quiz, **values)


def version_of(world, attempt):
    return written_slot(world, attempt)[1]


def page_of(world, runtime, teacher, quiz, attempt):
    return grading_page(
        runtime,
        teacher.actor,
        assignment_id=quiz,
        question_version_id=version_of(world, attempt),
        attempt_id=attempt,
    )


def test_the_queue_counts_what_waits_by_question(world, runtime, teacher, classroom, quiz, clock):
    attempts = []
    for _ in range(6):
        attempts.append(hand_in(world, classroom, quiz))
        clock.move(hours=1)
    mark_written(world, teacher, attempts[-1])

    lines = grading_queue(runtime, teacher.actor)

    assert {line.question_version_id for line in lines} == {version_of(world, one) for one in attempts}
    assert sum(line.waiting for line in lines) == 5
    assert sum(line.answers for line in lines) == 6
    assert all(line.asks for line in lines)
    waiting_since = [line.oldest for line in lines if line.waiting]
    assert waiting_since == sorted(waiting_since)


def test_a_blank_answer_waits_for_nobody(world, runtime, teacher, classroom, quiz):
    hand_in(world, classroom, quiz, text=None)

    assert grading_queue(runtime, teacher.actor) == ()


def test_a_try_that_is_under_way_is_not_in_the_queue(world, runtime, teacher, classroom, quiz):
    begin(world, world.student(classroom=classroom), quiz)

    assert grading_queue(runtime, teacher.actor) == ()


def test_an_answer_comes_without_a_name_and_with_rubric_and_anchors(world, runtime, teacher, classroom, quiz):
    attempt = hand_in(world, classroom, quiz, "Ana Silva")

    page = page_of(world, runtime, teacher, quiz, attempt)

    assert "Ana" not in repr(page)
    assert page.current.view["paragraphs"] == ["The leaflet says so.", "Nobody asked the baker."]
    assert [criterion.id for criterion in page.current.criteria] == ["sources"]
    assert set(page.current.criteria[0].levels) == {0, 1, 2}
    assert len(page.current.view["anchors"]) == 3


def test_the_order_is_the_same_on_every_visit_and_not_that_of_arrival(
    world, runtime, teacher, classroom, quiz
):
    attempts = [hand_in(world, classroom, quiz) for _ in range(12)]

    orders = []
    for _ in range(2):
        for line in grading_queue(runtime, teacher.actor):
            page = grading_page(
                runtime,
                teacher.actor,
                assignment_id=quiz,
                question_version_id=line.question_version_id,
            )
            orders.append([one.attempt_id for one in page.answers])

    half = len(orders) // 2
    assert orders[:half] == orders[half:]
    assert sorted(one for order in orders[:half] for one in order) == attempts
    assert any(order != sorted(order) for order in orders[:half])


def test_the_first_that_waits_is_read_next(world, runtime, teacher, classroom, quiz):
    attempt = hand_in(world, classroom, quiz)
    version = version_of(world, attempt)
    where = {"assignment_id": quiz, "question_version_id": version}

    assert grading_page(runtime, teacher.actor, **where).current.attempt_id == attempt
    mark_written(world, teacher, attempt)

    page = grading_page(runtime, teacher.actor, **where)
    assert page.current is None
    assert page.marked == 1


def test_a_mark_makes_the_grade(world, runtime, teacher, classroom, quiz, connection):
    attempt = hand_in(world, classroom, quiz)

    mark_written(world, teacher, attempt, level=1, comment=" Who told you? ")

    score = newest_mark(world, attempt)
    assert (score.earned, score.of, score.points) == (1, 2, 15_000)
    assert (score.levels, score.comment, score.marker_id) == ({"sources": 1}, "Who told you?", teacher.id)
    assert connection.execute(select(Grade.state, Grade.points)).one() == ("graded", 15_000)


def test_marking_again_adds_and_the_newest_counts(world, runtime, teacher, classroom, quiz, connection):
    attempt = hand_in(world, classroom, quiz)

    mark_written(world, teacher, attempt, level=0)
    mark_written(world, teacher, attempt, level=2)

    given = connection.scalar(select(func.count()).select_from(Score).where(Score.given_by == "teacher"))
    assert given == 2
    assert connection.scalar(select(Grade.points)) == 30_000
    assert page_of(world, runtime, teacher, quiz, attempt).current.mark.levels == {"sources": 2}


def test_a_mark_from_an_old_page_is_held_back(world, runtime, teacher, classroom, quiz):
    colleague = world.teacher()
    world.co_teacher(colleague, classroom)
    attempt = hand_in(world, classroom, quiz)
    mark_written(world, colleague, attempt, level=0)

    with pytest.raises(Conflict):
        mark_answer(
            runtime,
            teacher.actor,
            assignment_id=quiz,
            question_version_id=version_of(world, attempt),
            attempt_id=attempt,
            levels={"sources": 2},
            comment="",
            seen=0,
        )

    assert newest_mark(world, attempt).earned == 0
    assert not page_of(world, runtime, teacher, quiz, attempt).current.mark.is_own


@pytest.mark.parametrize("levels", [{}, {"sources": None}, {"sources": 3}])
def test_every_criterion_needs_a_level(world, runtime, teacher, classroom, quiz, levels):
    attempt = hand_in(world, classroom, quiz)

    with pytest.raises(Refusal) as refused:
        mark_answer(
            runtime,
            teacher.actor,
            assignment_id=quiz,
            question_version_id=version_of(world, attempt),
            attempt_id=attempt,
            levels=levels,
            comment="",
            seen=0,
        )

    assert refused.value.field == "level-sources"
    assert newest_mark(world, attempt) is None


def test_nobody_else_reads_or_marks(world, runtime, teacher, classroom, quiz):
    attempt = hand_in(world, classroom, quiz)
    pupil = world.student(classroom=classroom)
    elsewhere = world.teacher(school_id=world.school("Other School"))

    for one in (world.teacher(), world.admin(), pupil, elsewhere):
        with pytest.raises(NotFound):
            page_of(world, runtime, one, quiz, attempt)
        with pytest.raises(NotFound):
            mark_written(world, one, attempt)
    assert grading_queue(runtime, elsewhere.actor) == ()
    with pytest.raises(NotFound):
        grading_queue(runtime, pupil.actor)


def test_an_answer_is_found_at_its_own_assignment_and_question_only(world, runtime, teacher, classroom, quiz):
    attempt = hand_in(world, classroom, quiz)
    other_quiz = world.assignment(classroom)
    version = version_of(world, attempt)

    for assignment, question, answer in (
        (other_quiz, version, attempt),
        (quiz, version + 9999, attempt),
        (quiz, version, attempt + 9999),
    ):
        with pytest.raises(NotFound):
            grading_page(
                runtime,
                teacher.actor,
                assignment_id=assignment,
                question_version_id=question,
                attempt_id=answer,
            )
        with pytest.raises(NotFound):
            mark_answer(
                runtime,
                teacher.actor,
                assignment_id=assignment,
                question_version_id=question,
                attempt_id=answer,
                levels={"sources": 1},
                comment="",
                seen=0,
            )


def test_more_answers_take_no_more_statements(world, runtime, teacher, classroom, quiz, connection):
    first = hand_in(world, classroom, quiz)

    def statements():
        with count_statements(connection) as sent:
            grading_queue(runtime, teacher.actor)
            page_of(world, runtime, teacher, quiz, first)
        return len(sent)

    statements()
    before = statements()
    for _ in range(4):
        hand_in(world, classroom, quiz)

    assert statements() == before
