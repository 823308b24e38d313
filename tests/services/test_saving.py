"""Saving: what is acknowledged is stored, and nothing older ever lies over something newer."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from quizapp.core.errors import NotFound
from quizapp.core.permissions import NOBODY
from quizapp.services.form_saving import Keep, Sheet, save_sheet
from quizapp.services.saving import Arrived, save_responses, take_lease
from quizapp.services.shelf import Shelf
from quizapp.services.sign_in import find_session, open_session
from quizapp.storage.tables import Attempt, Response, ResponseHistory
from tests.builders.sitting import Sitting, outcomes, sit_down
from tests.support.statements import count_statements


@pytest.fixture
def sitting(world):
    return sit_down(world)


def history(sitting: Sitting):
    return [(row.slot, row.value, row.outcome) for row in sitting.rows(ResponseHistory)]


def stored(sitting: Sitting):
    return {row.slot: row.value for row in sitting.rows(Response)}


def test_a_save_takes_four_statements_and_one_commit(live_world):
    sitting = sit_down(live_world)
    token = open_session(live_world.runtime, sitting.student.actor, subject=None, device="")
    lease = sitting.lease()
    values = sitting.right_answers()
    arrived = [Arrived(slot, slot, value) for slot, value in values.items()]
    engine = live_world.runtime.database.engine
    commits = []

    def note(connection):
        commits.append(connection)

    event.listen(engine, "commit", note)

    with count_statements(engine) as sent:
        who = find_session(live_world.runtime, NOBODY, token=token)
        save_responses(
            live_world.runtime, who.actor(), attempt_id=sitting.attempt_id, lease=lease, responses=arrived
        )

    event.remove(engine, "commit", note)
    assert len(sent) == 4, sent
    assert len(commits) == 1
    assert stored(sitting) == values


def test_a_process_that_never_saw_the_attempt_asks_for_its_questions_once(world):
    sitting = sit_down(world)
    lease, answer = sitting.lease(), Arrived(1, 2, sitting.wrong_answer(1))
    sitting.runtime = replace(sitting.runtime, shelf=Shelf())

    with count_statements(world.runtime.database._connection) as first:
        sitting.save(lease, Arrived(1, 1, None))
    with count_statements(world.runtime.database._connection) as second:
        sitting.save(lease, answer)

    assert len(first) <= 5, first
    assert len(second) == 3, second


def test_a_replay_is_acknowledged_and_kept_once(sitting):
    lease = sitting.lease()
    answer = Arrived(1, 1, sitting.wrong_answer(1))

    first, second = sitting.save(lease, answer), sitting.save(lease, answer)

    assert outcomes(first.acknowledged) == outcomes(second.acknowledged) == ["stored"]
    assert len(history(sitting)) == 1


def test_an_answer_that_stands_twice_in_a_body_is_kept_once(sitting):
    answer = Arrived(1, 1, sitting.wrong_answer(1))

    saved = sitting.save(sitting.lease(), answer, answer)

    assert outcomes(saved.acknowledged) == ["stored", "stored"]
    assert len(history(sitting)) == 1


def test_a_late_packet_does_not_replace_what_is_newer(sitting):
    lease = sitting.lease()
    written = sitting.written_slot
    sitting.save(lease, Arrived(written, 2, "the newer text"))

    late = sitting.save(lease, Arrived(written, 1, "the older text"))

    assert outcomes(late.acknowledged) == ["older"]
    assert stored(sitting) == {written: "the newer text"}
    assert history(sitting)[-1] == (written, "the older text", "older")


def test_an_older_window_is_told_both_texts_and_loses_none(sitting):
    written = sitting.written_slot
    first = sitting.lease()
    sitting.save(first, Arrived(written, 1, "begun on the phone"))
    second = sitting.lease()
    sitting.save(second, Arrived(written, 1, "ended on the laptop"))

    (told,) = sitting.save(first, Arrived(written, 2, "went on with the phone")).acknowledged

    assert (told.outcome.value, told.yours, told.stored) == (
        "stale", ("went on with the phone",), ("ended on the laptop",),
    )  # fmt: skip
    assert stored(sitting) == {written: "ended on the laptop"}
    assert history(sitting)[-1] == (written, "went on with the phone", "stale")


def test_an_older_window_may_still_save_where_no_newer_one_did(sitting):
    first, second = sitting.lease(), sitting.lease()
    sitting.save(second, Arrived(1, 1, sitting.wrong_answer(1)))

    saved = sitting.save(first, Arrived(2, 1, sitting.wrong_answer(2)))

    assert outcomes(saved.acknowledged) == ["stored"]


def test_the_same_answer_in_two_windows_is_no_conflict(sitting):
    first, second = sitting.lease(), sitting.lease()
    answer = sitting.wrong_answer(1)
    sitting.save(second, Arrived(1, 1, answer))

    assert outcomes(sitting.save(first, Arrived(1, 5, answer)).acknowledged) == ["older"]


def test_a_replay_of_an_acknowledged_save_is_acknowledged_even_after_a_newer_window_saved(sitting):
    written = sitting.written_slot
    first = sitting.lease()
    sitting.save(first, Arrived(written, 1, "acknowledged, but the answer was lost on its way"))
    sitting.save(sitting.lease(), Arrived(written, 1, "newer"))

    again = sitting.save(first, Arrived(written, 1, "acknowledged, but the answer was lost on its way"))

    assert outcomes(again.acknowledged) == ["older"]


def test_each_answer_of_a_body_is_told_by_itself(sitting):
    lease = sitting.lease()

    saved = sitting.save(
        lease, Arrived(1, 1, sitting.wrong_answer(1)), Arrived(2, 2, "no such option"), Arrived(99, 3, "what")
    )

    assert outcomes(saved.acknowledged) == ["stored", "malformed", "unknown"]
    assert [bool(one.problems) for one in saved.acknowledged] == [False, True, True]
    assert stored(sitting) == {1: sitting.wrong_answer(1)}
    assert [outcome for _, _, outcome in history(sitting)] == ["stored", "malformed", "unknown"]


@pytest.mark.parametrize(
    "value", ["a\0b", "half \ud83d of a pair", float("nan"), {"deep": [[[["x"]]]]}, "long" * 10_000, 2**80]
)
def test_whatever_arrives_is_kept_somehow(sitting, value):
    saved = sitting.save(sitting.lease(), Arrived(1, 1, value))

    assert outcomes(saved.acknowledged) == ["malformed"]
    assert len(history(sitting)) == 1


def test_of_two_answers_to_one_question_in_a_body_the_newer_is_stored(sitting):
    written = sitting.written_slot

    saved = sitting.save(sitting.lease(), Arrived(written, 2, "second"), Arrived(written, 1, "first"))

    assert outcomes(saved.acknowledged) == ["stored", "older"]
    assert stored(sitting) == {written: "second"}


def test_blank_is_an_answer_that_can_be_saved_again(sitting):
    lease = sitting.lease()
    sitting.save(lease, Arrived(1, 1, sitting.wrong_answer(1)))

    sitting.save(lease, Arrived(1, 2, None))

    assert stored(sitting) == {1: None}


def test_form_fields_are_read_by_the_questions_type(sitting):
    slot = sitting.slot_of("decide_lines")
    asked = next(one for one in sitting.asked if one.slot == slot)
    choice = asked.type.choice_ids(asked.settings)[0]

    sitting.save(sitting.lease(), Arrived(slot, 1, fields={f"q{slot}.l1": [choice], "q99": ["x"]}))

    assert stored(sitting) == {slot: {"l1": choice}}


def test_a_lease_that_was_never_given_saves_nothing(sitting):
    saved = sitting.save(7, Arrived(1, 1, sitting.wrong_answer(1)))

    assert saved.needs_lease
    assert stored(sitting) == {}
    assert len(history(sitting)) == 1


def test_a_save_within_the_hidden_grace_counts_and_a_later_one_is_kept_as_too_late(world, clock):
    sitting = sit_down(world, limit_seconds=600)
    written = sitting.written_slot
    lease = sitting.lease()
    clock.move(minutes=11)
    in_time = sitting.save(lease, Arrived(written, 1, "sent in the last second"))
    clock.move(seconds=1)

    late = sitting.save(lease, Arrived(written, 2, "too late"))

    assert outcomes(in_time.acknowledged) == ["stored"]
    assert outcomes(late.acknowledged) == ["closed"]
    assert late.state != "in_progress"
    assert stored(sitting) == {written: "sent in the last second"}
    assert history(sitting)[-1] == (written, "too late", "closed")
    (attempt,) = sitting.rows(Attempt)
    assert attempt.finished_at == attempt.started_at + timedelta(minutes=10)


def test_what_was_saved_before_closing_is_acknowledged_after_it(sitting):
    lease = sitting.lease()
    answer = Arrived(1, 1, sitting.wrong_answer(1))
    sitting.save(lease, answer)
    sitting.submit()

    assert outcomes(sitting.save(lease, answer).acknowledged) == ["stored"]
    assert outcomes(sitting.save(lease, Arrived(1, 2, None)).acknowledged) == ["closed"]


def test_another_students_attempt_is_not_there(sitting):
    other = sitting.world.student(classroom=sitting.classroom)

    for deed in (
        lambda: take_lease(sitting.runtime, other.actor, attempt_id=sitting.attempt_id),
        lambda: save_responses(
            sitting.runtime, sitting.teacher.actor, attempt_id=sitting.attempt_id, lease=1, responses=[]
        ),
    ):
        with pytest.raises(NotFound):
            deed()


def test_saves_in_any_order_and_number_leave_the_newest_of_the_newest_window(sitting):
    written = sitting.written_slot
    leases = [sitting.lease() for _ in range(3)]
    sent = [(lease, seq) for lease in leases for seq in (1, 2, 3)] * 2
    random.Random(4).shuffle(sent)

    acknowledged = {}
    for lease, seq in sent:
        (told,) = sitting.save(lease, Arrived(written, seq, f"text {lease}.{seq}")).acknowledged
        acknowledged[lease, seq] = acknowledged.get((lease, seq)) or told.is_kept

    assert stored(sitting) == {written: "text 3.3"}
    assert {value for _, value, outcome in history(sitting)} == {f"text {a}.{b}" for a, b in sent}


# --- without script --------------------------------------------------------------------------------------------


def sheet(sitting: Sitting, revision: str, **fields) -> Sheet:
    return Sheet(fields={name: [value] for name, value in fields.items()}, revision=revision)


def post(sitting: Sitting, given: Sheet):
    return save_sheet(sitting.runtime, sitting.student.actor, attempt_id=sitting.attempt_id, sheet=given)


def revision_of(sitting: Sitting) -> str:
    return take_lease(sitting.runtime, sitting.student.actor, attempt_id=sitting.attempt_id).revision


def test_a_form_stores_what_it_changes_and_only_that(sitting):
    written = f"q{sitting.written_slot}"
    post(sitting, sheet(sitting, "", **{written: "first"}))

    saved = post(
        sitting, sheet(sitting, revision_of(sitting), **{written: "first", "q1": sitting.wrong_answer(1)})
    )

    assert (saved.saved, saved.open) == (1, ())
    assert stored(sitting) == {1: sitting.wrong_answer(1), sitting.written_slot: "first"}
    assert len(history(sitting)) == 2


def test_a_form_that_was_left_open_asks_where_both_wrote(sitting):
    written = sitting.written_slot
    post(sitting, sheet(sitting, "", **{f"q{written}": "the start", "q1": sitting.wrong_answer(1)}))
    seen = revision_of(sitting)
    sitting.save(sitting.lease(), Arrived(written, 1, "from the phone"), Arrived(1, 2, None))

    # Question 1 stands in the form as it was shown: nothing was typed there, so the phone's answer stays.
    saved = post(sitting, sheet(sitting, seen, **{f"q{written}": "from here", "q1": sitting.wrong_answer(1)}))

    (conflict,) = saved.open
    assert saved.has_conflict
    assert (conflict.slot, conflict.yours, conflict.stored) == (written, ("from here",), ("from the phone",))
    assert stored(sitting) == {written: "from the phone", 1: None}
    assert (written, "from here", "stale") in history(sitting)


@pytest.mark.parametrize(("keep", "kept"), [(Keep.MINE, "from here"), (Keep.OTHER, "from the phone")])
def test_the_student_chooses_which_to_keep(sitting, keep, kept):
    written = sitting.written_slot
    seen = revision_of(sitting)
    sitting.save(sitting.lease(), Arrived(written, 1, "from the phone"))
    asked = replace(
        sheet(sitting, revision_of(sitting), **{f"q{written}": "from here"}), asked=frozenset({written})
    )
    assert post(sitting, replace(asked, revision=seen)).has_conflict

    assert post(sitting, asked).has_conflict, "without a choice it asks again"
    chosen = post(sitting, replace(asked, keeps={written: keep}))

    assert chosen.open == ()
    assert stored(sitting) == {written: kept}


def test_a_form_keeps_what_can_be_no_answer_on_the_page_and_stores_the_rest(sitting):
    order = sitting.slot_of("order")
    twice = {f"q{order}.a": "1", f"q{order}.b": "1"}

    saved = post(sitting, sheet(sitting, "", **{"q1": sitting.wrong_answer(1), **twice}))

    (refused,) = saved.open
    assert (refused.slot, refused.value) == (order, {"a": "1", "b": "1"})
    assert refused.problems
    assert stored(sitting) == {1: sitting.wrong_answer(1)}
    assert (order, {"a": "1", "b": "1"}, "malformed") in history(sitting)


def test_flag_and_clear_work_without_script(sitting):
    written = sitting.written_slot
    given = sheet(sitting, "", **{f"q{written}": "text"})
    post(sitting, replace(given, flagged=frozenset({f"q{written}"})))
    (flagged,) = [row.is_flagged for row in sitting.rows(Response)]

    post(sitting, replace(given, revision=revision_of(sitting), cleared=f"q{written}"))

    assert flagged
    assert stored(sitting) == {written: None}
    assert [row.is_flagged for row in sitting.rows(Response)] == [False]


def test_a_form_that_comes_too_late_is_kept_in_the_history(world, clock):
    sitting = sit_down(world, limit_seconds=600)
    clock.move(minutes=12)

    saved = post(sitting, sheet(sitting, "", **{f"q{sitting.written_slot}": "too late"}))

    assert saved.state != "in_progress"
    assert history(sitting) == [(sitting.written_slot, "too late", "closed")]
