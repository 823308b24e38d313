"""The arithmetic of the bench."""

from __future__ import annotations

import pytest

from tests.performance.figures import (
    Row,
    Run,
    as_json,
    joined,
    markdown_table,
    percentile,
    share_under,
    text_table,
)

HELLO = Run(seconds=2.0, cpu_seconds=1.0, latencies=(0.001,) * 1000)


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100), (0.1, 1), (98.5, 99)])
def test_a_percentile_is_a_value_that_was_measured(percent, value):
    assert percentile([*range(100, 0, -1)], percent) == value


def test_one_value_is_every_percentile_and_none_has_none():
    assert percentile([7.0], 50) == percentile([7.0], 99) == 7.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)


def test_the_share_under_a_limit_leaves_the_limit_out():
    assert share_under([0.01, 0.02, 0.03, 0.04], 0.02) == 0.25
    assert share_under([], 0.02) == 1.0


def test_a_run_tells_its_rate_its_cost_and_its_tail():
    run = Run(seconds=4.0, cpu_seconds=2.0, latencies=(*(0.010,) * 98, 0.020, 0.500))

    assert (run.rate, run.cpu_ms) == (25.0, 20.0)
    assert (run.p50_ms, run.p99_ms) == (10.0, 20.0)


def test_runs_of_the_same_work_are_one_run():
    other = Run(seconds=1.0, cpu_seconds=2.0, latencies=(0.002,) * 500, size=40)

    both = joined([HELLO, other])

    assert both.rate == 500
    assert both.cpu_ms == 2.0
    assert both.size == 40


def test_the_ratio_is_that_of_cpu_time_to_hello():
    row = Row.of("2", "save", Run(1.0, 0.75, (0.002,) * 250), hello=HELLO, asked="3×", is_met=True)

    assert row.ratio == 3.0
    assert row.cpu_ms == 3.0


def test_the_tables_hold_what_was_measured_and_say_what_was_missed():
    rows = [
        Row("", "stack hello", rate=2345.6, cpu_ms=0.5, p50_ms=1.0, p99_ms=2.0),
        Row("10", "ready", asked="1.5 s", found="1.7 s", is_met=False),
    ]

    plain, papers = text_table(rows), markdown_table(rows)

    assert "2,346" in plain
    assert "1.0 / 2.0" in plain
    assert plain.splitlines()[-1].endswith("NO")
    assert papers.splitlines()[1].count("---") == papers.splitlines()[0].count("|") - 1
    assert "| 10 | ready |  |  |  |  |  | 1.7 s | 1.5 s | NO |" in papers
    assert as_json(rows)[0]["rate"] == 2345.6
