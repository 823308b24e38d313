"""A document comes with its lesson, its verdicts are kept and never count, and a change of mind is seen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from quizapp.core.errors import NotFound
from quizapp.core.permissions import NOBODY
from quizapp.core.practice import Changes
from quizapp.core.questions import Case, Verdict
from quizapp.core.settings import CASES, Cases
from quizapp.services.folder import brings_document, document_page, folder_page, judge_document
from quizapp.services.folder_library import folder_for_teachers
from quizapp.services.home import home_page
from quizapp.services.lessons import change_case, leave_screen, start_lesson
from quizapp.services.runtime import use_case
from quizapp.services.settings import store_setting
from quizapp.storage.tables import PracticeAnswer
from tests.builders.folder import FIRST, RIGHT, SECOND, folder_items
from tests.support.statements import count_statements


@pytest.fixture
def student(world):
    world.content(folder_items())
    return world.student()


@use_case
def use_fictional_only(work, actor):
    store_setting(work, actor, actor.school_id, CASES, Cases.FICTIONAL_ONLY)


def finish(runtime, student, slug, case=Case.B):
    start_lesson(runtime, student.actor, slug=slug, case=case)
    leave_screen(runtime, student.actor, slug=slug, number=7)


def judge(runtime, student, number, verdicts, case=Case.B):
    name = f"folder-{number}-{case.value.lower()}"
    fields = {f"{name}.{line}": [verdict] for line, verdict in verdicts.items()}
    return judge_document(runtime, student.actor, document_id=f"d{number}", fields=fields, shown_at=None)


def stored(runtime):
    with runtime.database.reading() as session:
        return list(session.scalars(select(PracticeAnswer)))


def test_before_the_first_lesson_everything_waits_and_no_title_is_told(runtime, student):
    page = folder_page(runtime, student.actor)

    assert page.edition.title == "Depot strike"
    assert [(one.came_at, one.title, one.lesson_number) for one in page.entries] == [
        (None, "", 1),
        (None, "", 2),
    ]
    assert page.next_entry is None
    assert page.trails == ()
    with pytest.raises(NotFound):
        document_page(runtime, student.actor, document_id="d1")


def test_a_document_comes_when_its_lesson_is_finished_whatever_the_order(runtime, student):
    start_lesson(runtime, student.actor, slug=FIRST, case=Case.B)
    finish(runtime, student, SECOND)

    page = folder_page(runtime, student.actor)

    assert [one.title for one in page.entries] == ["", "Document 2B"]
    assert page.next_entry == page.entries[1]
    assert home_page(runtime, student.actor).document == page.entries[1]
    assert document_page(runtime, student.actor, document_id="d2").earlier == ()


def test_verdicts_are_kept_explained_and_stand_beside_each_other(runtime, student):
    finish(runtime, student, FIRST)
    finish(runtime, student, SECOND)
    judge(runtime, student, 1, RIGHT[0] | {"l3": "claimed"})
    judge(runtime, student, 2, RIGHT[1] | {"l2": "view"})

    page = folder_page(runtime, student.actor)
    document = document_page(runtime, student.actor, document_id="d2")

    assert [one.text for one in page.trails] == [f"Claim {number}, case B" for number in (1, 2, 3)]
    first = page.trails[0]
    assert [(one.document, one.verdict) for one in first.verdicts] == [
        (1, Verdict.CLAIMED),
        (2, Verdict.BACKED),
    ]
    # Claims 1 and 3 became what the second document bears out, claim 2 did not.
    assert page.changes == Changes(3, 2)
    assert page.next_entry is None
    assert home_page(runtime, student.actor).document is None
    assert document.question.review.outcome == "partly"
    assert [text.title for text in document.earlier] == ["Document 1B"]


def test_the_same_verdicts_sent_twice_are_stored_once(runtime, student):
    finish(runtime, student, FIRST)

    judge(runtime, student, 1, RIGHT[0])
    judge(runtime, student, 1, RIGHT[0])

    (row,) = stored(runtime)
    assert (row.lesson_key, row.purpose, row.part) == ("sample:folder", "practice", "sample:folder-1")


def test_an_open_line_is_named_and_nothing_is_stored(runtime, student):
    finish(runtime, student, FIRST)

    answered = judge(runtime, student, 1, {"l1": "backed"})

    assert [one.key for one in answered.rejected.problems] == [
        "Decide each line first. Still open: %(count)d."
    ]
    assert stored(runtime) == []


def test_the_edition_follows_the_case_that_was_chosen_last_and_nothing_is_lost(runtime, clock, student):
    finish(runtime, student, FIRST, case=Case.A)
    judge(runtime, student, 1, RIGHT[0], case=Case.A)
    assert folder_page(runtime, student.actor).edition.title == "Strait"

    clock.move(minutes=1)
    change_case(runtime, student.actor, slug=FIRST, case=Case.B)
    other = folder_page(runtime, student.actor)
    change_case(runtime, student.actor, slug=FIRST, case=Case.A)

    assert (other.edition.title, other.trails) == ("Depot strike", ())
    assert len(folder_page(runtime, student.actor).trails) == 3


def test_a_school_of_made_up_cases_has_the_edition_without_arms(runtime, student):
    finish(runtime, student, FIRST, case=Case.A)

    use_fictional_only(runtime, student.actor)

    assert folder_page(runtime, student.actor).edition.title == "Depot strike"


def test_only_students_have_a_folder(runtime, world, student):
    for actor in (world.teacher().actor, NOBODY):
        with pytest.raises(NotFound):
            folder_page(runtime, actor)
    with pytest.raises(NotFound):
        judge_document(runtime, student.actor, document_id="d9", fields={}, shown_at=None)


def test_teachers_see_both_editions_with_their_keys(runtime, world, student):
    page = folder_for_teachers(runtime, world.teacher().actor)

    assert [(one.number, one.lesson_number) for one in page.documents] == [(1, 1), (2, 2)]
    assert [one.edition for one in page.documents[1].editions] == ["Strait", "Depot strike"]
    assert [one.question.text.title for one in page.documents[1].editions] == ["Document 2A", "Document 2B"]
    with pytest.raises(NotFound):
        folder_for_teachers(runtime, student.actor)


def test_a_course_without_a_folder_brings_none(runtime, world):
    world.content()
    student = world.student()

    assert not brings_document(runtime, student.actor, slug=FIRST)
    assert home_page(runtime, student.actor).document is None
    with pytest.raises(NotFound):
        folder_page(runtime, student.actor)


def test_a_fuller_folder_takes_as_many_statements(runtime, student, connection):
    finish(runtime, student, FIRST)
    folder_page(runtime, student.actor)
    with count_statements(connection) as one:
        folder_page(runtime, student.actor)
    finish(runtime, student, SECOND)
    judge(runtime, student, 1, RIGHT[0])
    judge(runtime, student, 2, RIGHT[1])
    folder_page(runtime, student.actor)
    with count_statements(connection) as two:
        folder_page(runtime, student.actor)

    assert len(one) == len(two) <= 6, two
