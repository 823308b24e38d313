"""A very small exam: the counting holds, and a server that forgets is found out."""

from __future__ import annotations

import pytest

from tests.conftest import ENGINES
from tests.performance.exam.plan import Plan, exam_plans
from tests.performance.exam.results import cells, markdown_table, text_table
from tests.performance.exam.sitting import sit

FORGETFUL = "tests.performance.exam.forgetful:create_app"
SMALL = Plan(
    "sqlite",
    students=6,
    sign_in_seconds=3.0,
    saving_seconds=3.0,
    save_every_seconds=0.5,
    submit_seconds=2.0,
)

CLOCK = {"all in in time", "all handed in in time", "p95 within 0.3 s", "p99"}


def test_six_students_sit_a_small_exam_and_nothing_is_lost():
    result = sit(SMALL)

    # How fast a busy machine is decides nothing here: what was told and what is stored is compared.
    assert set(result.missed) <= CLOCK
    assert (result.lost, result.server_errors, result.receipts) == (0, 0, 6)
    assert result.acknowledged == 6 * (6 + 1)
    assert 0 < result.p50 <= result.p95 <= result.p99


def test_a_server_that_forgets_is_found_out():
    result = sit(SMALL, application=FORGETFUL)

    # Every fifth of 36 saves; what went with handing in was stored.
    assert result.lost == 7
    assert "nothing lost" in result.missed
    assert "missed" in cells(result)
    assert "nothing lost" in text_table([result])
    assert markdown_table([result]).count("|") == 3 * 15


def test_a_run_is_300_on_both_engines_and_1200_on_postgresql():
    plans = exam_plans(2.0, None, ENGINES)

    assert [(plan.engine, plan.students) for plan in plans] == [
        ("sqlite", 300), ("postgresql", 300), ("postgresql", 1_200),
    ]  # fmt: skip
    assert plans[0].workers == 1
    assert [(plan.most_p95, plan.most_p99) for plan in plans] == [(0.3, 1.0), (0.3, 1.0), (1.0, None)]
    assert all(plan.saves_a_student == 12 for plan in plans)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_run_of_another_size_is_one_on_each_engine_that_was_named(engine):
    assert [plan.students for plan in exam_plans(1.0, 20, (engine,))] == [20]
