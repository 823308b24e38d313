from __future__ import annotations

from datetime import timedelta

import pytest

from quizapp.core.errors import NotFound
from quizapp.core.practice import Changes
from quizapp.core.questions import Case
from quizapp.services.asked import asked_in
from quizapp.services.attempts import start_attempt
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lessons import leave_screen, start_lesson
from quizapp.services.progress import Count, progress_page
from quizapp.services.runtime import Work
from quizapp.services.saving import Arrived, take_lease
from quizapp.services.submitting import submit_attempt
from quizapp.storage.tables import Attempt
from tests.support.statements import count_statements


@pytest.fixture
def classroom(world):
    world.content()
    return world.classroom(world.teacher())


@pytest.fixture
def student(world, runtime, classroom):
    made = world.student(classroom=classroom)
    start_lesson(runtime, made.actor, slug="who-says", case=Case.A)
    return made


def answer(runtime, student, number, key, fields):
    answer_question(
        runtime, student.actor, slug="who-says", number=number, question_key=f"sample:{key}", fields=fields,
        shown_at=None,
    )  # fmt: skip


def exit_check(runtime, student, *, sure=True):
    verdicts = {"l1": "claimed", "l2": "unsourced", "l3": "backed", "l4": "claimed"}
    fields = {f"lesson-exit.{line}": [verdict] for line, verdict in verdicts.items()}
    fields |= {f"sure-lesson-exit-{line}": ["1" if sure else "0"] for line in verdicts}
    answer(runtime, student, 6, "lesson-exit", fields)


def quiz_right(runtime, student, assignment_id):
    """Take the quiz with everything right, the written answer apart, which a person marks."""
    attempt_id = start_attempt(runtime, student.actor, assignment_id=assignment_id, case=Case.A).attempt_id
    lease = take_lease(runtime, student.actor, attempt_id=attempt_id).lease
    with runtime.database.reading() as session:
        asked = asked_in(Work(session, runtime.clock(), runtime), session.get_one(Attempt, attempt_id))
    right = [Arrived(one.slot, 1, one.type.correct_value(one.settings)) for one in asked]
    submit_attempt(runtime, student.actor, attempt_id=attempt_id, lease=lease, responses=right)


def the_line(runtime, student):
    (line,) = progress_page(runtime, student.actor).skills
    return line


def test_nothing_answered_is_nothing_to_show(runtime, student):
    page = progress_page(runtime, student.actor)

    assert (page.skills, page.not_met, page.sure, page.lessons) == ((), 2, None, ())
    assert page.changes == Changes(0, 0)


def test_guesses_are_no_evidence_and_only_first_tries_count(runtime, student):
    answer(runtime, student, 1, "lesson-guess", {"lesson-guess": ["c"]})
    answer(runtime, student, 7, "lesson-guess", {"lesson-guess": ["c"]})
    answer(runtime, student, 8, "lesson-find", {"lesson-find": ["c"]})
    answer(runtime, student, 8, "lesson-find", {"lesson-find": ["a", "b"]})

    assert the_line(runtime, student).practice == Count(right=0, answered=1)


def test_a_check_is_counted_whole_and_sure_by_line(runtime, student):
    exit_check(runtime, student)

    page = progress_page(runtime, student.actor)
    assert page.skills[0].checks == Count(right=1, answered=1)
    assert (page.sure.sure, page.sure.right) == (4, 3)


def test_changed_verdicts_are_counted_and_those_for_good_reason(runtime, student):
    for verdicts in ({"l1": "backed", "l2": "view"}, {"l1": "unsourced", "l2": "claimed"}):
        fields = {f"lesson-page-a.{line}": [verdict] for line, verdict in verdicts.items()}
        answer(runtime, student, 4, "lesson-page-a", fields)

    assert progress_page(runtime, student.actor).changes == Changes(changed=2, for_good=1)


def test_a_quiz_is_evidence_once_its_score_may_be_seen(runtime, clock, world, classroom, student):
    hidden = world.assignment(classroom, preset="test", closes_at=world.now + timedelta(days=1))
    quiz_right(runtime, student, hidden)
    assert progress_page(runtime, student.actor).skills == ()

    quiz_right(runtime, student, world.assignment(classroom))

    assert the_line(runtime, student).quizzes == Count(right=5, answered=5)


def test_a_skill_is_shown_over_two_days(runtime, clock, world, classroom, student):
    quiz_right(runtime, student, world.assignment(classroom))
    assert not the_line(runtime, student).evidence.is_shown

    clock.move(days=1)
    exit_check(runtime, student)

    evidence = the_line(runtime, student).evidence
    assert (evidence.right_of_last, evidence.days) == (5, 2)
    assert evidence.is_shown


def test_finished_lessons_are_listed(runtime, student):
    leave_screen(runtime, student.actor, slug="who-says", number=7)

    assert [lesson.title for lesson in progress_page(runtime, student.actor).lessons] == ["Who says?"]


def test_a_classmates_evidence_is_not_mine(runtime, world, classroom, student):
    classmate = world.student(classroom=classroom)

    exit_check(runtime, student)

    assert progress_page(runtime, classmate.actor).skills == ()


def test_staff_have_nothing_to_show_here(runtime, world, classroom):
    with pytest.raises(NotFound):
        progress_page(runtime, world.admin().actor)


def test_statements_do_not_grow_with_what_was_answered(runtime, world, classroom, student, connection):
    def statements():
        progress_page(runtime, student.actor)
        with count_statements(connection) as sent:
            progress_page(runtime, student.actor)
        return len(sent)

    quiz_right(runtime, student, world.assignment(classroom))
    exit_check(runtime, student)
    before = statements()

    for _ in range(3):
        quiz_right(runtime, student, world.assignment(classroom))

    assert statements() == before
