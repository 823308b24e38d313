from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound, Refusal
from quizapp.core.questions import Case
from quizapp.services.lesson_answers import answer_question
from quizapp.services.lesson_screens import print_page, screen_page
from quizapp.services.lessons import change_case, start_lesson
from quizapp.services.retold import retold_page
from quizapp.storage.tables import PracticeAnswer
from tests.support.statements import count_statements

SLUG = "who-says"
EXIT_RIGHT = {"l1": "claimed", "l2": "unsourced", "l3": "backed", "l4": "view"}


@pytest.fixture
def student(world, runtime):
    world.content()
    made = world.student()
    start_lesson(runtime, made.actor, slug=SLUG, case=Case.A)
    return made


def answer(runtime, student, number, key, fields, **values):
    return answer_question(
        runtime,
        student.actor,
        slug=SLUG,
        number=number,
        question_key=f"sample:{key}",
        fields={name: [value] for name, value in fields.items()},
        shown_at=values.get("shown_at"),
    )


def print_the_page(runtime, student, key="lesson-page-a", **verdicts):
    return answer(runtime, student, 4, key, {f"{key}.{line}": verdict for line, verdict in verdicts.items()})


def exit_check(runtime, student, verdicts=EXIT_RIGHT, sure=("l1", "l2")):
    fields = {f"lesson-exit.{line}": verdict for line, verdict in verdicts.items()}
    fields |= {f"sure-lesson-exit-{line}": "1" if line in sure else "0" for line in EXIT_RIGHT}
    return answer(runtime, student, 6, "lesson-exit", fields)


def stored(runtime):
    with runtime.database.reading() as session:
        return list(session.scalars(select(PracticeAnswer).order_by(PracticeAnswer.id)))


def the_question(runtime, student, number):
    return screen_page(runtime, student.actor, slug=SLUG, number=number).screen.questions[0]


def test_a_first_guess_is_kept_without_right_or_wrong(runtime, student):
    answer(runtime, student, 1, "lesson-guess", {"lesson-guess": "a"})

    (row,) = stored(runtime)
    question = the_question(runtime, student, 1)
    assert (row.purpose, row.ordinal, row.value, row.is_checked) == ("first_guess", 1, "a", False)
    assert question.form is None
    assert question.review.outcome is None
    assert question.review.rule is None
    assert question.review.evidence == ()


def test_a_first_guess_is_not_mended(runtime, student):
    answer(runtime, student, 1, "lesson-guess", {"lesson-guess": "a"})

    again = answer(runtime, student, 1, "lesson-guess", {"lesson-guess": "c"})

    assert again.note is not None
    assert [row.value for row in stored(runtime)] == ["a"]


def test_the_first_guess_stands_beside_the_new_one(runtime, student):
    answer(runtime, student, 1, "lesson-guess", {"lesson-guess": "a"})
    assert the_question(runtime, student, 7).first_guess is None

    answer(runtime, student, 7, "lesson-guess", {"lesson-guess": "c"})

    question = the_question(runtime, student, 7)
    assert (question.first_guess.outcome, question.review.outcome) == ("wrong", "right")


def test_printing_keeps_each_change_of_mind(runtime, student):
    print_the_page(runtime, student, l1="backed", l2="claimed")
    print_the_page(runtime, student, l1="unsourced", l2="claimed")

    rows = stored(runtime)
    assert [(row.ordinal, row.value["l1"], row.earned, row.of) for row in rows] == [
        (1, "backed", 0, 12),
        (2, "unsourced", 1, 12),
    ]
    assert {(row.part, row.case, row.purpose) for row in rows} == {("sample:lesson-page", "A", "task")}


def test_the_first_print_counts_and_explains_and_the_second_shows_the_key(runtime, student):
    print_the_page(runtime, student, l1="backed")
    first = the_question(runtime, student, 4)
    print_the_page(runtime, student, l1="view")
    second = the_question(runtime, student, 4)

    assert [edition["name"] for edition in first.review.view["editions"]] == ["believe", "doubt", "yours"]
    assert first.review.view["lines"][0]["feedback"]
    assert first.review.view["lines"][0]["key"] is None
    assert second.review.view["lines"][0]["key"] == "unsourced"
    assert second.form is not None


def test_the_same_answer_sent_twice_is_stored_once(runtime, student):
    print_the_page(runtime, student, l1="backed")
    print_the_page(runtime, student, l1="backed")

    assert len(stored(runtime)) == 1


def test_a_malformed_answer_comes_back_with_what_was_typed(runtime, student):
    answered = print_the_page(runtime, student, l1="backed", l2="true")

    assert stored(runtime) == []
    assert answered.rejected.problems
    page = screen_page(runtime, student.actor, slug=SLUG, number=4, rejected=answered.rejected)
    lines = page.screen.questions[0].form.view["lines"]
    assert lines[0]["given"] == "backed"
    assert page.screen.questions[0].form.problems == answered.rejected.problems


def test_nothing_chosen_is_asked_for(runtime, student):
    answered = answer(runtime, student, 1, "lesson-guess", {})

    assert "Nothing is chosen yet" in str(answered.rejected.problems[0])


