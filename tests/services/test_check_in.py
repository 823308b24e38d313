"""*Check in with* over a whole class: what students did becomes a reason, and what they do next takes it away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.check_in import Severity
from quizapp.core.errors import NotFound, Refusal
from quizapp.core.questions import Case
from quizapp.core.settings import TEACHING_DAYS, Weekday
from quizapp.services.check_in import check_in_list, talk_to_student
from quizapp.services.classrooms import classroom_page
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lessons import leave_screen, note_stuck, start_lesson
from quizapp.services.overrides import excuse_student
from quizapp.services.runtime import use_case
from quizapp.services.settings import store_setting
from quizapp.storage.tables import AuditEntry, CheckIn, StuckMark, User
from tests.builders.written import begin, hand_in_written
from tests.support.statements import count_statements

SLUG = "who-says"
LESSON = {"kind": "lesson", "content_key": f"sample:{SLUG}", "title": "Who says?"}
DAY = timedelta(days=1)


@pytest.fixture
def teacher(world):
    world.content()
    return world.teacher()


@pytest.fixture
def classroom(world, teacher):
    return world.classroom(teacher)


@pytest.fixture
def student(world, classroom):
    return world.student("Maya", classroom=classroom)


@use_case
def teach_on(work, actor, days):
    store_setting(work, actor, actor.school_id, TEACHING_DAYS, frozenset(days))


def named(runtime, teacher, classroom):
    page = check_in_list(runtime, teacher.actor, classroom_id=classroom)
    return {one.display_name: [reason.severity for reason in one.reasons] for one in page.students}


def talk(runtime, teacher, classroom, student, note="Comes on Monday at lunch"):
    talk_to_student(runtime, teacher.actor, classroom_id=classroom, student_id=student.id, note=note)


def answer(runtime, student, number, key, **fields):
    return answer_question(
        runtime,
        student.actor,
        slug=SLUG,
        number=number,
        question_key=f"sample:{key}",
        fields={name.replace("__", "."): [value] for name, value in fields.items()},
        shown_at=None,
    )


def test_work_past_due_names_the_student_until_it_is_handed_in(
    world, runtime, teacher, classroom, student, clock
):
    quiz = world.assignment(classroom, due_at=world.now + DAY)
    assert named(runtime, teacher, classroom) == {}

    clock.move(days=2)
    late = named(runtime, teacher, classroom)
    hand_in_written(world, student, quiz)

    assert late == {"Maya": [Severity.OVERDUE]}
    assert Severity.OVERDUE not in named(runtime, teacher, classroom).get("Maya", [])


def test_in_an_archived_class_nobody_is_named(world, runtime, teacher):
    old = world.classroom(teacher, archived_at=world.now)
    world.student("Maya", classroom=old)
    world.assignment(old, due_at=world.now - DAY)

    assert named(runtime, teacher, old) == {}


def test_whoever_is_excused_is_not_named(world, runtime, teacher, classroom, student, clock):
    quiz = world.assignment(classroom, due_at=world.now + DAY)
    clock.move(days=2)

    excuse_student(
        runtime,
        teacher.actor,
        classroom_id=classroom,
        assignment_id=quiz,
        student_id=student.id,
        reason="Ill",
    )

    assert named(runtime, teacher, classroom) == {}


def test_a_lesson_left_alone_counts_days_of_the_schools_week(
    world, runtime, teacher, classroom, student, clock
):
    world.assignment(classroom, **LESSON)
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.B)
    clock.move(days=3)
    in_a_usual_week = named(runtime, teacher, classroom)

    teach_on(runtime, teacher.actor, {Weekday.MONDAY, Weekday.THURSDAY})

    assert in_a_usual_week == {"Maya": [Severity.IDLE]}
    assert named(runtime, teacher, classroom) == {}


def test_going_on_ends_being_idle(world, runtime, teacher, classroom, student, clock):
    world.assignment(classroom, **LESSON)
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.B)
    clock.move(days=4)

    leave_screen(runtime, student.actor, slug=SLUG, number=1)

    assert named(runtime, teacher, classroom) == {}


def test_an_open_try_left_alone_names_the_student(world, runtime, teacher, classroom, student, clock):
    begin(world, student, world.assignment(classroom))

    clock.move(days=3)

    assert named(runtime, teacher, classroom) == {"Maya": [Severity.IDLE]}


def test_one_low_try_is_nothing_and_the_last_one_is_a_reason(world, runtime, teacher, classroom, student):
    quiz = world.assignment(classroom, attempts_allowed=2)
    hand_in_written(world, student, quiz, text=None)
    after_one = named(runtime, teacher, classroom)

    hand_in_written(world, student, quiz, text=None)

    assert after_one == {}
    assert named(runtime, teacher, classroom) == {"Maya": [Severity.LOW]}


def test_two_low_tries_at_two_quizzes_are_a_reason(world, runtime, teacher, classroom, student, clock):
    for title in ("First", "Second"):
        clock.move(hours=1)
        hand_in_written(world, student, world.assignment(classroom, title=title), text=None)

    (only,) = check_in_list(runtime, teacher.actor, classroom_id=classroom).students
    assert "Second" in str(only.reasons[0].message)


def test_being_stuck_comes_first_and_goes_with_the_next_screen(world, runtime, teacher, classroom, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.B)
    note_stuck(runtime, student.actor, slug=SLUG, number=2)
    stuck = named(runtime, teacher, classroom)

    leave_screen(runtime, student.actor, slug=SLUG, number=2)

    assert stuck == {"Maya": [Severity.STUCK]}
    assert named(runtime, teacher, classroom) == {}


def test_four_wrong_in_a_row_are_a_reason_and_one_is_none(world, runtime, teacher, classroom, student):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)
    wrong = {"lesson-exit__l1": "backed", "lesson-exit__l2": "backed"}
    wrong |= {"lesson-exit__l3": "claimed", "lesson-exit__l4": "claimed"}
    sure = {f"sure-lesson-exit-l{number}": "0" for number in range(1, 5)}
    before = named(runtime, teacher, classroom)

    answered = answer(runtime, student, 6, "lesson-exit", **wrong, **sure)

    assert answered.rejected is None
    assert before == {}
    assert named(runtime, teacher, classroom) == {"Maya": [Severity.PRACTICE]}


def test_a_page_left_unfinished_twice_is_a_reason_until_it_is_finished(
    world, runtime, teacher, classroom, student
):
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.A)
    answer(runtime, student, 4, "lesson-page-a", **{"lesson-page-a__l1": "backed"})
    once = named(runtime, teacher, classroom)

    answer(runtime, student, 4, "lesson-page-a", **{"lesson-page-a__l1": "claimed"})

    assert once == {}
    assert named(runtime, teacher, classroom) == {"Maya": [Severity.PRACTICE]}


def test_a_talk_clears_with_a_note_and_something_new_names_again(
    world, runtime, teacher, classroom, student, clock, connection
):
    world.assignment(classroom, due_at=world.now + DAY)
    start_lesson(runtime, student.actor, slug=SLUG, case=Case.B)
    note_stuck(runtime, student.actor, slug=SLUG, number=2)
    clock.move(days=2)

    talk(runtime, teacher, classroom, student)
    cleared = named(runtime, teacher, classroom)
    clock.move(hours=1)
    note_stuck(runtime, student.actor, slug=SLUG, number=3)

    assert cleared == {}
    assert named(runtime, teacher, classroom) == {"Maya": [Severity.STUCK]}
    assert connection.scalars(select(CheckIn.note)).all() == ["Comes on Monday at lunch"]
    assert connection.scalars(select(StuckMark.cleared_by).where(StuckMark.screen == 2)).one() == teacher.id
    audited = connection.execute(select(AuditEntry.after).where(AuditEntry.action == "check_in.talked")).one()
    assert audited[0] == {"classroom_id": classroom, "student_id": student.id}


@pytest.mark.parametrize("note", ["", "  ", "x" * 501])
def test_a_talk_without_a_note_is_refused_at_its_field(runtime, teacher, classroom, student, note):
    with pytest.raises(Refusal) as refused:
        talk(runtime, teacher, classroom, student, note)

    assert refused.value.field == "note"


def test_only_a_teacher_of_the_class_sees_and_notes(world, runtime, teacher, classroom, student):
    outsider = world.teacher()
    elsewhere = world.student(classroom=world.classroom(teacher, "10B"))

    for actor, someone in ((outsider, student), (student, student), (teacher, elsewhere)):
        with pytest.raises(NotFound):
            talk(runtime, actor, classroom, someone)
    with pytest.raises(NotFound):
        check_in_list(runtime, outsider.actor, classroom_id=classroom)


def test_the_class_page_names_five_and_counts_the_others(world, runtime, teacher, classroom, clock):
    world.assignment(classroom, due_at=world.now + DAY)
    students = [world.student(f"Student {number:02}", classroom=classroom) for number in range(12)]
    with runtime.database.writing() as session:
        session.get_one(User, students[0].id).suspended_at = world.now
    clock.move(days=2)

    page = classroom_page(runtime, teacher.actor, classroom_id=classroom).check_in

    assert [one.display_name for one in page.first] == [f"Student {number:02}" for number in range(1, 6)]
    assert page.others == 6


def test_a_larger_class_takes_no_more_statements(world, runtime, teacher, classroom, clock, connection):
    quiz = world.assignment(classroom, due_at=world.now + DAY)
    world.assignment(classroom, **LESSON)

    def fill():
        busy = world.student(classroom=classroom)
        start_lesson(runtime, busy.actor, slug=SLUG, case=Case.A)
        note_stuck(runtime, busy.actor, slug=SLUG, number=1)
        answer(runtime, busy, 4, "lesson-page-a", **{"lesson-page-a__l1": "backed"})
        hand_in_written(world, busy, quiz, text=None)
        begin(world, busy, quiz)

    def statements():
        with count_statements(connection) as sent:
            classroom_page(runtime, teacher.actor, classroom_id=classroom)
        return len(sent)

    fill()
    statements()
    before = statements()
    for _ in range(3):
        fill()

    assert statements() == before
