"""The machines, run: by calling use cases and over HTTP, on both engines; and what they are good for.

The same examples each time. ``QUIZAPP_TEST_MACHINE_EXAMPLES=2000`` runs that many others, by chance.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import true
from sqlalchemy.exc import IntegrityError

from quizapp.core.attempts import Order
from quizapp.services import attempts, handing_in, saving, stored_answers, submitting
from tests.conftest import make_app
from tests.machines.attempt_machine import AttemptMachine
from tests.machines.bench import Bench
from tests.machines.drivers import HttpDriver, ServiceDriver

WANTED = os.environ.get("QUIZAPP_TEST_MACHINE_EXAMPLES")
STEPS = 40
MOST_EXAMPLES = 300
"""Until a mistake must have shown; it mostly does within sixty, and what it takes depends on the ids of the rows."""


def run(bench: Bench, examples: int, **others: Any) -> None:
    """Run the machine; a failure prints the shortest way there."""
    run_state_machine_as_test(
        lambda: AttemptMachine(bench),
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            derandomize=not WANTED,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            **others,
        ),
    )


@pytest.fixture
def make_bench(monkeypatch, connection, runtime, clock):
    # The machine decides about chance too: a failure must happen again.
    monkeypatch.setattr(attempts.secrets, "randbits", random.getrandbits)
    return lambda driver: Bench(connection, runtime, clock, make_app(runtime), driver)


@pytest.mark.parametrize(("driver", "examples"), [(ServiceDriver, 20), (HttpDriver, 6)])
def test_nothing_acknowledged_is_lost_whatever_happens_in_any_order(make_bench, driver, examples):
    run(make_bench(driver), int(WANTED or examples))


class _AlwaysNewer:
    def __gt__(self, _other: object) -> Any:
        return true()


MISTAKES = {
    "a late packet is taken for a newer one": (Order, "is_newer_than", lambda _self, _other: True),
    "the last to arrive wins": (stored_answers, "tuple_", lambda *_columns: _AlwaysNewer()),
    "a closed try takes answers": (saving, "takes_answers", lambda *_facts: True),
    "a late try ends when somebody looks": (handing_in, "finish_of", lambda _deadline_at, now: now),
    "a replayed submit has no receipt": (submitting, "receipt_of", lambda *_facts: None),
    "handing in is not noted": (handing_in, "record", lambda *_facts, **_more: None),
    "the grade is not computed": (handing_in, "refresh_grade", lambda *_facts: None),
}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_machine_finds_a_mistake(make_bench, monkeypatch, mistake):
    stored_answers._upsert.cache_clear()
    monkeypatch.setattr(*MISTAKES[mistake])

    try:
        # The way there need not be short, and the database may be the one that objects.
        with pytest.raises((AssertionError, IntegrityError)):
            run(
                make_bench(ServiceDriver), MOST_EXAMPLES, phases=(Phase.generate,), report_multiple_bugs=False
            )
    finally:
        stored_answers._upsert.cache_clear()