def test_the_exit_check_keeps_for_each_line_whether_it_was_sure(runtime, student):
    exit_check(runtime, student, {**EXIT_RIGHT, "l2": "backed"}, sure=("l1", "l2", "l3"))

    rows = stored(runtime)
    page = screen_page(runtime, student.actor, slug=SLUG, number=6)
    assert [(row.part, row.value, row.sure, row.earned) for row in rows] == [
        ("sample:lesson-exit#l1", {"l1": "claimed"}, True, 1),
        ("sample:lesson-exit#l2", {"l2": "backed"}, True, 0),
        ("sample:lesson-exit#l3", {"l3": "backed"}, True, 1),
        ("sample:lesson-exit#l4", {"l4": "view"}, False, 1),
    ]
    assert (page.sure.sure, page.sure.right) == (3, 2)
    assert str(page.screen.questions[0].review.rule) == "3 of 4 right"


def test_the_exit_check_asks_for_every_line_and_how_sure(runtime, student):
    open_lines = exit_check(runtime, student, {"l1": "claimed"})
    unsaid = answer(
        runtime, student, 6, "lesson-exit", {f"lesson-exit.{k}": v for k, v in EXIT_RIGHT.items()}
    )

    assert str(open_lines.rejected.problems[0]) == "Decide each line first. Still open: 3."
    assert str(unsaid.rejected.problems[0]) == "Say for each line whether you are sure. Still open: 4."
    assert open_lines.rejected.sure["l1"] is True
    assert stored(runtime) == []


def test_a_written_answer_meets_the_anchors_at_once(runtime, student):
    answer(
        runtime, student, 8, "lesson-write", {"lesson-write": "The owner says it, and she sets the hours."}
    )

    (row,) = stored(runtime)
    question = screen_page(runtime, student.actor, slug=SLUG, number=8).screen.questions[1]
    assert (row.earned, row.of, row.purpose) == (None, None, "extension")
    assert question.review.outcome is None
    assert len(question.review.view["anchors"]) == 3


def test_a_question_that_was_right_is_closed(runtime, student):
    right = {"lesson-find": ["a", "b"]}
    answer_question(
        runtime,
        student.actor,
        slug=SLUG,
        number=8,
        question_key="sample:lesson-find",
        fields=right,
        shown_at=None,
    )

    again = answer(runtime, student, 8, "lesson-find", {"lesson-find": "a"})

    assert again.note is not None
    assert len(stored(runtime)) == 1


def test_an_answer_to_the_other_case_counts_after_a_change_in_another_window(runtime, student):
    change_case(runtime, student.actor, slug=SLUG, case=Case.B)

    print_the_page(runtime, student, l1="backed")

    (row,) = stored(runtime)
    assert row.case == "A"


@pytest.mark.parametrize(
    ("number", "key"), [(1, "lesson-exit"), (2, "lesson-guess"), (9, "lesson-guess"), (1, "x")]
)
def test_a_question_that_the_screen_does_not_ask_is_not_found(runtime, student, number, key):
    with pytest.raises(NotFound):
        answer(runtime, student, number, key, {key: "a"})


def test_before_a_case_is_chosen_there_is_no_screen(runtime, world, student):
    other = world.student()

    for call in (
        lambda: screen_page(runtime, other.actor, slug=SLUG, number=1),
        lambda: print_page(runtime, other.actor, slug=SLUG),
        lambda: answer(runtime, other, 1, "lesson-guess", {"lesson-guess": "a"}),
    ):
        with pytest.raises(Refusal):
            call()


def test_a_classmate_sees_no_answer_of_mine(runtime, world, student):
    classmate = world.student()
    start_lesson(runtime, classmate.actor, slug=SLUG, case=Case.A)

    print_the_page(runtime, student, l1="backed")

    assert the_question(runtime, classmate, 4).review is None


@pytest.mark.parametrize(("ago", "kept"), [(90, True), (-5, False), (13 * 3600, False)])
def test_a_believable_time_of_showing_is_kept(runtime, student, ago, kept):
    shown_at = runtime.clock() - timedelta(seconds=ago)

    answer(runtime, student, 1, "lesson-guess", {"lesson-guess": "a"}, shown_at=shown_at)

    assert stored(runtime)[0].shown_at == (shown_at if kept else None)


def test_paper_shows_every_screen_and_no_answer(runtime, student):
    print_the_page(runtime, student, l1="backed")

    page = print_page(runtime, student.actor, slug=SLUG)

    assert len(page.screens) == 8
    assert all(question.review is None for screen in page.screens for question in screen.questions)
    assert all(line["given"] is None for line in page.screens[3].questions[0].form.view["lines"])


def test_claims_on_the_page_carry_the_newest_verdict_of_the_student_alone(runtime, world, student):
    print_the_page(runtime, student, l1="backed", l3="claimed")
    print_the_page(runtime, student, l1="unsourced", l3="claimed")

    def own(person):
        page = retold_page(runtime, person.actor)
        return {claim.id: claim.own for card in page.cards for claim in card.claims}

    assert own(student) == {"C01": "unsourced", "C02": None, "C03": "claimed", "C04": None}
    assert set(own(world.student()).values()) == {None}
    assert set(own(world.teacher()).values()) == {None}


def test_a_screen_takes_two_statements_however_much_was_answered(runtime, student, connection):
    def statements(number):
        screen_page(runtime, student.actor, slug=SLUG, number=number)
        with count_statements(connection) as sent:
            screen_page(runtime, student.actor, slug=SLUG, number=number)
        return len(sent)

    before = statements(4)
    for verdict in ("backed", "claimed", "view"):
        print_the_page(runtime, student, l1=verdict)

    assert before == statements(4) == 2
    assert statements(8) == 2
